"""The wide frames rules look at: one for each table of a return, with all a rule may need beside the record.

Every frame holds ``row``, ``line`` and ``person_row`` of the record; its items, read into dates,
whole numbers and yes/no (null when missing or unreadable); ``<item>_raw``, the text as returned, for
items that are read; the constants of the return (``edition``, ``census_day``, ``period_start``,
``period_end``, ``own_la``); and the columns that :mod:`rightplace.returns.checks.wide` adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from rightplace.calendar.census import census_day
from rightplace.returns.checks import wide
from rightplace.returns.checks.terms import READ_ITEMS, as_returned
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.typed import typed

_CONSTANTS: Final = ("edition", "census_day", "period_start", "period_end", "own_la")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """A return made ready for its rules.

    ``tables`` are the wide frames by table name. ``settings`` and ``population`` are area tables,
    ``previous`` the frames of last year's return; each is None when not given.
    """

    edition: int
    census_day: date
    own_la: str
    tables: Mapping[str, pl.DataFrame]
    settings: pl.DataFrame | None = None
    population: pl.DataFrame | None = None
    previous: Frames | None = None

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]


def make_frames(
    ret: Sen2Return,
    *,
    settings: pl.DataFrame | None = None,
    population: pl.DataFrame | None = None,
    previous: Sen2Return | None = None,
) -> Frames:
    """The wide frames of a return, and of last year's when it is given."""
    tables = {table.name: _with_constants(_base(ret, table.name), ret) for table in TABLES}
    return Frames(
        edition=ret.edition,
        census_day=census_day(ret.edition),
        own_la=returning_authority(ret),
        tables=wide.widen(tables, settings),
        settings=settings,
        population=population,
        previous=None if previous is None else make_frames(previous),
    )


def returning_authority(ret: Sen2Return) -> str:
    """The three-digit code in the header, or "" when there is none."""
    header = ret.tables["sen2"]
    return (header["lea"][0] or "") if header.height else ""


def _base(ret: Sen2Return, table: str) -> pl.DataFrame:
    """Items read into their types, with the text as returned beside those that are read."""
    read = [item.name for item in BY_NAME[table].items if item.name in READ_ITEMS]
    raw = ret.tables[table].select(pl.col(name).alias(as_returned(name)) for name in read)
    frame = typed(ret, table)
    return pl.concat([frame, raw], how="horizontal") if read else frame


def _with_constants(frame: pl.DataFrame, ret: Sen2Return) -> pl.DataFrame:
    edition = ret.edition
    values = (
        edition,
        census_day(edition),
        date(edition - 1, 1, 1),
        date(edition - 1, 12, 31),
        returning_authority(ret),
    )
    return frame.with_columns(pl.lit(value).alias(name) for name, value in zip(_CONSTANTS, values, strict=True))
