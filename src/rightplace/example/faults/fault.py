"""A kind of mistake, as a value: where it can be made, what it changes, and the rule that must find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal

import polars as pl

from rightplace.returns.sen2.layout import EDITIONS

Row = Mapping[str, Any]
"""One case, with the columns of :mod:`rightplace.example.faults.cases`."""

Change = Callable[[Row], str | None]
Act = Literal["set", "remove", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of mistake.

    ``rule`` is the check that must find it; ``what`` says it in words. It is made in a case (a request with all that stands
    under it) or, where ``table`` is given, in one record of that table, of those for which ``where`` is true.
    ``changes`` gives new texts: keys are items of the record, or of the case with the letter of their table before them.
    ``act`` may instead remove the record, with all under it, or put a changed copy beside it. ``table`` names the
    record removed or copied. ``other`` says that a second person is drawn on, and is then in the mistake too.
    """

    rule: str
    what: str
    where: pl.Expr
    changes: Mapping[str, Change] = field(default_factory=dict)
    table: str = ""
    act: Act = "set"
    first: int = EDITIONS[0]
    last: int = EDITIONS[-1]
    other: bool = False


def c(name: str) -> pl.Expr:
    """A column of the cases."""
    return pl.col(name)


def has(*names: str) -> pl.Expr:
    """Whether items are filled."""
    return pl.all_horizontal(pl.col(name).is_not_null() for name in names)


def lacks(*names: str) -> pl.Expr:
    """Whether items are empty."""
    return pl.all_horizontal(pl.col(name).is_null() for name in names)


def to(text: str | None) -> Change:
    """Change an item to a text, or empty it."""
    return lambda _: text


def moved(item: str, days: int) -> Change:
    """A date some days after (or before) the one an item holds."""
    return lambda row: (date.fromisoformat(row[item]) + timedelta(days=days)).isoformat()


def same(item: str) -> Change:
    """The text of another item."""
    return lambda row: str(row[item])


def in_year(back: int, month_day: str) -> Change:
    """A day of the year of the census, or of a number of years before."""
    return lambda row: f"{row['edition'] - back}-{month_day}"


BEFORE_PERIOD: Final = 2
"""Years back from the census to the year before the collection period."""
