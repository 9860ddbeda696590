"""All that the published statistics say of every authority in England, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from rightplace.area.record import Area, Refusal, Source, build
from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError
from rightplace.vocabulary import authority

TABLES: Final = ("history", "population", "settings", "neighbourhoods", "costs", "budget")
"""Tables of an area that published statistics fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """Published statistics of every authority, as frames with ``la_code``.

    ``until`` is the last January that was allowed (None: any) and ``last_january`` the last with plans;
    ``la_codes`` the authorities in force then that have plans published, in order. ``history`` and ``population`` have
    the columns of the area's tables and rows of England under ``cells.ENGLAND``; ``neighbours`` has ``neighbour``, ``rank``
    and ``closeness``; ``capacity`` is as in :mod:`rightplace.returns.statistics.capacity`;
    ``mended`` lists what was put right in a file for an authority (``file``, ``la_code``, ``note``, ``rows``). ``parts`` holds each authority's
    rows of the area's tables; ``notices`` are sentences about files that are missing or could not be used.
    """

    until: int | None
    last_january: int
    la_codes: tuple[str, ...]
    history: pl.DataFrame
    population: pl.DataFrame
    neighbours: pl.DataFrame
    capacity: pl.DataFrame
    mended: pl.DataFrame
    parts: Mapping[str, Mapping[str, pl.DataFrame]]
    sources: tuple[Source, ...]
    notices: tuple[str, ...] = ()

    def area(self, la_code: str) -> Area:
        """The area record of one authority. Raises ``DataError`` where no plans of it are published."""
        if la_code not in self.la_codes:
            known = authority.AUTHORITIES.get(la_code)
            raise DataError(
                f"No plans are published for {known.name if known else la_code} in January {self.last_january}.",
                where=la_code,
                action=_instead(la_code, self.la_codes),
            )
        missing = tuple(_missing(notice) for notice in self.notices)
        tables = {name: self.parts[name].get(la_code, BY_NAME[name].empty()) for name in TABLES}
        lineage = (*(self._noted(source, la_code) for source in self.sources), *missing)
        return build(la_code=la_code, name=authority.name(la_code), tables=tables, lineage=lineage)

    def _noted(self, source: Source, la_code: str) -> Source:
        """The lineage of a file, with what was put right in it for one authority."""
        here = self.mended.filter((pl.col("file") == source.file) & (pl.col("la_code") == la_code))
        notes = [
            Refusal(reason=f"put right or made missing: {note}", rows=n)
            for note, n in here.select("note", "rows").rows()
        ]
        return replace(source, noted=(*source.noted, *notes)) if notes else source


def parts_of(frame: pl.DataFrame, table: str) -> dict[str, pl.DataFrame]:
    """The rows of an area table by authority, in the table's columns."""
    columns = list(BY_NAME[table].schema)
    if frame.is_empty():
        return {}
    split = frame.partition_by("la_code", as_dict=True, maintain_order=True)
    return {str(code): rows.select(columns) for (code,), rows in split.items() if code is not None}


def _instead(la_code: str, in_force: tuple[str, ...]) -> str:
    into = authority.successors(la_code) if la_code in authority.AUTHORITIES else ()
    names = [f"{code} ({authority.name(code)})" for code in into if code in in_force and code != la_code]
    return (
        f"Ask for {' or '.join(names)}." if names else "Give the three-digit code of an authority that is in the files."
    )


def _missing(notice: str) -> Source:
    """A lineage row for what could not be read."""
    note = Refusal(reason=notice, rows=0)
    return Source(file="", kind="notice", edition="", sha256="", rows_in=0, rows_kept=0, noted=(note,))
