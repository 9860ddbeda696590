"""The bases each child could go to, few enough to solve with: those asked for, where they are, the nearest and the cheapest."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.errors import UserError
from rightplace.places import prices
from rightplace.places.fit.choosing import choose_bases
from rightplace.places.fit.coded import NEEDS, Coded, code
from rightplace.places.travel.travel import Travel, owned

CANDIDATES: Final[dict[str, pl.DataType]] = {
    "child": pl.UInt32(),
    "base": pl.UInt32(),
    "km": pl.Float32(),
    "minutes": pl.Float32(),
    "transport_gbp": pl.Float64(),
    "cost_gbp": pl.Float64(),
    "preference": pl.Int16(),
    "doubts": pl.UInt16(),
    "against": pl.UInt16(),
    "stays": pl.Boolean(),
}
"""Columns of a frame of candidates, by ``child`` then ``base`` (rows of the frames of children and bases).

``km`` is one way; ``minutes`` by the way the child is taken to travel; ``transport_gbp`` and ``cost_gbp`` (place and
transport) are pounds a year; null is unknown. ``preference`` is 1 for the first choice. ``doubts`` and ``against`` are
bit sets of :class:`~rightplace.places.fit.outcome.Test`: unknown, and not met though they bar nobody.
"""
MOST: Final = 30


class Asked(NamedTuple):
    """Preferences as numbers: for each child, from ``start``, rows of bases and the rank of each."""

    start: npt.NDArray[np.int64]
    base: npt.NDArray[np.int32]
    rank: npt.NDArray[np.int16]


def candidates(
    children: pl.DataFrame,
    bases: pl.DataFrame,
    roads: Travel,
    *,
    most: int = MOST,
    costs: pl.DataFrame | None = None,
    on: date | None = None,
) -> pl.DataFrame:
    """Up to ``most`` bases for each child, as :data:`CANDIDATES`: only those that no barring test is against.

    First those the family asks for, in its order, and where the child is now, whatever their cost; then the nearest and
    the cheapest by turns. ``costs`` is the area's table, for costs by need on a day ``on``; without it a base's own cost
    holds for every need. The same frames give the same rows.

    Raises ``UserError`` where ``most`` is below one.
    """
    return of_coded(code(children, bases, roads), most=most, costs=costs, on=on)


def of_coded(
    coded: Coded, *, most: int = MOST, costs: pl.DataFrame | None = None, on: date | None = None
) -> pl.DataFrame:
    """As :func:`candidates`, of frames that are coded already."""
    if most < 1:
        raise UserError("A child needs at least one candidate.", action="Choose a number from 1.")
    if not coded.bases.height or not coded.children.height:
        return pl.DataFrame(schema=CANDIDATES)
    price = place_prices(coded.bases, costs, on)
    asked = preferences(coded)
    law = coded.travel.law
    child, base, km, minutes, transport, rank, doubts, against = choose_bases(
        coded.kids, coded.places, coded.ways, coded.travel.pace, coded.travel.cost,
        (law.under_8_km, law.from_8_km), (law.primary_minutes, law.secondary_minutes),
        price, asked.start, asked.base, asked.rank, min(most, coded.bases.height),
    )  # fmt: skip
    place = price[base, coded.kids.need[child]]
    unknown = {"nan_to_null": True}
    return pl.DataFrame(
        {
            "child": child,
            "base": base,
            "km": pl.Series(km.astype(np.float32), **unknown),  # type: ignore[arg-type]
            "minutes": pl.Series(minutes.astype(np.float32), **unknown),  # type: ignore[arg-type]
            "transport_gbp": pl.Series(transport, **unknown),  # type: ignore[arg-type]
            "cost_gbp": pl.Series(place + transport, **unknown),  # type: ignore[arg-type]
            "preference": pl.Series(rank).replace(0, None),
            "doubts": doubts,
            "against": against,
            "stays": coded.kids.now[child] == base,
        }
    ).cast(CANDIDATES)  # type: ignore[arg-type]


def place_prices(bases: pl.DataFrame, costs: pl.DataFrame | None, on: date | None) -> npt.NDArray[np.float64]:
    """Pounds a year of a place, shape (bases, needs)."""
    if costs is not None and on is not None:
        return owned(prices.table(bases, costs, NEEDS, on))
    anyway = bases["annual_cost_gbp"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return owned(np.repeat(anyway[:, None], len(NEEDS), axis=1))


def preferences(coded: Coded) -> Asked:
    """The bases each family asks for. A setting asked for with no base named stands for all its bases."""
    asked = (
        coded.children.with_row_index("child")
        .select("child", "preferences")
        .explode("preferences", empty_as_null=False, keep_nulls=False)
        .with_columns(
            rank=(pl.int_range(pl.len()).over("child") + 1).cast(pl.Int16),
            setting_id=pl.col("preferences")
            .str.split("/")
            .list.slice(0, pl.col("preferences").str.count_matches("/"))
            .list.join("/"),
            named=pl.col("preferences").str.split("/").list.last(),
        )
    )
    there = coded.bases.with_row_index("row").select("row", "setting_id", "base")
    pairs = (
        asked.join(there, on="setting_id")
        .filter((pl.col("named") == "") | (pl.col("named") == pl.col("base")))
        .group_by("child", "row")
        .agg(pl.col("rank").min())
        .sort("child", "rank", "row")
    )
    counts = np.bincount(pairs["child"].to_numpy(), minlength=coded.children.height)
    return Asked(
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        base=owned(pairs["row"].cast(pl.Int32).to_numpy()),
        rank=owned(pairs["rank"].to_numpy()),
    )
