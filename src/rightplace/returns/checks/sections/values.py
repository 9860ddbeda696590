"""Rules on values that cannot be read at all, the same for every item of a kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ERROR, WHOLE, Rule, documented
from rightplace.returns.checks.sources import GUIDE
from rightplace.returns.checks.terms import as_returned
from rightplace.returns.sen2.layout import TABLES, Item, Kind

_rule = partial(Rule, table=WHOLE, severity=ERROR, fields=())

_SCHEMA: Final = {"table": pl.String, "row": pl.UInt32, "fields": pl.String, "value": pl.String}

_FORMS: Final = {"urn": r"^[0-9]{5,6}$", "ukprn": r"^[0-9]{8}$"}


def _collect(frames: Frames, bad: Callable[[Item], pl.Expr | None]) -> pl.DataFrame:
    """A failure for each value of each item for which ``bad`` gives a condition."""
    found = [pl.DataFrame(schema=_SCHEMA)]
    for table in TABLES:
        for item in table.columns(frames.edition):
            condition = bad(item)
            if condition is not None:
                rows = frames[table.name].filter(condition)
                found.append(
                    rows.select(
                        pl.lit(table.name).alias("table"),
                        pl.col("row"),
                        pl.lit(item.xml).alias("fields"),
                        pl.col(as_returned(item.name)).alias("value"),
                    )
                )
    return pl.concat(found)


def _unreadable(kind: Kind) -> Callable[[Frames], pl.DataFrame]:
    def bad(item: Item) -> pl.Expr | None:
        unread = pl.col(item.name).is_null() & pl.col(as_returned(item.name)).is_not_null()
        return unread if item.kind == kind else None

    return lambda frames: _collect(frames, bad)


def _wrong_form(frames: Frames) -> pl.DataFrame:
    def bad(item: Item) -> pl.Expr | None:
        form = _FORMS.get(item.name)
        return None if form is None else ~pl.col(item.name).str.contains(form)

    return _collect(frames, bad)


RULES: Final = (
    _rule(
        id="V01",
        title="A date is a date",
        message="{fields} is '{value}', which is not a day written year-month-day.",
        action="Write the date as 2026-01-15. A date such as 01/02/2024 is not guessed at: it may be in January or February.",
        basis=documented(GUIDE),
        over=_unreadable("date"),
        note="The export from COLLECT writes 2026-Jan-15 00:00:00, which is read too.",
    ),
    _rule(
        id="V02",
        title="A date and time is one",
        message="{fields} is '{value}', which is not a date and time.",
        action="Write it as 2026-02-20T09:30:00.",
        basis=documented(GUIDE),
        over=_unreadable("datetime"),
    ),
    _rule(
        id="V03",
        title="A yes or no is 1 or 0",
        message="{fields} is '{value}', which is neither 1 (yes) nor 0 (no).",
        action="Write 1 or 0.",
        basis=documented(GUIDE),
        over=_unreadable("flag"),
    ),
    _rule(
        id="V04",
        title="A whole number is one",
        message="{fields} is '{value}', which is not a whole number.",
        action="Write the number in digits.",
        basis=documented(GUIDE),
        over=_unreadable("integer"),
    ),
    _rule(
        id="V05",
        title="A setting's number has the form of one",
        message="{fields} is '{value}'; a URN is five or six digits and a UKPRN eight.",
        action="Copy the number from Get Information about Schools or the UK Register of Learning Providers.",
        basis=documented(GUIDE),
        over=_wrong_form,
    ),
)
