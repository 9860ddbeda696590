"""The tables of the process as Markdown, for the page that explains it; written from the rules themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Final

from rightplace.casework.deadline_rules import RULES
from rightplace.casework.diagram import mermaid
from rightplace.casework.events import EVENTS
from rightplace.casework.exemptions import ExemptionGround
from rightplace.casework.rule import DeadlineRule
from rightplace.casework.transitions import TRANSITIONS

AS_AT: Final = date(2026, 9, 1)
"""The day for which the page gives the numbers of the law."""


def sections() -> dict[str, str]:
    """The generated parts of the page by the name of their marker. The same rules give the same text."""
    return {
        "diagram": mermaid(),
        "guards": _table(("Asked", "Reason when refused", "Basis"), _guards()),
        "events": _table(("Event", "What it says", "Facts", "Basis"), _events()),
        "deadlines": _table(("Id", "What", "Who", "Limit", "From", "Met by", "Basis", "Read"), map(_deadline, RULES)),
        "exemptions": _table(("Reason", "What it is", "Basis", "Excuses"), _exemptions()),
    }


def written(page: str) -> str:
    """A page with each generated part put between its markers. Raises ``ValueError`` where a marker is missing."""
    for name, text in sections().items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"The page has no markers for {name}.")
        page = f"{before}{begin}\n{text.strip()}\n{end}{after}"
    return page


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _guards() -> Iterator[tuple[str, ...]]:
    asked = {guard.reason: (guard, row.on.event) for row in TRANSITIONS for guard in row.guards}
    for guard, _ in asked.values():
        on = dict.fromkeys(row.on.event.LABEL for row in TRANSITIONS if guard in row.guards)
        yield "; ".join(on), guard.reason, guard.basis


def _events() -> Iterator[tuple[str, ...]]:
    for name, kind in EVENTS.items():
        facts = [item.name.replace("_", " ") for item in fields(kind) if item.name not in ("day", "recorded_by")]
        yield f"`{name.replace('_', ' ')}`", kind.LABEL, ", ".join(f"`{fact}`" for fact in facts), kind.BASIS


def _deadline(rule: DeadlineRule) -> tuple[str, ...]:
    starts = dict.fromkeys(match.event.LABEL for match in rule.starts)
    met = dict.fromkeys(match.event.LABEL for match in rule.met_by)
    limit = " or ".join(dict.fromkeys(_limit_words(rule)))
    read = "yes" if rule.verified(AS_AT) else "no"
    note = f" {rule.note}" if rule.note else ""
    what = f"{rule.title}.{note}"
    return f"`{rule.id}`", what, rule.owner.label, limit, "; ".join(starts), "; ".join(met), rule.basis, read


def _limit_words(rule: DeadlineRule) -> Iterator[str]:
    if rule.id == "phase_transfer":
        yield from ("before 31 March", "before 15 February", rule.limit.words(AS_AT))
        return
    for limit in (rule.limit, *rule.other_limits):
        if limit.parameter != "move_notice_working_days":
            yield limit.words(AS_AT)


def _exemptions() -> Iterator[tuple[str, ...]]:
    for ground in ExemptionGround:
        excuses = [f"`{rule.id}`" for rule in RULES if ground in rule.exemptions]
        yield f"`{ground.value.replace('_', ' ')}`", ground.label, ground.source, ", ".join(excuses)


def main(path: str) -> None:
    """Write the generated parts of a page anew: ``python -m rightplace.casework.reference PAGE``."""
    page = Path(path)
    text = written(page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
