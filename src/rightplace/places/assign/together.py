"""Brothers and sisters who all need a place: asking for the same setting, where that costs the plan less than it is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from rightplace.places.assign.options import Options, apart
from rightplace.places.assign.plan import Plan
from rightplace.places.assign.problem import NOWHERE
from rightplace.places.assign.reasons import reduced


def families(children: pl.DataFrame) -> pl.DataFrame:
    """Families of which two or more need a place: child (row) and family."""
    if "family_id" not in children.columns:
        return pl.DataFrame(schema={"child": pl.Int64, "family": pl.String})
    rows = children.select(family="family_id").with_row_index("child").cast({"child": pl.Int64}).drop_nulls()
    return rows.filter(pl.len().over("family") > 1)


def split(of: Plan, found: pl.DataFrame, setting: pl.Series) -> int:
    """How many children of these families are at a setting where none of their brothers or sisters is placed."""
    base = of.base[found["child"].to_numpy()]
    at = pl.Series(np.where(base == NOWHERE, -found["child"].to_numpy() - 1, setting.to_physical().to_numpy()[base]))
    return int((found.with_columns(at=at).select(pl.len().over("family", "at"))["len"] == 1).sum())


def asking_together(of: Plan, found: pl.DataFrame, setting: pl.Series) -> Options:
    """The options with each family's best common setting marked as the one where its children are together.

    The best is the one whose candidates, over the children of the family that have it, add least to the plan, of those
    that most of them have. ``setting`` is a number for the setting of each base.
    """
    every, numbers = of.asked.options, setting.to_numpy()
    arcs = pl.DataFrame(
        {
            "child": of.options.child.astype(np.int64),
            "at": numbers[of.options.base] if len(of.options.base) else np.empty(0, np.int64),
            "extra": reduced(of).astype(np.float64),
        }
    )
    by_setting = arcs.join(found, on="child").group_by("family", "child", "at").agg(pl.col("extra").min())
    best = (
        by_setting.group_by("family", "at")
        .agg(pl.len().alias("members"), pl.col("extra").sum())
        .filter(pl.col("members") > 1)
        .sort("family", "members", "extra", "at", descending=[False, True, False, False])
        .unique("family", keep="first", maintain_order=True)
    )
    wanted = found.join(best.select("family", "at"), on="family")
    target = np.full(len(of.base), -1, np.int64)
    target[wanted["child"].to_numpy()] = wanted["at"].to_numpy()
    there = numbers[every.base] == target[every.child]
    already = (every.apart == 0) & np.repeat(
        np.bincount(every.child[every.apart == 1], minlength=len(of.base)) > 0, np.diff(every.start)
    )
    return replace(every, apart=apart(there | already, every.start))
