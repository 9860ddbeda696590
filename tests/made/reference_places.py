"""The reference instance for placing a cohort: children and settings strewn over a square of 60 km, drawn with seed 11.

Every setting admits 4 of 12 needs and one or all of 4 age bands; a child's candidates are the nearest 30 that admit it. Cost
is 3 a kilometre (rounded), the setting's price (0 to 200) and 15 for each rank below the first of the child's wishes, which
are by distance times a taste between 0.6 and 1.4. There are 2% more seats than children; no place costs 5,000.
Least costs found by several solvers: 1,275,444 (10,000 x 300), 12,162,923 (100,000 x 2,000), 12,186,854 (100,000 x 25,000).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from scipy.spatial import cKDTree

NEAREST = 30
UNPLACED = 5_000
LEAST = {(10_000, 300): 1_275_444, (100_000, 2_000): 12_162_923, (100_000, 25_000): 12_186_854}


def drawn(children: int, settings: int) -> dict[str, Any]:
    """Homes, needs and bands of children; places, needs, bands, prices and seats of settings; and the generator after them."""
    draw = np.random.default_rng(11)
    made: dict[str, Any] = {"home": draw.random((children, 2)) * 60, "place": draw.random((settings, 2)) * 60}
    made["need"], made["band"] = draw.integers(0, 12, children), draw.integers(0, 4, children)
    made["admits"] = np.zeros((settings, 12), bool)
    for row in made["admits"]:
        row[draw.choice(12, 4, replace=False)] = True
    made["takes"], made["price"] = draw.integers(-1, 4, settings), draw.integers(0, 201, settings)
    made["seats"] = draw.multinomial(int(1.02 * children), draw.dirichlet(np.full(settings, 3.0)))
    return {**made, "draw": draw}


def candidates(made: dict[str, Any]) -> pl.DataFrame:
    """Candidates by child, nearest first: child, base, km, minutes, cost_gbp (the price), preference and stays."""
    children, bases, distances = [], [], []
    for need in range(12):
        for band in range(4):
            mine = np.flatnonzero((made["need"] == need) & (made["band"] == band))
            able = np.flatnonzero(made["admits"][:, need] & np.isin(made["takes"], (band, -1)))
            if len(mine) and len(able):
                near = min(NEAREST, len(able))
                km, which = cKDTree(made["place"][able]).query(made["home"][mine], near)
                children.append(np.repeat(mine, near))
                bases.append(able[which.ravel()])
                distances.append(km.ravel())
    child, base, km = (np.concatenate(part) for part in (children, bases, distances))
    order = np.lexsort((km, child))
    child, base, km = child[order], base[order], km[order]
    wished = np.lexsort((km * made["draw"].uniform(0.6, 1.4, len(km)), child))
    rank = np.empty(len(km), np.int64)
    rank[wished] = np.arange(len(km)) - np.searchsorted(child, child[wished])
    return pl.DataFrame(
        {
            "child": child.astype(np.uint32),
            "base": base.astype(np.uint32),
            "km": km,
            "minutes": km * 2,
            "cost_gbp": made["price"][base].astype(np.float64),
            "preference": (rank + 1).astype(np.int16),
            "stays": np.zeros(len(km), bool),
            "priority": made["draw"].integers(1, 4, len(km)),
        }
    )


def frames(made: dict[str, Any], found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Children, bases and seats as the plan takes them."""
    children, settings = len(made["home"]), len(made["place"])
    names = pl.Series([f"S{number}" for number in range(settings)])
    first = found.filter(pl.col("preference") == 1).select(
        "child", first=names.gather(pl.Series(found.filter(pl.col("preference") == 1)["base"])) + "/main"
    )
    kids = (
        pl.DataFrame({"child": np.arange(children, dtype=np.uint32), "why": "waiting"})
        .join(first, on="child", how="left", maintain_order="left")
        .select(
            pl.lit("P").add(pl.col("child").cast(pl.String)).alias("person_id"),
            "why",
            preferences=pl.concat_list("first").list.drop_nulls(),
            need=pl.Series([f"N{need}" for need in made["need"]]),
            ethnicity=pl.lit(None, pl.String),
            deprivation_decile=(pl.col("child") % 10 + 1).cast(pl.Int16),
            easting=pl.Series(made["home"][:, 0]),
            northing=pl.Series(made["home"][:, 1]),
        )
    )
    bases = pl.DataFrame({"setting_id": names, "base": "main", "name": names})
    seats = pl.DataFrame({"setting": names, "base": "main", "name": names, "capacity": made["seats"]}).with_columns(
        pl.col("capacity").cast(pl.Int32),
        staying=pl.lit(0, pl.Int64),
        kept=pl.lit(0, pl.Int64),
        seats=pl.Series(made["seats"]).cast(pl.Int64),
        over_full=pl.lit(0, pl.Int64),
        basis=pl.lit("its places less those who stay"),
    )
    return kids, bases, seats
