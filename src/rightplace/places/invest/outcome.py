"""What a plan comes to, in frames: year by year, and what is closed or made smaller."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.places.invest import closing
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.model import Model
from rightplace.places.invest.result import CLOSURES, YEARS
from rightplace.places.siting.expansion import Account


def years(built: Model, plan_for: Demand, made: Account) -> pl.DataFrame:
    """The plan by year."""
    room = built.problem.room_of(made.plan)
    options = built.options
    taken = options[[int(option) for option in made.plan[: len(built.schemes)] if option >= 0]]
    spent = taken.with_columns(year=pl.max_horizontal(pl.col("opens") - 1, plan_for.septembers[0]))
    capital = dict(spent.group_by("year").agg(pl.col("capital_gbp").sum()).iter_rows())
    children = plan_for.children.sum(axis=2)
    return pl.DataFrame(
        {
            "september": list(plan_for.septembers),
            "children_mean": children.mean(axis=0),
            "children_p90": np.quantile(children, 0.9, axis=0),
            "places": room.sum(axis=0),
            "new_places": room[: len(built.schemes)].sum(axis=0),
            "capital_gbp": [float(capital.get(year, 0.0)) for year in plan_for.septembers],
            "left_out_mean": made.left_out.mean(axis=0),
            "kept": (made.left_out < 1e-6).mean(axis=0),
            "staff_fte": np.array([scheme.staff_per_place for scheme in built.schemes]) @ room[: len(built.schemes)],
        },
        schema=YEARS,
    )


def closures(built: Model, now: pl.DataFrame, made: Account) -> pl.DataFrame:
    """The bases that the plan closes or makes smaller: columns :data:`~rightplace.places.invest.result.CLOSURES`, by September."""
    taken = built.fixed.filter(
        pl.col("option").is_in(made.plan[made.plan >= 0].tolist()), pl.col("action") != closing.KEEP
    )
    rows = []
    for one in taken.iter_rows(named=True):
        base = now.row(one["place"] - len(built.schemes), named=True)
        duty = closing.DUTY.get(base["setting_kind"], closing.DUTY[""])
        rows.append(
            (
                base["setting_id"], base["base"], base["name"], one["action"], one["september"], base["places"], one["left"],
                one["saved_gbp"], f"{duty} {closing.EVERYONE}",
            )
        )  # fmt: skip
    return pl.DataFrame(rows, schema=CLOSURES, orient="row").sort("september", "setting_id", "base")
