"""Why each child without a place has none: which tests or which full bases stand in the way, by name."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.places.assign.problem import NOWHERE
from rightplace.places.assign.reasons import Facts, reduced

UNPLACED: Final = ("person", "reason")
_NAMED: Final = 3


def unplaced(of: Facts, nothing_suits: pl.Series) -> pl.DataFrame:
    """Children without a place: columns as :data:`UNPLACED`.

    ``nothing_suits`` says of each child without a candidate what stands against every base.
    """
    rows = np.flatnonzero(of.plan.base == NOWHERE)
    none = np.diff(of.plan.asked.options.start)[rows] == 0
    reason = pl.DataFrame({"child": rows.astype(np.int64), "none": none, "nothing": nothing_suits.gather(rows)}).join(
        _full(of), on="child", how="left", maintain_order="left"
    )
    return pl.DataFrame(
        {
            "person": of.children["person_id"].gather(rows),
            "reason": reason.select(
                pl.when("none").then("nothing").otherwise(pl.coalesce("full", "nothing"))
            ).to_series(),
        }
    )


def _full(of: Facts) -> pl.DataFrame:
    """For children without a place who have candidates: child, and the words."""
    plan, every = of.plan, of.plan.options
    mine = np.flatnonzero(plan.base[every.child] == NOWHERE)
    base = every.base[mine]
    rows = pl.DataFrame(
        {
            "child": every.child[mine].astype(np.int64),
            "name": of.held["name"].gather(base) if of.held.height else pl.Series([], dtype=pl.String),
            "points": every.points[mine],
            "km": every.km[mine],
            "room": plan.load[base] < plan.asked.seats[base],
            "next": (reduced(plan)[mine] == 0) & (plan.prices.base_price[base] > 0),
        }
    ).sort("child", "points", "km", maintain_order=True)
    name, room = pl.col("name"), pl.col("room")
    by_child = rows.group_by("child", maintain_order=True).agg(
        bases=pl.len(),
        shown=name.head(_NAMED).str.join(", "),
        open=name.filter(room).head(_NAMED).str.join(", "),
        any_open=room.any(),
        next=name.filter(pl.col("next")).first(),
    )
    more = pl.col("bases").cast(pl.Int64) - _NAMED
    full = pl.when(pl.col("bases") == 1).then(
        pl.lit("The one suitable base has no place left: ") + pl.col("shown")
    ).otherwise(
        pl.lit("All ") + pl.col("bases").cast(pl.String) + " suitable bases have no place left: " + pl.col("shown")
    ) + pl.when(more > 0).then(pl.lit(" and ") + more.cast(pl.String) + " more.").otherwise(pl.lit("."))
    closed = full + pl.when(pl.col("next").is_not_null()).then(
        pl.lit(" One more place at ") + pl.col("next") + " would give this child a place."
    ).otherwise(pl.lit(""))
    weighed = (
        pl.lit("There is room at ")
        + pl.col("open")
        + ", but the stated weights count a place there for more than none."
    )
    return by_child.select("child", full=pl.when("any_open").then(weighed).otherwise(closed))
