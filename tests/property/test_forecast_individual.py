"""Following each person gives the distribution that counting by cell gives; and any future can be followed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats

from rightplace.errors import UserError
from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import LEAVING, MOVING
from rightplace.forecast.cohort.engine import Futures, Mode, simulate
from rightplace.forecast.cohort.model import Paths
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.cohort.step import JOIN, LEAVE, MOVE_IN, MOVE_OUT, NEED_OUT, TAKEN
from rightplace.forecast.individual.follow import follow

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
MODEL = case.made_model()
FUTURES = 3000


def _run(paths: Paths, mode: Mode, seed: int, acting: effects.Effects | None = None) -> Futures:
    return simulate(case.STATES, MODEL, paths, case.START, seed=seed, mode=mode, effects=acting)


@pytest.fixture(scope="module")
def both() -> tuple[Futures, Futures]:
    """The same futures both ways, with different seeds so that they share nothing but the model."""
    paths = case.made_paths(FUTURES)
    return _run(paths, "cohort", 1), _run(paths, "individual", 2)


def test_means_agree_with_the_exact_recursion(both: tuple[Futures, Futures]) -> None:
    """Every margin of 3,000 followed futures within 4.5 standard errors of its exact mean, and not copied."""
    run = both[1]
    exact = case.exact_means(MODEL, case.made_paths(FUTURES))
    wanted = np.concatenate([exact.sum(axis=(2, 3)), exact.sum(axis=(1, 3)), exact.sum(axis=(1, 2))], axis=1)
    sd = run.stock.std(axis=0)
    z = ((run.stock.mean(axis=0) - wanted) / np.maximum(sd, 1e-9) * np.sqrt(FUTURES))[sd > 0]
    assert np.abs(z).max() < 4.5
    assert 0.7 < np.sqrt(np.mean(z**2)) < 1.3


def test_the_two_ways_have_the_same_distribution(both: tuple[Futures, Futures]) -> None:
    """Kolmogorov-Smirnov on each year's total and each margin of the last year; variances within 5 standard errors.

    The variance, not the mean alone, shows a stream shared between people or futures.
    """
    one, other = (run.stock[:, :, :] for run in both)
    pairs = [(one[:, t, :GROUPS].sum(axis=1), other[:, t, :GROUPS].sum(axis=1)) for t in range(1, case.YEARS + 1)]
    pairs += [(one[:, -1, i], other[:, -1, i]) for i in range(one.shape[2])]
    pairs += [
        (both[0].flows[:, 3, row, 27], both[1].flows[:, 3, row, 27])
        for row in (JOIN, LEAVE, MOVE_OUT, MOVE_IN, NEED_OUT)
    ]
    values = [stats.ks_2samp(a, b).pvalue for a, b in pairs]
    assert min(values) > 1e-3 / len(values)
    a, b = one[:, 1:].astype(float), other[:, 1:].astype(float)
    error = np.sqrt((_fourth(a) + _fourth(b)) / FUTURES)
    gap = (a.var(axis=0) - b.var(axis=0)) / np.maximum(error, 1e-9)
    assert np.abs(gap[error > 0]).max() < 5.0


def _fourth(x: np.ndarray) -> np.ndarray:
    """Variance of one squared deviation, so that a sample variance has this over the number of futures."""
    return ((x - x.mean(axis=0)) ** 2).var(axis=0)


@pytest.mark.parametrize("total", [None, 1700, 900])
def test_books_balance_and_given_totals_are_met(total: int | None) -> None:
    """Stock plus joiners less leavers and plans taken away is the next stock, in every future."""
    paths = case.made_paths(80, total=total)
    run = _run(paths, "individual", 1)
    flow = run.flows[..., :GROUPS].sum(axis=3, dtype=np.int64)
    assert np.array_equal(run.totals[:, 1:], run.totals[:, :-1] + flow[..., JOIN] - flow[..., LEAVE] - flow[..., TAKEN])
    assert run.stock.min() >= 0
    if total is not None:
        assert np.array_equal(run.totals[:, 1:], paths.totals)
    threads = simulate(case.STATES, MODEL, paths, case.START, seed=1, mode="individual", threads=1)
    assert np.array_equal(threads.stock, run.stock)


@pytest.mark.parametrize("total", [None, 1300])
def test_a_future_followed_is_the_future_of_the_run(total: int | None) -> None:
    """The people of a followed future, counted, are the run's numbers; each has one row a January, and a reason for it."""
    acting = effects.join(
        case.effect(LEAVING, 1.5, 40, first=2), case.effect(MOVING, 2.0, 40, first=1, cells=np.s_[:, :, 0], to=[1])
    )
    run = _run(case.made_paths(40, total=total), "individual", 1, acting)
    assert run.inputs is not None
    people = follow(run.inputs, 2026, future=17)
    here = people.filter(pl.col("event") != "left")
    assert not here.select("person", "year").is_duplicated().any()
    counts = here.group_by("year").len().sort("year")["len"].to_numpy()
    assert np.array_equal(counts, run.totals[17])
    kinds = here.group_by("year", "setting_kind").len().sort("year", "setting_kind")
    first, names = case.STATES.margins()["setting"]
    for place, name in enumerate(names):
        seen = kinds.filter(setting_kind=name)["len"].to_numpy()
        assert np.array_equal(seen, run.stock[17, :, first + place])
    joined = here.filter(event="joined").group_by("year").len().sort("year")["len"].to_numpy()
    wanted = run.flows[17, :, JOIN, :GROUPS].sum(axis=1)
    assert np.array_equal(joined, wanted[wanted > 0])
    gone = people.filter(event="left").group_by("year").len().sort("year")["len"].to_numpy()
    assert np.array_equal(gone, (run.flows[17, :, LEAVE] + run.flows[17, :, TAKEN])[:, :GROUPS].sum(axis=1))
    older = here.sort("person", "year").with_columns(
        step=(pl.col("year_group") - pl.col("year")).n_unique().over("person")
    )
    assert older["step"].max() == 1


def test_only_a_future_that_exists_can_be_followed() -> None:
    """A number past the last is refused in words."""
    run = _run(case.made_paths(3), "individual", 1)
    assert run.inputs is not None
    with pytest.raises(UserError, match="futures 0 to 2"):
        follow(run.inputs, 2026, future=3)
