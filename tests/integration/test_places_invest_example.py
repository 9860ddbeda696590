"""The investment plan of the example area, small: what is promised, tried elsewhere, and refused."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from rightplace.area import store
from rightplace.errors import UserError
from rightplace.example.make import make_example
from rightplace.forecast.run import forecast
from rightplace.places.invest import candidates, demand, locality, result
from rightplace.places.invest.demand import LEVEL_OF
from rightplace.places.invest.run import Ask, invest

ON = date(2026, 9, 1)
FUTURES = 5


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example") / "made"
    make_example(folder)
    area = store.load(folder / "area")
    return area, forecast(area, years=4, futures=3 * FUTURES, seed=1)


@pytest.fixture(scope="module")
def few(example):
    area, _ = example
    return candidates.candidates(area, locality.zones(area), first_september=2026, on=ON, most=14)


def test_demand_has_the_margins_of_the_forecast(example):
    """Children in planned kinds of setting are as many as the forecast has in those kinds, future by future on average."""
    area, ahead = example
    found = demand.demand(area, ahead, locality.zones(area), first=0, futures=3 * FUTURES, seed=1, on=ON)
    last = found.septembers[-1] + 1
    of_kinds = ahead.summary.filter(
        (pl.col("year") == last) & (pl.col("dimension") == "setting") & pl.col("value").is_in(list(LEVEL_OF))
    )["mean"].sum()
    assert found.children[:, -1].sum(axis=1).mean() == pytest.approx(of_kinds, rel=0.01)


def test_a_plan_is_whole_and_honest(example, few):
    area, ahead = example
    plan = invest(area, ahead, few, on=ON, futures=FUTURES, ask=Ask(promise=0.6, promise_from=2029), explained=False)
    assert plan.schemes.schema == pl.Schema(result.SCHEMES)
    assert plan.frontier.schema == pl.Schema(result.FRONTIER)
    assert plan.proof.bound <= plan.proof.incumbent < plan.cost_now_gbp
    assert plan.meets == (plan.kept >= 0.6 and not plan.in_the_way)
    assert 0.0 <= plan.kept_elsewhere <= 1.0
    assert plan.years["capital_gbp"].sum() == pytest.approx(plan.schemes["capital_gbp"].sum())
    assert set(plan.schemes["scheme"]) <= {scheme.scheme for scheme in few}


def test_a_budget_too_small_is_named_with_the_least_that_would_do(example, few):
    area, ahead = example
    ask = Ask(promise=0.6, promise_from=2029, total_budget=1000.0)
    plan = invest(area, ahead, few, on=ON, futures=FUTURES, ask=ask, explained=False)
    assert not plan.meets
    assert plan.in_the_way
    assert plan.schemes["capital_gbp"].sum() <= 1000.0
    if plan.least_budget_gbp is not None:
        assert plan.least_budget_gbp > 1000.0
        assert any("capital in all years" in words for words in plan.in_the_way)


def test_a_promise_that_is_not_a_share_is_refused(example):
    area, ahead = example
    with pytest.raises(UserError, match="share of futures"):
        invest(area, ahead, on=ON, futures=FUTURES, ask=Ask(promise=1.5))
    with pytest.raises(UserError, match="futures and"):
        invest(area, ahead, on=ON, futures=100)
