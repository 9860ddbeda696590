"""Moves between phases of education, and the days by which the plan must name the next setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from rightplace.calendar.weeks import add_months

POST_16_NOTICE_MONTHS: Final = 5
"""Months before a move between post-16 institutions by which the plan is reviewed and amended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTransfer:
    """A move between phases at the end of a year group.

    ``leaving`` and ``entering`` are year groups; ``month`` and ``day`` are the day, in the calendar
    year of the move, before which the plan is reviewed and amended. ``everywhere`` is False for moves
    that exist only where schools are organised so (infant and junior, or first, middle and upper).
    """

    leaving: int
    entering: int
    label: str
    month: int
    day: int
    everywhere: bool


TRANSFERS: Final = (
    PhaseTransfer(leaving=-1, entering=0, label="Early years to school", month=2, day=15, everywhere=True),
    PhaseTransfer(leaving=2, entering=3, label="Infant to junior school", month=2, day=15, everywhere=False),
    PhaseTransfer(leaving=4, entering=5, label="First to middle school", month=2, day=15, everywhere=False),
    PhaseTransfer(leaving=6, entering=7, label="Primary to secondary school", month=2, day=15, everywhere=True),
    PhaseTransfer(leaving=8, entering=9, label="Middle to upper school", month=2, day=15, everywhere=False),
    PhaseTransfer(leaving=11, entering=12, label="Secondary school to post-16", month=3, day=31, everywhere=True),
)
"""Every move the regulation names, by the year group usually left.

Source: Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulation 18. The year
groups are the usual ages of transfer; the regulation itself names phases, not ages.
"""


def due_date(leaving: int, academic_year: int, *, everywhere_only: bool = True) -> date | None:
    """Day before which a plan is amended for the move out of a year group at the end of an academic year.

    None when that year group is not the last of a phase. With ``everywhere_only`` False, moves
    that exist only in some areas count too.
    """
    for transfer in transfers(everywhere_only=everywhere_only):
        if transfer.leaving == leaving:
            return date(academic_year + 1, transfer.month, transfer.day)
    return None


def due_date_expr(leaving: pl.Expr, academic_year: pl.Expr, *, everywhere_only: bool = True) -> pl.Expr:
    """As :func:`due_date`, for integer expressions: a Date, null where there is no move."""
    due = pl.lit(None, dtype=pl.Date)
    for transfer in transfers(everywhere_only=everywhere_only):
        day = pl.date(academic_year.cast(pl.Int32) + 1, transfer.month, transfer.day)
        due = pl.when(leaving == transfer.leaving).then(day).otherwise(due)
    return due


def transfers(*, everywhere_only: bool = True) -> tuple[PhaseTransfer, ...]:
    """The moves found in every area, or all the regulation names."""
    return tuple(transfer for transfer in TRANSFERS if transfer.everywhere or not everywhere_only)


def post_16_due_date(move: date) -> date:
    """Last day to review and amend the plan of a young person who moves between post-16 institutions.

    At least five months before the move (SI 2014/1530, regulation 18(2)).
    """
    return add_months(move, -POST_16_NOTICE_MONTHS)
