"""Published figures known to be wrong, mended or made missing as their file is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import polars as pl

from rightplace.vocabulary import data_file

NOTE: Final = "note"
"""Column of a frame of published rows that says what was done to the row; null where nothing was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A published figure known to be wrong.

    ``authorities`` maps a three-digit code to the right figure; None makes the return missing.
    """

    files: tuple[str, ...]
    year: int
    column: str
    published: float
    action: str
    authorities: Mapping[str, float | None]
    basis: str
    reason: str
    source: str


@cache
def known_returns() -> tuple[Known, ...]:
    """Every known wrong figure, in the order of ``data/known_returns.yaml``."""
    facts: dict[str, Any] = data_file.read("rightplace.returns.statistics", "known_returns.yaml")
    return tuple(Known(**{**row, "files": tuple(row["files"])}) for row in facts["known"])


def mend(frame: pl.DataFrame, kind: str, counts: Iterable[str]) -> pl.DataFrame:
    """Rows of a file with its known wrong figures put right, and column ``note`` saying where.

    ``frame`` has ``la_code``, ``year`` and numeric ``counts``; ``kind`` is the kind of file.
    """
    frame = frame.with_columns(pl.lit(None, pl.String).alias(NOTE))
    columns = [column for column in counts if column in frame.columns]
    for known in known_returns():
        if kind in known.files and known.column in frame.columns:
            frame = _mended(frame, known, columns)
    return frame


def _mended(frame: pl.DataFrame, known: Known, counts: list[str]) -> pl.DataFrame:
    here = pl.col("la_code").is_in(list(known.authorities)) & (pl.col("year") == known.year)
    wrong = here & (pl.col(known.column) == known.published)
    codes = frame.filter(wrong)["la_code"].unique()
    if codes.is_empty():
        return frame
    note = pl.lit(known.reason)
    if known.action == "missing":
        all_of_it = here & pl.col("la_code").is_in(codes.to_list())
        return frame.with_columns(
            *(pl.when(~all_of_it).then(pl.col(column)).alias(column) for column in counts),
            pl.when(all_of_it).then(note).otherwise(NOTE).alias(NOTE),
        )
    right = pl.col("la_code").replace_strict(known.authorities, default=None, return_dtype=pl.Float64)
    return frame.with_columns(
        pl.when(wrong).then(right).otherwise(known.column).alias(known.column),
        pl.when(wrong).then(note).otherwise(NOTE).alias(NOTE),
    )
