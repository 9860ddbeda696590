"""The rule catalogue as a page of the reference documentation, made from the rules themselves."""

from __future__ import annotations

from typing import Final

from rightplace.returns.checks.rule import WHOLE, Rule
from rightplace.returns.checks.rules import BY_ID, RULES
from rightplace.returns.sen2.faults import FILE_RULES
from rightplace.returns.sen2.layout import BY_NAME, EDITIONS

_PARTS: Final = {
    "H": "Header",
    "P": "Person",
    "R": "Requests",
    "A": "Assessment",
    "N": "Plans and the settings they name",
    "L": "Active plans, placements and needs",
    "V": "Values that cannot be read",
    "Y": "The return as a whole",
}
_NEEDS: Final = {
    "settings": "Needs the list of settings.",
    "previous": "Needs last year's return.",
    "population": "Needs the area's population.",
}

_INTRODUCTION: Final = """\
# Rules for a SEN2 return

Every rule that `rightplace check` holds a return against, made from the code. An **error** must be mended, a **query**
mended or explained; **advice** is worth a look. "Documented" means that a source states the condition, "inferred" that it
follows from one. The identifiers are Rightplace's own. How the conditions were chosen, and what the words in them mean, is
in [How a SEN2 return is checked](../methods/checks.md).
"""

_FILES: Final = "Found while the file is read. H01 and H12 are found there too."


def markdown() -> str:
    """The catalogue in Markdown: one table for each part of the return, one row for each rule."""
    parts = [_part(heading, [rule for rule in RULES if rule.id[0] == letter]) for letter, heading in _PARTS.items()]
    return "\n".join(
        [_INTRODUCTION, f"There are {len(RULES)} rules, and those of the file itself.\n", *parts, _files()]
    )


def severities(rule: Rule) -> str:
    """Severity in words, with the editions where it is not the same in all: "error", "advice 2025, error 2026"."""
    if len(rule.severity) == len(EDITIONS) and len(set(rule.severity.values())) == 1:
        return next(iter(rule.severity.values()))
    return ", ".join(f"{rule.severity[edition]} {edition}" for edition in EDITIONS if edition in rule.severity)


def _part(heading: str, rules: list[Rule]) -> str:
    rows = "\n".join(_row(rule) for rule in rules)
    head = "| rule | severity | title | items | found at | basis | notes |\n| --- | --- | --- | --- | --- | --- | --- |"
    return f"## {heading}\n\n{head}\n{rows}\n"


def _files() -> str:
    rows = [
        f"| {rule.id} | {rule.severity} | {rule.title} | {rule.basis} |"
        for rule in FILE_RULES.values()
        if rule.id not in BY_ID
    ]
    head = "| rule | severity | title | basis |\n| --- | --- | --- | --- |"
    return "\n".join(["## The file itself\n", f"{_FILES}\n", head, *rows, ""])


def _row(rule: Rule) -> str:
    notes = " ".join(part for part in (_NEEDS.get(rule.needs, ""), rule.note) if part)
    place = "the return" if rule.table == WHOLE else BY_NAME[rule.table].xml
    items = ", ".join(f"`{name}`" for name in rule.fields)
    basis = f"{rule.basis.status}: {rule.basis.source}"
    return (
        f"| {' | '.join(_cell(text) for text in (rule.id, severities(rule), rule.title, items, place, basis, notes))} |"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
