"""Which of the made-up children and young people are brothers and sisters."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.example.figures import rate


def families(people: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """The area's ``families`` table. ``people`` has person_id, neighbourhood_id and birth_date, a row each.

    Some people's household is not in the record. Of the rest some share one with somebody of the same neighbourhood who
    was born next to them there: made up, as nothing is published of plans in a family.
    """
    ordered = people.sort("neighbourhood_id", "birth_date", "person_id", nulls_last=True)
    luck = draw.random(ordered.height)
    known = draw.random(ordered.height) < rate("household_recorded")
    home = ordered["neighbourhood_id"]
    with_last = (
        (home == home.shift(1)).fill_null(False).to_numpy()  # noqa: FBT003
        & (luck < rate("shares_household"))
    )
    number = np.cumsum(~with_last)
    return (
        ordered.select("person_id")
        .with_columns(family_id=pl.Series([f"H{each:06d}" for each in number.tolist()]))
        .filter(pl.Series(known))
        .sort("person_id")
    )
