"""What one more place at each base is worth, in money or points, and in each aim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rightplace.places.assign.plan import COST, PLACED, PREFERENCES, TRAVEL, Plan
from rightplace.places.assign.problem import Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Pounds a year that each aim counts for when the value of a place is put into one number.

    ``placed_gbp``: one more child with a place, about the price of an independent special place [GK] (National Audit
    Office, *Support for children and young people with special educational needs*, 2024; not read at first hand).
    ``rank_gbp``: one child one rank nearer to its first choice; ``minute_gbp``: a minute less one way on 190 days, both
    ways. These two are judgements, stated so that they can be disputed.
    """

    placed_gbp: int = 62_000
    rank_gbp: int = 10_000
    minute_gbp: int = 40


STATED: Final = Worth()
POUNDS: Final = "pounds a year"
POINTS: Final = "points of the stated weights"


def worth(of: Plan, stated: Worth = STATED) -> pl.DataFrame:
    """A row a base: value_of_one_more_place, its unit, and what the place would do in each aim (null under weights).

    With the aims in order the value is the sum of what it does in each, at their stated worth: it is below nought where
    choices met would cost more than they are stated to be worth.
    """
    price = of.prices.base_price
    if of.asked.weights is not None:
        points = price if of.ordered is None else of.ordered.split(price)["points"]
        parts = dict.fromkeys(("more_placed", "ranks_nearer", "minutes_saved", "gbp_saved"))
        return _frame(points, POINTS, {name: pl.Series([None] * len(price), dtype=pl.Int64) for name in parts})
    assert of.ordered is not None  # noqa: S101 - without weights the aims are in order
    saved = of.ordered.split(price)
    gbp = saved[COST] * of.unit_gbp
    value = (
        gbp
        + stated.placed_gbp * saved[PLACED]
        + stated.rank_gbp * saved[PREFERENCES]
        + stated.minute_gbp * saved[TRAVEL]
    )
    aims = {
        "more_placed": saved[PLACED],
        "ranks_nearer": saved[PREFERENCES],
        "minutes_saved": saved[TRAVEL],
        "gbp_saved": gbp,
    }
    return _frame(value, POUNDS, {name: pl.Series(amount) for name, amount in aims.items()})


def _frame(value: Whole, unit: str, parts: dict[str, pl.Series]) -> pl.DataFrame:
    return pl.DataFrame({"value_of_one_more_place": value, "value_unit": np.full(len(value), unit), **parts})
