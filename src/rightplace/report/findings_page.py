"""The findings of a check as a page: by severity and rule, with what to do, for those who mend them.

The page names records of children and young people, so it stays in the trusted area.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import replace_file
from rightplace.calendar.clock import today
from rightplace.report.inputs import Findings, FindingsSummary
from rightplace.report.page import environment
from rightplace.report.rule_titles import title

FIRST: Final = 50
"""Findings of one rule that are listed; the rest are counted."""

SEVERITIES: Final = {"error": "Errors", "query": "Queries", "advice": "Advice"}
_MEANINGS: Final = {
    "error": "Must be mended before the return is sent.",
    "query": "Mend it, or be ready to explain why it is right.",
    "advice": "Worth a look.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one rule: how many, the first of them, and what to do where that is the same for all."""

    key: str
    rule: str
    title: str
    severity: str
    count: int
    action: str | None
    rows: tuple[tuple[str, str, str, str], ...]


def write(findings: Findings, path: Path, *, first: int = FIRST) -> None:
    """Write the page, replacing an older one in one step. At most ``first`` findings of each rule are listed.

    Raises ``UserError`` where it cannot be written.
    """
    text = render(findings, first=first)
    with replace_file(path) as part:
        part.write_text(text, encoding="utf-8")


def render(findings: Findings, *, first: int = FIRST) -> str:
    """The page as HTML text."""
    day = today()
    return (
        environment()
        .get_template("findings.html.j2")
        .render(
            groups=groups(findings, first=first),
            severities=SEVERITIES,
            meanings=_MEANINGS,
            total=findings.frame.height,
            made=f"{day.day} {day:%B %Y}",
        )
    )


def groups(findings: Findings, *, first: int = FIRST) -> list[Group]:
    """The findings by severity and rule, worst and most frequent first."""
    parts = findings.frame.partition_by("severity", "rule", as_dict=True)
    counted = FindingsSummary.of(findings).frame
    return [_group(parts[severity, rule], str(severity), str(rule), first) for severity, rule, _ in counted.iter_rows()]


def _group(rows: pl.DataFrame, severity: str, rule: str, first: int) -> Group:
    actions = rows["action"].unique()
    columns = [pl.col(name).fill_null("") for name in ("person", "location", "message", "action")]
    return Group(
        key=f"{severity}-{rule}".lower(),
        rule=rule,
        title=title(rule),
        severity=severity,
        count=rows.height,
        action=actions[0] if len(actions) == 1 else None,
        rows=tuple(rows.head(first).select(columns).iter_rows()),
    )
