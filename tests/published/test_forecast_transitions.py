"""The person-level route on a real area's transitions: six forecasts of Januaries it had not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.people import route as people
from rightplace.forecast.people.transitions import Transitions

OUTSIDE = "NONSEND"
COLUMNS = ("need", "kind", "year_group", "to_need", "to_kind", "to_year_group")
ERRORS = {
    (2013, 2015): 1.8,
    (2013, 2016): 5.2,
    (2013, 2017): 8.0,
    (2014, 2016): 0.0,
    (2014, 2017): 2.3,
    (2015, 2017): 1.7,
}
"""Absolute error (%) of the total by the method of the best open forecaster of EHC plans, on the same six folds."""


@pytest.fixture(scope="module")
def changes(open_data: Path) -> pl.DataFrame:
    """The demonstration transitions of Mastodon C's witan.send (an unnamed authority, 2013 to 2016), as counted changes."""
    rows = pl.read_csv(open_data / "witan_demo" / "transitions.csv")
    names = dict(
        zip(("need-1", "setting-1", "academic-year-1", "need-2", "setting-2", "academic-year-2"), COLUMNS, strict=True)
    )
    counted = rows.rename(names).group_by("calendar-year", *COLUMNS).agg(people=pl.len().cast(pl.Float64))
    inside = {side: pl.col(f"{side}need") != OUTSIDE for side in ("", "to_")}
    return counted.select(
        pl.col("calendar-year").cast(pl.Int32).alias("year"),
        *(pl.when(inside["to_" if name.startswith("to_") else ""]).then(pl.col(name)).alias(name) for name in COLUMNS),
        "people",
    )


@pytest.fixture(scope="module")
def population(open_data: Path) -> pl.DataFrame:
    """Residents, put a year back: the file holds them by the January they are counted with."""
    rows = pl.read_csv(open_data / "witan_demo" / "population.csv")
    return rows.select(
        year=pl.col("calendar-year") - 1,
        age=pl.col("academic-year") + 4,
        people=pl.col("population").cast(pl.Float64),
        projected=False,
    ).filter(pl.col("age").is_between(0, 25))


def _stock(changes: pl.DataFrame, january: int) -> pl.DataFrame:
    if january <= 2016:
        found = changes.filter((pl.col("year") == january) & pl.col("need").is_not_null()).select(
            *COLUMNS[:3], "people"
        )
    else:
        found = changes.filter((pl.col("year") == january - 1) & pl.col("to_need").is_not_null()).select(
            need="to_need", kind="to_kind", year_group="to_year_group", people="people"
        )
    return found.group_by(COLUMNS[:3]).agg(pl.col("people").sum()).with_columns(pl.lit(january, pl.Int32).alias("year"))


def _fold(changes: pl.DataFrame, population: pl.DataFrame, last: int) -> list[dict[str, float]]:
    """Forecast from the transitions to ``last``, scored on each later January."""
    stock = pl.concat([_stock(changes, year) for year in range(2013, last + 2)]).select("year", *COLUMNS[:3], "people")
    seen = Transitions(stock=stock, changes=changes.filter(pl.col("year") <= last), left_out={})
    made = people.forecast(seen, population, years=2016 - last, futures=500, seed=1).futures
    rows = []
    for ahead, january in enumerate(range(last + 2, 2018), start=1):
        truth = _stock(changes, january)
        total = made.totals[:, ahead]
        row = {
            "error": 100 * abs(total.mean() / truth["people"].sum() - 1),
            "total": _inside(total, truth["people"].sum()),
        }
        for dimension, column in (("need", "need"), ("setting", "kind")):
            first, names = made.space.margins()[dimension]
            counted = dict(truth.group_by(column).agg(pl.col("people").sum()).iter_rows())
            cells = made.stock[:, ahead, first : first + len(names)]
            row[dimension] = float(
                np.mean([_inside(cells[:, i], counted.get(name, 0.0)) for i, name in enumerate(names)])
            )
        rows.append(row)
    return rows


def _inside(drawn: np.ndarray, truth: float) -> float:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low <= truth <= high)


def test_ranges_hold_and_errors_are_smaller_than_the_method_to_beat(
    changes: pl.DataFrame, population: pl.DataFrame
) -> None:
    """95% ranges hold all six totals but one, 85% of needs and 75% of settings (its: four of six, 69% and 70%).

    The mean absolute error of the total is smaller than its 3.2%.
    """
    rows = [row for last in (2013, 2014, 2015) for row in _fold(changes, population, last)]
    assert len(rows) == len(ERRORS)
    assert sum(row["total"] for row in rows) >= 5
    assert np.mean([row["need"] for row in rows]) >= 0.85
    assert np.mean([row["setting"] for row in rows]) >= 0.75
    assert np.mean([row["error"] for row in rows]) < np.mean(list(ERRORS.values()))
