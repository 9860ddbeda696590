"""Results of authorities gathered into tables: each authority's, and those of regions and England added up in each future."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from rightplace.forecast.cohort.space import Space
from rightplace.forecast.england.authority import Done
from rightplace.forecast.england.sums import Sum, Sums
from rightplace.forecast.england.table import rows
from rightplace.forecast.result import SUMMARY
from rightplace.forecast.summary import QUANTILES


class Gathered:
    """Authorities from January ``first`` to ``last``, in columns ``schema`` with quantiles ``at``; their futures are let go once added."""

    def __init__(
        self,
        space: Space,
        first: int,
        last: int,
        schema: Mapping[str, pl.DataType] = SUMMARY,
        at: Sequence[float] = QUANTILES,
    ) -> None:
        self.sums = Sums(first=first, last=last)
        self.failures: dict[str, str] = {}
        self._space, self._schema, self._at = space, schema, at
        self._frames: dict[str, pl.DataFrame] = {}

    def add(self, done: Done) -> None:
        """Add an authority; one that failed is in ``failures`` and in nothing else."""
        if done.stock is None:
            self.failures[done.la_code] = done.failure
            return
        self.sums.add(done)
        cut = rows(done.stock, self._space, done.january, self._schema, self._at)
        self._frames[done.la_code] = cut.select(pl.lit(done.la_code).alias("la_code"), pl.all())

    def areas(self) -> pl.DataFrame:
        """Rows of every authority, by code."""
        empty = pl.DataFrame(schema={"la_code": pl.String(), **self._schema})
        return pl.concat([empty, *(self._frames[code] for code in sorted(self._frames))])

    def regions(self) -> pl.DataFrame:
        """Rows of every region that has an authority, by name."""
        empty = pl.DataFrame(schema={"region": pl.String(), "authorities": pl.Int32(), **self._schema})
        found = [
            self._sum(self.sums.regions[name]).select(pl.lit(name).alias("region"), pl.all())
            for name in sorted(self.sums.regions)
        ]
        return pl.concat([empty, *found])

    def england(self) -> pl.DataFrame:
        """Rows of all authorities together."""
        if self.sums.england is None:
            return pl.DataFrame(schema={"authorities": pl.Int32(), **self._schema})
        return self._sum(self.sums.england)

    def _sum(self, of: Sum) -> pl.DataFrame:
        cut = rows(of.stock, self._space, self.sums.first, self._schema, self._at)
        return cut.select(pl.lit(of.authorities, pl.Int32).alias("authorities"), pl.all())
