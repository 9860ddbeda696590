"""Summaries made as futures come are those of all futures at once, whatever the batches, threads and processes."""

from __future__ import annotations

import importlib.util
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rightplace.forecast.cohort import engine
from rightplace.forecast.cohort.batch import alone, some
from rightplace.forecast.cohort.engine import Futures, simulate
from rightplace.forecast.cohort.histograms import Histograms
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.summary import QUANTILES, of_flows, of_stock

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
MODEL = case.made_model()


def _run(futures: int, keep: int, threads: int = 2) -> Futures:
    paths = case.made_paths(futures)
    return simulate(case.STATES, MODEL, paths, case.START, seed=1, keep=keep, threads=threads)


@given(
    values=arrays.arrays(
        np.int32, st.tuples(st.integers(1, 60), st.integers(1, 4)), elements=st.integers(-50, 100_000)
    ),
    cuts=st.lists(st.integers(0, 60), max_size=5),
    at=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6),
)
def test_quantiles_of_batches_are_numpys_of_the_whole(values: np.ndarray, cuts: list[int], at: list[float]) -> None:
    """Any whole numbers cut into any batches: means and linear quantiles are numpy's, taken of all rows at once."""
    made = Histograms(values.shape[1])
    for part in np.split(values, sorted({min(cut, len(values)) for cut in cuts})):
        made.add(part)
    assert made.means() == pytest.approx(values.mean(axis=0))
    assert made.quantiles(at) == pytest.approx(np.quantile(values, at, axis=0), rel=1e-12, abs=1e-9)


def test_streamed_summaries_are_those_of_futures_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No future kept, batches of 7 and 50, one thread and three: frames equal to the last digit; and to numpy's."""
    kept = _run(160, keep=160)
    for batch, threads in ((7, 1), (50, 3)):
        monkeypatch.setattr(engine, "_BATCH", batch)
        streamed = _run(160, keep=0, threads=threads)
        assert len(streamed.stock) == 0
        assert of_stock(streamed, 2026).equals(of_stock(kept, 2026))
        assert of_flows(streamed, 2026).equals(of_flows(kept, 2026))
        assert np.array_equal(streamed.totals, kept.totals)
    total = of_stock(kept, 2026).filter(dimension="total")
    points = np.quantile(kept.stock[..., :GROUPS].sum(axis=-1), QUANTILES, axis=0)
    seen = total.select("p2_5", "p10", "p50", "p90", "p97_5").to_numpy().T
    assert seen == pytest.approx(points, rel=1e-12)


def test_room_does_not_grow_with_futures() -> None:
    """What 4,000 futures leave behind is at most a fifth more than what 1,000 do, the small totals of each future aside."""
    sizes = []
    for futures in (1000, 4000):
        counted = _run(futures, keep=0).count()
        sizes.append(sum(h.nbytes for h in (counted.stock, *counted.flows.values())))
    assert sizes[1] < 1.2 * sizes[0]


@pytest.mark.parametrize("mode", ["cohort", "individual"])
def test_any_future_can_be_run_again_alone(mode: engine.Mode) -> None:
    """Future 37 alone has the numbers it has in the run, also under totals and effects."""
    for total in (None, 1500):
        acting = case.effect(1, 1.4, 60, first=2)
        run = simulate(
            case.STATES, MODEL, case.made_paths(60, total=total), case.START, seed=1, effects=acting, mode=mode
        )
        assert run.inputs is not None
        stock, flows = alone(run.inputs, 37)
        assert np.array_equal(stock, run.stock[37])
        assert np.array_equal(flows, run.flows[37])


def test_other_processes_give_the_same_futures() -> None:
    """Two new processes make a quarter of the futures at a time: together they are those of one process."""
    run = _run(24, keep=24)
    assert run.inputs is not None
    firsts = list(range(0, 24, 6))
    with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = list(pool.map(some, [run.inputs] * 4, firsts, [first + 6 for first in firsts]))
    assert np.array_equal(np.concatenate([part[0] for part in made]), run.stock)
    assert np.array_equal(np.concatenate([part[1] for part in made]), run.flows)
