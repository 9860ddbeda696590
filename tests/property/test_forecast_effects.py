"""A scenario changes nothing outside its reach, and inside it exactly what it says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import JOINING, LEAVING, MOVING, NEED_CHANGE, Effects
from rightplace.forecast.cohort.engine import Futures, Mode, simulate
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.cohort.step import JOIN, MOVE_OUT, TAKEN

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
K, N, YEARS, effect = case.K, case.N, case.YEARS, case.effect
MODEL = case.made_model()


def _run(paths: Paths, *acting: Effects, model: Model = MODEL, seed: int = 1, mode: Mode = "cohort") -> Futures:
    joined = effects.join(*acting) if acting else None
    return simulate(case.STATES, model, paths, case.START, seed=seed, effects=joined, mode=mode)


def _cut(margins: np.ndarray, dimension: str) -> np.ndarray:
    first, names = case.STATES.margins()[dimension]
    return margins[..., first : first + len(names)].astype(np.int64)


def _still(model: Model) -> Model:
    """The model with neither moves nor need changes, so that people never meet those of another need or kind."""
    moving = model.moving._replace(
        year=np.tile([0.0, 1.0], (GROUPS, 1)), kind_yes=np.zeros((GROUPS, K)), cell_yes=np.zeros((GROUPS, N, K))
    )
    change = model.need_changes._replace(change=np.tile([0.0, 1.0], (N, 1)))
    return model._replace(moving=moving, need_changes=change)


def _assorted(futures: int) -> list[Effects]:
    return [
        effect(LEAVING, 1.6, futures, first=1, cells=np.s_[10:20, :, 1]),
        effect(LEAVING, 0.5, futures, first=2, last=4, cells=np.s_[:, 0, :]),
        effect(MOVING, 0.4, futures, first=1, cells=np.s_[:, :, 0], to=[1]),
        effect(MOVING, 2.5, futures, first=0, cells=np.s_[5:12, :, 1], to=[0, 2]),
        effect(NEED_CHANGE, 3.0, futures, first=2, cells=np.s_[:, 1, :]),
        effect(JOINING, 0.3, futures, first=1, cells=np.s_[:, :, 2]),
        effect(JOINING, 1.8, futures, first=3, cells=np.s_[3:9, 2, :]),
    ]


def test_means_under_a_scenario_agree_with_the_exact_recursion() -> None:
    """Seven effects at once on all four rates, 4,000 futures: every margin within 4.5 standard errors of its exact mean.

    The oracle multiplies the expected rates in plain loops; no random number is drawn. No chance reaches 1 here.
    """
    futures = 4000
    acting = _assorted(futures)
    run = _run(case.made_paths(futures), *acting)
    exact = case.exact_means(MODEL, case.made_paths(futures), effects.join(*acting).draw(0, futures))
    wanted = np.concatenate([exact.sum(axis=(2, 3)), exact.sum(axis=(1, 3)), exact.sum(axis=(1, 2))], axis=1)
    sd = run.stock.std(axis=0)
    z = ((run.stock.mean(axis=0) - wanted) / np.maximum(sd, 1e-9) * np.sqrt(futures))[sd > 0]
    assert run.held < 0.001
    assert np.abs(z).max() < 4.5
    assert 0.7 < np.sqrt(np.mean(z**2)) < 1.3


@given(
    rate=st.sampled_from([JOINING, LEAVING, MOVING, NEED_CHANGE]),
    factor=st.floats(0.0, 4.0),
    first=st.integers(0, YEARS - 1),
    total=st.sampled_from([None, 1700]),
    mode=st.sampled_from(["cohort", "individual"]),
)
@settings(max_examples=16)
def test_nothing_changes_before_an_effect_begins(
    rate: int, factor: float, first: int, total: int | None, mode: Mode
) -> None:
    """Up to the January before, every number of every future is the same as without it; a factor of 1 never changes any."""
    paths = case.made_paths(20, total=total)
    base, changed = _run(paths, mode=mode), _run(paths, effect(rate, factor, 20, first=first), mode=mode)
    assert np.array_equal(base.stock[:, : first + 1], changed.stock[:, : first + 1])
    assert np.array_equal(base.flows[:, :first], changed.flows[:, :first])
    same = _run(paths, effect(rate, 1.0, 20, first=first), mode=mode)
    assert np.array_equal(base.stock, same.stock)


@pytest.mark.parametrize("mode", ["cohort", "individual"])
@pytest.mark.parametrize("rate", [JOINING, LEAVING])
@pytest.mark.parametrize("factor", [0.3, 2.0])
def test_people_whom_an_effect_does_not_reach_stay_as_they_are(rate: int, factor: float, mode: Mode) -> None:
    """Where nobody moves between kinds, an effect on one kind leaves every number of the others alone, in every future."""
    paths, model = case.made_paths(60), _still(MODEL)
    base = _run(paths, model=model, mode=mode)
    changed = _run(paths, effect(rate, factor, 60, cells=np.s_[:, :, 1]), model=model, mode=mode)
    for before, after in ((base.stock, changed.stock), (base.flows, changed.flows)):
        assert np.array_equal(_cut(before, "setting")[..., [0, 2]], _cut(after, "setting")[..., [0, 2]])
    more = (rate == JOINING) == (factor > 1.0)
    gap = _cut(changed.stock, "setting")[..., 1] - _cut(base.stock, "setting")[..., 1]
    assert np.all(gap >= 0) if more else np.all(gap <= 0)
    assert abs(gap[:, -1].mean()) > 20


@pytest.mark.parametrize("mode", ["cohort", "individual"])
def test_movers_to_other_kinds_are_the_same_people(mode: Mode) -> None:
    """In its first year, an effect on moves to one kind changes arrivals there and nowhere else."""
    paths = case.made_paths(60)
    base = _run(paths, mode=mode)
    for factor in (0.2, 3.0):
        changed = _run(paths, effect(MOVING, factor, 60, first=2, to=[1]), mode=mode)
        before, after = (_cut(run.flows[:, 2, 4], "setting") for run in (base, changed))
        assert np.array_equal(before[:, [0, 2]], after[:, [0, 2]])
        assert np.all((after[:, 1] - before[:, 1]) * (factor - 1.0) >= 0)
        assert after[:, 1].mean() == pytest.approx(factor * before[:, 1].mean(), rel=0.1)
        net = after[:, 1] - before[:, 1]
        out = _cut(changed.flows[:, 2, MOVE_OUT], "setting") - _cut(base.flows[:, 2, MOVE_OUT], "setting")
        assert np.array_equal(out.sum(axis=1), net)


@pytest.mark.parametrize("mode", ["cohort", "individual"])
def test_where_totals_are_given_a_scenario_changes_them(mode: Mode) -> None:
    """Joiners are the baseline's: leaving that doubles lowers the total, and is not made up for by more joiners."""
    paths = case.made_paths(60, total=1700)
    base = _run(paths, mode=mode)
    assert np.array_equal(base.totals[:, 1:], paths.totals)
    changed = _run(paths, effect(LEAVING, 2.0, 60, first=1), mode=mode)
    assert np.array_equal(base.flows[:, :, JOIN], changed.flows[:, :, JOIN])
    assert np.array_equal(base.flows[:, :, TAKEN, :GROUPS].sum(axis=2), changed.flows[:, :, TAKEN, :GROUPS].sum(axis=2))
    assert np.all(changed.totals[:, -1] < base.totals[:, -1])
    none = _run(paths, effect(JOINING, 0.0, 60, first=2), mode=mode)
    assert none.flows[:, 2:, JOIN].sum() == 0
    half = _run(paths, effect(JOINING, 1.5, 60, first=0), mode=mode)
    ratio = half.flows[:, :, JOIN, :GROUPS].sum() / base.flows[:, :, JOIN, :GROUPS].sum()
    assert ratio == pytest.approx(1.5, rel=0.01)


@pytest.mark.parametrize("mode", ["cohort", "individual"])
def test_a_chance_is_held_to_one_and_the_share_of_such_cells_is_said(mode: Mode) -> None:
    """Leaving times a million: everyone leaves, and every cell is counted as held to 1, but those of no chance at all."""
    run = _run(case.made_paths(20), effect(LEAVING, 1e6, 20, first=0, last=1), mode=mode)
    joined = run.flows[:, 0, JOIN, :GROUPS].sum(axis=1)
    assert 0.99 < run.held <= 1.0
    assert run.totals[:, 1].mean() <= joined.mean() + 0.01 * run.totals[0, 0]
    none = _run(case.made_paths(20), effect(LEAVING, 1.1, 20), mode=mode)
    assert none.held < 0.001


def test_a_difference_between_scenarios_is_far_less_noisy_than_with_fresh_draws() -> None:
    """Common random numbers: the variance of the effect of a 10% fall in joining is at least ten times smaller."""
    paths = case.made_paths(400)
    acting = effect(JOINING, 0.9, 400, first=1)
    base, other = _run(paths), _run(paths, seed=2)
    changed = _run(paths, acting)
    common = (changed.totals - base.totals)[:, -1].var()
    fresh = (changed.totals - other.totals)[:, -1].var()
    assert fresh > 10 * common
