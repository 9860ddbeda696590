"""The cohort engine keeps its books, agrees with exact means, and draws each cell's chances from its own key."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.errors import CancelledByUser
from rightplace.forecast.cohort.engine import Futures, simulate
from rightplace.forecast.cohort.model import TIED, Model, Paths
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.cohort.step import JOIN, LEAVE, MOVE_IN, MOVE_OUT, NEED_IN, NEED_OUT, TAKEN
from rightplace.forecast.summary import of_flows, of_stock

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
STATES, START, K, N, YEARS = case.STATES, case.START, case.K, case.N, case.YEARS
made_model, made_paths, exact_means = case.made_model, case.made_paths, case.exact_means


def _run(model: Model, paths: Paths, seed: int = 1, threads: int = 2) -> Futures:
    return simulate(STATES, model, paths, START, seed=seed, threads=threads)


def _cut(margins: np.ndarray, dimension: str) -> np.ndarray:
    first, names = STATES.margins()[dimension]
    return margins[..., first : first + len(names)].astype(np.int64)


def _tied(model: Model) -> Model:
    """The model with cells that are their kinds."""
    return model._replace(
        leaving=model.leaving._replace(weights=np.array([30.0, TIED])),
        moving=model.moving._replace(weights=np.array([30.0, TIED])),
        destinations=model.destinations._replace(weight=TIED),
    )


@pytest.mark.parametrize("model", [made_model(), _tied(made_model())], ids=["each cell drawn", "cells tied"])
def test_means_agree_with_the_exact_recursion(model: Model) -> None:
    """Monte Carlo means of 3,000 futures against exact expectations: every margin within 4.5 standard errors.

    Root-mean-square of the standardised differences near 1 says that they are neither biased nor copied.
    """
    paths = made_paths(3000)
    run = _run(model, paths)
    exact = exact_means(model, paths)
    wanted = np.concatenate([exact.sum(axis=(2, 3)), exact.sum(axis=(1, 3)), exact.sum(axis=(1, 2))], axis=1)
    mean, sd = run.stock.mean(axis=0), run.stock.std(axis=0)
    z = ((mean - wanted) / np.maximum(sd, 1e-9) * np.sqrt(3000))[1:]
    assert np.array_equal(mean[0], wanted[0])
    z = z[sd[1:] > 0]
    assert np.abs(z).max() < 4.5
    assert 0.7 < np.sqrt(np.mean(z**2)) < 1.3


@pytest.mark.parametrize("total", [None, 1700, 900])
def test_people_are_neither_made_nor_lost(total: int | None) -> None:
    """In every future and year: stock, plus joiners, less leavers, is the next stock; in total, by need and by setting.

    Where totals are given they are met exactly, also when that takes plans away.
    """
    paths = made_paths(120, total=total)
    run = _run(made_model(), paths)
    flow = run.flows.astype(np.int64)
    for dimension in ("need", "setting", "year_group"):
        stock = _cut(run.stock, dimension)
        joined, gone = _cut(flow[:, :, JOIN], dimension), _cut(flow[:, :, LEAVE], dimension)
        taken = _cut(flow[:, :, TAKEN], dimension)
        if dimension == "need":
            joined = joined + _cut(flow[:, :, NEED_IN] - flow[:, :, NEED_OUT], dimension)
        if dimension == "setting":
            joined = joined + _cut(flow[:, :, MOVE_IN] - flow[:, :, MOVE_OUT], dimension)
        if dimension == "year_group":
            older = np.zeros_like(stock[:, 1:])
            older[:, :, 1:] = (stock[:, :-1] - gone)[:, :, :-1]
            assert np.array_equal(stock[:, 1:], older + joined - taken)
        else:
            assert np.array_equal(stock[:, 1:], stock[:, :-1] + joined - gone - taken)
        assert np.array_equal(stock.sum(axis=2), run.totals)
    assert run.stock.min() >= 0
    assert flow.min() >= 0
    if total is not None:
        assert np.array_equal(run.totals[:, 1:], paths.totals)


def test_the_same_seed_gives_the_same_futures_whatever_the_threads_and_the_number_of_futures() -> None:
    """One, two and five threads agree to the last person; the first 60 of 160 futures are the 60 of a shorter run."""
    model = made_model()
    runs = [_run(model, made_paths(160), threads=threads) for threads in (1, 2, 5)]
    for other in runs[1:]:
        assert np.array_equal(runs[0].stock, other.stock)
        assert np.array_equal(runs[0].flows, other.flows)
    fewer = _run(model, made_paths(60))
    assert np.array_equal(fewer.stock, runs[0].stock[:60])
    assert not np.array_equal(_run(model, made_paths(60), seed=2).stock, fewer.stock)


def test_a_changed_rate_leaves_the_draws_of_other_cells_alone() -> None:
    """With moves and need changes off, raising one kind's leaving changes that kind's people and no other's, ever.

    Nor does raising the joining of one year group change the joiners of another.
    """
    model = made_model(need_change=0.0)
    still = model._replace(
        moving=model.moving._replace(
            year=np.tile([0.0, 1.0], (GROUPS, 1)), kind_yes=np.zeros((GROUPS, K)), cell_yes=np.zeros((GROUPS, N, K))
        )
    )
    paths = made_paths(80)
    base = _run(still, paths)
    leaving = still.leaving
    more = leaving.cell_yes.copy()
    more[:, :, 1] += 200.0
    changed = _run(still._replace(leaving=leaving._replace(cell_yes=more)), paths)
    before, after = _cut(base.stock, "setting"), _cut(changed.stock, "setting")
    assert np.array_equal(before[..., [0, 2]], after[..., [0, 2]])
    assert np.all(after[:, 1:, 1] <= before[:, 1:, 1])
    assert after[:, -1, 1].mean() < 0.5 * before[:, -1, 1].mean()
    rate = still.joining.rate.copy()
    rate[10, 1] /= 3.0
    joined = _cut(
        _run(still._replace(joining=still.joining._replace(rate=rate)), paths).flows[:, :, JOIN], "year_group"
    )
    plain = _cut(base.flows[:, :, JOIN], "year_group")
    assert np.array_equal(np.delete(joined, 10, axis=2), np.delete(plain, 10, axis=2))
    assert np.all(joined[:, :, 10] >= plain[:, :, 10])


def test_summaries_add_up_and_quantiles_are_in_order() -> None:
    """Means of a dimension add up to the total's; p2.5 to p97.5 rise; quantiles are numpy's linear ones."""
    run = _run(made_model(), made_paths(101))
    summary = of_stock(run, 2026)
    total = summary.filter(dimension="total").sort("year")
    for (_,), part in summary.group_by("dimension"):
        added = part.group_by("year").agg(pl.col("mean").sum()).sort("year")
        assert added["mean"].to_numpy() == pytest.approx(total["mean"].to_numpy(), rel=1e-12)
    points = summary.select("p2_5", "p10", "p50", "p90", "p97_5").to_numpy()
    assert np.all(np.diff(points, axis=1) >= 0)
    assert total["year"].to_list() == list(range(2026, 2026 + YEARS + 1))
    for column, at in (("p2_5", 0.025), ("p10", 0.1), ("p50", 0.5), ("p90", 0.9), ("p97_5", 0.975)):
        assert total[column].to_numpy() == pytest.approx(np.quantile(run.totals, at, axis=0))


def test_mean_flows_account_for_mean_stocks() -> None:
    """Total joiners less leavers are the yearly change of the mean total; arrivals by setting equal departures."""
    run = _run(made_model(), made_paths(64, total=1400))
    flows = of_flows(run, 2026)
    total = {
        name: part.sort("year")["mean"].to_numpy() for (name,), part in flows.filter(dimension="total").group_by("flow")
    }
    change = np.diff(run.totals.mean(axis=0))
    assert total["joiners"] - total["leavers"] == pytest.approx(change)
    arrived = flows.filter(flow="movers_in").group_by("year").agg(pl.col("mean").sum()).sort("year")
    assert arrived["mean"].to_numpy() == pytest.approx(total["movers"])
    assert np.all(total["aged_out"] <= total["leavers"])


def test_work_can_be_stopped_and_progress_is_true() -> None:
    """Progress counts every future once and ends at the number asked; raising from it stops the run."""
    seen: list[tuple[int, int]] = []
    simulate(
        STATES,
        made_model(),
        made_paths(130),
        START,
        seed=1,
        progress=lambda done, asked, what: seen.append((done, asked)),
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (130, 130)

    def stop(done: int, asked: int, what: str) -> None:
        raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        simulate(STATES, made_model(), made_paths(130), START, seed=1, progress=stop)
