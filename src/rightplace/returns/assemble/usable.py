"""Whether what was read of a return is enough to make a January of: people lost on the way would pass for leavers."""

from __future__ import annotations

from typing import Final

from rightplace.errors import DataError
from rightplace.returns.sen2.faults import FILE_RULES
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Problem, Sen2Return
from rightplace.returns.sen2.typed import typed

CUT_SHORT: Final = "F01"
NO_TABLE: Final = "F20"
NO_COLUMN: Final = "F21"
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "person": ("birth_date",),
    "requests": (),
    "assessment": (),
    "namedplan": ("start_date", "cease_date"),
    "activeplans": (),
    "placementdetail": ("urn", "sen_setting", "entry_date", "leaving_date"),
    "senneed": ("sen_type",),
}
"""The tables that a January rests on, and the items of each, besides the numbers that join them."""

UNREAD_DATE: Final = "dates that cannot be read, taken as not given: 'rightplace check' lists each"
_FEW: Final = 5
_MOST_UNREAD: Final = 0.05
"""More than these two, in number and as a share of a column, and a return is not used: a plan whose last day cannot
be read would count as still in place."""


def require_usable(one: Sen2Return) -> None:
    """Raises ``DataError`` where the return is cut short, or lacks a table, column or dates that a January rests on."""
    for problem in one.problems:
        if _spoils(problem):
            where = f"{one.source}, line {problem.line}" if problem.line else one.source
            raise DataError(
                f"The return was not loaded, for a January made of part of it would be wrong. {problem.message}",
                where=where,
                action=problem.action,
            )
    for table, column, unread, given in _dates(one):
        if unread > _FEW and unread > _MOST_UNREAD * given:
            name = next(item.xml for item in BY_NAME[table].items if item.name == column)
            raise DataError(
                f"The return was not loaded, for a January made of it would be wrong. {unread:,} of {given:,} values of "
                f"{name} are not dates as the return writes them; a date such as 01/02/2024 is not guessed at.",
                where=one.source,
                action="Export the return again, and do not open or save it in a spreadsheet. 'rightplace check' lists each date.",
            )


def notes(one: Sen2Return) -> dict[str, int]:
    """What is known to be wrong with a return that is used all the same: a sentence, and how often."""
    found = {UNREAD_DATE: sum(unread for _, _, unread, _ in _dates(one))}
    for problem in one.problems:
        words = f"not so in the file: {FILE_RULES[problem.rule].title} ({problem.rule}); 'rightplace check' lists each"
        found[words] = found.get(words, 0) + 1
    return found


def _spoils(problem: Problem) -> bool:
    if problem.rule == CUT_SHORT:
        return True
    if problem.table not in NEEDED:
        return False
    if problem.rule == NO_COLUMN:
        items = {item.name: item.blade for item in BY_NAME[problem.table].items}
        wanted = {items[name] for name in NEEDED[problem.table] if name in items}
        return problem.value in wanted or problem.value.endswith("tableid")
    return problem.rule == NO_TABLE


def _dates(one: Sen2Return) -> list[tuple[str, str, int, int]]:
    """Each date that a January rests on: table, column, values that are given and cannot be read, values given."""
    counted = []
    for table, columns in NEEDED.items():
        dates = [item.name for item in BY_NAME[table].items if item.kind == "date" and item.name in columns]
        if not dates:
            continue
        raw, read = one.tables[table], typed(one, table)
        for column in dates:
            given = raw.height - raw[column].null_count()
            counted.append((table, column, given - (read.height - read[column].null_count()), given))
    return counted
