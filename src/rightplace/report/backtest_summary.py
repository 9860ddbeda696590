"""The results of a back-test as a report reads them: from the folder that ``rightplace backtest`` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from rightplace.errors import UserError
from rightplace.forecast.backtest.result import BY_SIZE, OURS, SUMMARY


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestSummary:
    """Averages of totals by years ahead and method, and by size of area as well.

    The frames have the columns of ``summary`` and ``by_size`` of :class:`rightplace.forecast.backtest.result.Backtest`.
    """

    summary: pl.DataFrame
    by_size: pl.DataFrame

    @property
    def about(self) -> str:
        """What was tested: "authorities in England", or the name of an area."""
        return str(self.summary["about"][0])

    @property
    def areas(self) -> int:
        """How many areas were tested."""
        return int(str(self.summary["areas"].max()))

    @classmethod
    def of(cls, summary: pl.DataFrame, by_size: pl.DataFrame) -> Self:
        """The totals of a back-test."""
        total = pl.col("dimension") == "total"
        return cls(summary=summary.filter(total), by_size=by_size.filter(total))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The results in a folder.

        Raises ``UserError`` where ``summary.csv`` or ``by_size.csv`` is missing or is not one of a back-test.
        """
        made = cls.of(_read(folder / "summary.csv", SUMMARY), _read(folder / "by_size.csv", BY_SIZE))
        if OURS not in made.summary["method"] or made.summary["about"].n_unique() != 1:
            raise _not_one(folder / "summary.csv")
        return made


def _read(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, schema_overrides=dict(schema))
    except (OSError, pl.exceptions.PolarsError):
        raise _not_one(path) from None
    if dict(frame.schema) != dict(schema) or not _sensible(frame):
        raise _not_one(path)
    return frame


def _sensible(frame: pl.DataFrame) -> bool:
    """Whether there are rows, with nothing missing that must be there, and no number that cannot be."""
    needed = frame.select("about", "dimension", "horizon", "method", "mape_percent", "wis_percent", "n")
    least = pl.col("mape_percent", "wis_percent", "horizon", "n").min() >= 0
    covered = pl.col("coverage80_percent", "coverage95_percent").drop_nulls().is_between(0, 100).all()
    return (
        frame.height > 0
        and not any(needed.null_count().row(0))
        and all((*frame.select(least).row(0), *frame.select(covered).row(0)))
    )


def _not_one(path: Path) -> UserError:
    return UserError(
        "This is not a result of a back-test.",
        where=str(path),
        action="Make one with 'rightplace backtest --statistics FOLDER --out DIR' and give its folder.",
    )
