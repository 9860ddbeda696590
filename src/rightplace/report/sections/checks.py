"""What the checks of the return found, counted by rule."""

from __future__ import annotations

from rightplace.disclosure.cells import protect
from rightplace.disclosure.published import Published
from rightplace.disclosure.sums import Sum
from rightplace.report.inputs import FindingsSummary
from rightplace.report.model import Block, Column, Para, Section, TableBlock
from rightplace.report.phrase import spell_small, whole
from rightplace.report.rule_titles import title

Key = tuple[str, str]
SEVERITIES = {"error": "Errors: must be mended", "query": "Queries: mend or explain", "advice": "Advice: worth a look"}


def section(findings: FindingsSummary, *, publish: bool) -> Section:
    """Findings by severity and rule."""
    rows = [(str(one), str(rule), int(count)) for one, rule, count in findings.frame.iter_rows()]
    heading = "What the checks found"
    if not rows:
        return Section(key="checks", heading=heading, blocks=(Para(text="The return passed every rule that was run."),))
    counts = _counts(rows, publish=publish)
    opening: Block = Para(
        text="The return was checked against the rules of the SEN2 guide. A finding is one record that fails one rule; the "
        "list with each record is kept apart from this report."
    )
    return Section(key="checks", heading=heading, blocks=(opening, _table(rows, counts, publish=publish)))


def _counts(rows: list[tuple[str, str, int]], *, publish: bool) -> dict[Key, Published]:
    raw: dict[Key, int | None] = {(severity, rule): count for severity, rule, count in rows}
    severities = dict.fromkeys(severity for severity, _, _ in rows)
    for severity in severities:
        raw[severity, ""] = sum(count for one, _, count in rows if one == severity)
    sums = [
        Sum(total=(severity, ""), parts=tuple((one, rule) for one, rule, _ in rows if one == severity))
        for severity in severities
    ]
    return protect(raw, sums) if publish else {key: whole(count) for key, count in raw.items()}


def _table(rows: list[tuple[str, str, int]], counts: dict[Key, Published], *, publish: bool) -> TableBlock:
    lines: list[tuple[str, str, str, Published]] = []
    for severity in dict.fromkeys(severity for severity, _, _ in rows):
        words = SEVERITIES.get(severity, severity)
        for one, rule, _ in rows:
            if one == severity:
                about = spell_small(title(rule)) if publish else title(rule)
                lines.append((rule, about, words, counts[one, rule]))
        lines.append(("All rules", "All of this severity", words, counts[severity, ""]))
    return TableBlock(
        key="findings",
        title="Findings by severity and rule",
        columns=(
            *(Column(name=name) for name in ("Rule", "What it is about", "Severity")),
            Column(name="Findings", kind="number"),
        ),
        rows=tuple(lines),
        units="Findings: records that fail a rule",
        source="Rightplace checks of the SEN2 return",
    )
