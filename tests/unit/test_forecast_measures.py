"""Plans per 1,000 residents, the age of those with plans, and one future of a forecast alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.forecast import measures
from rightplace.forecast.cohort.engine import Futures, simulate
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.cohort.step import JOIN, LEAVE
from rightplace.forecast.rerun import follow, rerun
from rightplace.forecast.result import ASSUMPTIONS, FLOWS, HISTORY, RATES, Forecast
from rightplace.forecast.summary import of_stock
from rightplace.vocabulary.year_group import YEAR_GROUPS, age

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)


@pytest.fixture(scope="module")
def run() -> Futures:
    """Forty futures."""
    return simulate(case.STATES, case.made_model(), case.made_paths(40), case.START, seed=1)


def _made(run: Futures) -> Forecast:
    return Forecast(
        la_code="302", name="Made up", summary=of_stock(run, 2026), flows=pl.DataFrame(schema=FLOWS),
        history=pl.DataFrame(schema=HISTORY), rates=pl.DataFrame(schema=RATES),
        assumptions=pl.DataFrame(schema=ASSUMPTIONS), method="", futures_total=run.totals, inputs=run.inputs,
    )  # fmt: skip


def test_rates_per_1000_are_plans_over_residents(run: Futures) -> None:
    """Year group 5, all primary, and everyone, against sums by hand; none where no population is known."""
    residents = case.made_paths(40).residents
    rates = measures.per_1000(of_stock(run, 2026), residents)
    assert rates["year"].min() == 2027
    wanted = {
        ("year_group", "5"): (run.stock[:, 2, 9], residents[1, 9]),
        ("phase", "primary"): (run.stock[:, 2, 4:11].sum(axis=1), residents[1, 4:11].sum()),
        ("total", "total"): (run.stock[:, 2, :GROUPS].sum(axis=1), residents[1].sum()),
    }
    for (dimension, value), (plans, people) in wanted.items():
        row = rates.filter(year=2028, dimension=dimension, value=value)
        assert row["mean"].to_list() == pytest.approx([1000 * plans.mean() / people])
        assert row["p90"].to_list() == pytest.approx([1000 * np.quantile(plans, 0.9) / people])
    assert measures.per_1000(of_stock(run, 2026), np.full((6, GROUPS), 1000.0)).is_empty()


def test_ages_are_those_of_every_person_laid_end_to_end(run: Futures) -> None:
    """The mean over futures of each future's mean age; quantiles of the cohort at the start by numpy, person by person."""
    frame = measures.ages(of_stock(run, 2026), run.count())
    each = np.array([age(group) for group in YEAR_GROUPS])
    means = (run.stock[..., :GROUPS] @ each) / run.totals
    assert frame["mean"].to_numpy() == pytest.approx(means.mean(axis=0))
    assert frame["p10"].to_numpy() == pytest.approx(np.quantile(means, 0.1, axis=0))
    people = np.repeat(each, run.stock[0, 0, :GROUPS])
    points = np.quantile(people, (0.1, 0.25, 0.5, 0.75, 0.9), method="inverted_cdf")
    names = ("youngest_tenth", "youngest_quarter", "middle", "oldest_quarter", "oldest_tenth")
    assert frame.select(names).row(0) == tuple(points)


def test_one_future_alone_has_its_numbers(run: Futures) -> None:
    """Future 11: plans and flows by year as in the run; and its people, one by one, are as many as followed futures have."""
    made = _made(run)
    one = rerun(made, future=11)
    total = one.plans.filter(pl.col("dimension") == "total").sort("year")["people"].to_numpy()
    assert np.array_equal(total, run.totals[11])
    for flow, row in (("joiners", JOIN), ("leavers", LEAVE)):
        seen = one.flows.filter((pl.col("flow") == flow) & (pl.col("dimension") == "total")).sort("year")["people"]
        assert np.array_equal(seen.to_numpy(), run.flows[11, :, row, :GROUPS].sum(axis=1))
    aged = one.flows.filter(pl.col("flow") == "aged_out")["people"].to_numpy()
    assert np.array_equal(aged, run.flows[11, :, LEAVE, GROUPS - 1])
    people = follow(made, future=11)
    assert people.filter(pl.col("event") == "in_place").height == run.totals[11, 0]
    with pytest.raises(UserError, match="futures 0 to 39"):
        rerun(made, future=40)
