"""Which edition a return is: the January it is for, from its header."""

from __future__ import annotations

import re

from rightplace.errors import UserError
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.layout import EDITIONS

_EXPECTED = f"{EDITIONS[0]} to {EDITIONS[-1]}"
_ACTION = (
    f"Put the year of the January census in Year and the census day in ReferenceDate. Editions {_EXPECTED} are read."
)


def edition(year: str | None, reference_date: str | None, *, where: str, line: int, faults: Faults) -> int:
    """The edition, from ``ReferenceDate`` where it is a date, else from ``Year``.

    The date is preferred because it holds the year twice over: a slip in it is seldom another census
    day. Where the two disagree a query is noted. Raises ``UserError`` where neither gives an edition.
    """
    by_year = _year(year, r"([0-9]{4})")
    by_date = _year(reference_date, r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
    found = next((number for number in (by_date, by_year) if number in EDITIONS), None)
    if found is None:
        raise _not_known(by_date or by_year, year, reference_date, where)
    if by_year != by_date:
        shown = [f"{name} is {text!r}" if text else f"{name} is missing" for name, text in
                 (("Year", year), ("ReferenceDate", reference_date))]  # fmt: skip
        faults.add(
            "F06",
            f"In the header {shown[0]} and {shown[1]}. The return is read as the {found} edition.",
            action="Put the year of the January census in Year and the census day in ReferenceDate.",
            line=line,
            table="sen2",
            value=year or "",
        )
    return found


def _year(text: str | None, pattern: str) -> int | None:
    found = re.fullmatch(pattern, text or "")
    return int(found[1]) if found else None


def _not_known(number: int | None, year: str | None, reference_date: str | None, where: str) -> UserError:
    if number is None:
        given = ", ".join(
            f"{name} {text!r}" for name, text in (("Year", year), ("ReferenceDate", reference_date)) if text
        )
        what = (
            f"The header does not say which year the return is for ({given or 'Year and ReferenceDate are missing'})."
        )
        return UserError(what, where=where, action=_ACTION)
    return UserError(
        f"This is a return for {number}; Rightplace reads the person-level returns for {_EXPECTED}.",
        where=where,
        action="Give a return of one of those years.",
    )
