"""Which tests, by name, keep a base from being a candidate, and what stands against every base for a child with none."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.casework.placement import Result
from rightplace.places.assign.problem import Whole
from rightplace.places.fit import kernel
from rightplace.places.fit.coded import Coded
from rightplace.places.fit.outcome import BARRING, RESULTS, Test

_WORDS: Final = {
    Test.AGE: "it does not take the year group",
    Test.NEED: "it is not set up for the primary need",
    Test.PROVISION: "it cannot make provision that section F names",
    Test.SEX: "it does not take the child's sex",
}
_FEW: Final = "it is not among the bases looked at"
_NO_SUCH: Final = "it is not a base of the area"
_AGAINST: Final = {
    Test.AGE: "do not take the year group",
    Test.NEED: "are not set up for the primary need",
    Test.PROVISION: "cannot make provision that section F names",
    Test.SEX: "do not take the child's sex",
}


def not_open(
    coded: Coded | None, child: Whole, children: pl.DataFrame, bases: pl.DataFrame, shut: npt.NDArray[np.bool_]
) -> pl.Series:
    """Why the first choice is no candidate, in words, for each child whose is ``shut``; null for the others.

    ``child`` is the row of each in the coded frames. Without coded frames only whether there is such a base is known.
    """
    first = pl.when(pl.Series(shut)).then(pl.col("preferences").list.first())
    asked = children.select(first=first).with_row_index("row")
    parts = asked.with_columns(
        setting_id=pl.col("first").str.replace(r"/[^/]*$", ""), named=pl.col("first").str.extract(r"/([^/]*)$")
    )
    there = bases.select("setting_id", "base", "name").with_row_index("at")
    found = (
        parts.join(there, on="setting_id", how="left", maintain_order="left")
        .filter(pl.col("first").is_not_null())
        .filter(pl.col("at").is_null() | (pl.col("named") == "") | (pl.col("named") == pl.col("base")))
        .unique("row", keep="first", maintain_order=True)
    )
    known = found.filter(pl.col("at").is_not_null())
    why = [_FEW] * known.height
    if coded is not None:
        pairs = zip(child[known["row"].to_numpy()].tolist(), known["at"].to_list(), strict=True)
        why = [_phrase(_barring(coded, row, np.array([at], np.int32))[0]) for row, at in pairs]
    words = known.select("row", "name", why=pl.Series(why, dtype=pl.String))
    out = parts.join(words, on="row", how="left", maintain_order="left")
    return out.select(
        pl.when(pl.col("first").is_null())
        .then(None)
        .when(pl.col("name").is_null())
        .then(pl.col("first") + ": " + _NO_SUCH + ".")
        .otherwise(pl.col("name") + ": " + pl.col("why") + ".")
    ).to_series()


def nothing_suits(coded: Coded | None, child: Whole, without: npt.NDArray[np.bool_]) -> pl.Series:
    """What stands against every base, in words, for each child that is ``without`` a candidate; null for the others."""
    out = np.full(len(child), None, object)
    rows = np.flatnonzero(without)
    if coded is None or not len(rows):
        out[rows] = "No base is among its candidates."
        return pl.Series(out.tolist(), dtype=pl.String)
    every = np.arange(coded.bases.height, dtype=np.int32)
    for row in rows.tolist():
        against = _barring(coded, int(child[row]), every)
        first = np.where(against.any(axis=1), against.argmax(axis=1), -1)
        numbers = [int((first == place).sum()) for place in range(len(BARRING))]
        parts = [f"{number} {_AGAINST[test]}" for test, number in zip(BARRING, numbers, strict=True) if number]
        of = f"No base is suitable on what is known. Of {len(every)} in the area, {', '.join(parts)}."
        out[row] = of if (first >= 0).all() else "Every base that could suit is barred by hand."
    return pl.Series(out.tolist(), dtype=pl.String)


def _phrase(against: npt.NDArray[np.bool_]) -> str:
    said = [_WORDS[test] for test, stands in zip(BARRING, against.tolist(), strict=True) if stands]
    return " and ".join(said) if said else _FEW


def _barring(coded: Coded, child: int, bases: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Whether each barring test is not met, shape (bases, tests of :data:`BARRING`), of one child."""
    limits = coded.travel.law
    km, minutes = np.empty(len(bases)), np.empty(len(bases))
    way, results = np.empty(len(bases), np.int32), np.empty(len(bases), np.int32)
    kernel.tested(
        coded.kids, coded.places, coded.ways, coded.travel.pace, (limits.under_8_km, limits.from_8_km),
        (limits.primary_minutes, limits.secondary_minutes), child, bases, km, minutes, way, results,
    )  # fmt: skip
    shifts = np.array([2 * int(test) for test in BARRING])
    against: npt.NDArray[np.bool_] = RESULTS.index(Result.NOT_MET) == (results[:, None] >> shifts & 3)
    return against
