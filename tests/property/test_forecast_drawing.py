"""What moves from year to year is drawn batch by batch: the same numbers as all at once, in room that does not grow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.forecast import trend
from rightplace.forecast.chosen import DAMPING, JOINING_GROWTH, LEAVING_GROWTH, Chosen
from rightplace.forecast.cohort import engine
from rightplace.forecast.cohort.batch import Inputs, alone, first_of, some
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.engine import Mode, run_all
from rightplace.forecast.cohort.model import Paths
from rightplace.forecast.local_level import Level
from rightplace.forecast.people import courses
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.compare import difference
from rightplace.forecast.scenario.description import Change, Scenario

FUTURES = 90
CHANGES = (
    Change(name="fewer join", rate="joining", start=date(2027, 9, 1), low=0.5, high=0.9, reason="r", source="s"),
    Change(
        name="more leave", rate="leaving", start=date(2026, 9, 1), low=1.0, high=1.1, reason="r", source="s",
        every_year=True,
    ),
)  # fmt: skip


def _chosen(kind: str) -> Chosen:
    low, high = (0.5, 0.9) if kind == DAMPING else (0.0, 0.05)
    return Chosen(kind=kind, low=low, high=high, reason="r", source="s", owner="o")


TRENDS = {
    "people": tuple(_chosen(kind) for kind in (JOINING_GROWTH, LEAVING_GROWTH, DAMPING)),
    "counts": (_chosen(DAMPING),),
}


def _people() -> Area:
    """120 people followed over three Januaries; every sixth joins late."""
    rows = [
        (year, f"p{i}", ("ASD", "SEMH")[i % 2], ("special_state", "mainstream")[i % 3 > 0], i % 15 + year - 2024)
        for i in range(120)
        for year in range(2024 + (i % 6 == 0), 2027)
        if i % 15 + year - 2024 <= 12 + i % 3
    ]
    schema = BY_NAME["census"].schema
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group"]
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in columns}, orient="row")
    census = frame.select(frame[n] if n in columns else pl.lit(None, dtype=t).alias(n) for n, t in schema.items())
    return build(la_code="302", name="Made up", tables={"census": census})


def _counts() -> Area:
    """Published totals, settings and age bands of five Januaries, which the futures are led to shares by."""
    parts = {
        "total": {"total": 1.0},
        "setting": {"mainstream": 0.5, "special_state": 0.3, "further_education": 0.2},
        "age_band": {"0-4": 0.04, "5-10": 0.34, "11-15": 0.38, "16-19": 0.2, "20-25": 0.04},
    }
    rows = [
        (2021 + i, "plans", dimension, value, share * total, "made")
        for i, total in enumerate((80.0, 88.0, 95.0, 104.0, 113.0))
        for dimension, shares in parts.items()
        for value, share in shares.items()
    ]
    history = pl.DataFrame(rows, schema=BY_NAME["history"].schema, orient="row")
    return build(la_code="302", name="Made up", tables={"history": history})


AREAS: dict[str, Callable[[], Area]] = {"people": _people, "counts": _counts}


def _inputs(of: str, scenario: Scenario | None = None, mode: Mode = "cohort") -> Inputs:
    made = forecast(AREAS[of](), years=3, futures=FUTURES, seed=4, scenario=scenario, mode=mode)
    assert made.inputs is not None
    return made.inputs


@pytest.fixture(scope="module", params=["people", "counts"])
def inputs(request: pytest.FixtureRequest) -> Inputs:
    """All that a forecast under changes and chosen trends was made from."""
    scenario = Scenario(name="test", changes=CHANGES, assumptions=TRENDS[request.param])
    return _inputs(request.param, scenario)


def _put_together(drawn: list[Paths] | list[Effects], along: dict[str, int]) -> dict[str, np.ndarray]:
    columns = {name: [part._asdict()[name] for part in drawn] for name in drawn[0]._fields}
    return {name: np.concatenate(parts, axis=along.get(name, 0)) for name, parts in columns.items()}


@given(cuts=st.sets(st.integers(1, FUTURES - 1), max_size=6))
def test_paths_and_effects_drawn_in_batches_are_those_of_all(inputs: Inputs, cuts: set[int]) -> None:
    """However the futures are cut, each has the same courses and factors to the last bit; and they do differ between futures."""
    bounds = [0, *sorted(cuts), FUTURES]
    batches = list(pairwise(bounds))
    whole = inputs.paths.draw(0, FUTURES)
    paths = _put_together([inputs.paths.draw(*batch) for batch in batches], {})
    for name, part in whole._asdict().items():
        if name != "residents":
            assert np.array_equal(paths[name], part), name
    assert all(len(np.unique(part[:, 0])) > FUTURES // 2 for part in (whole.leaving, whole.needs, whole.kinds))
    factors = _put_together([inputs.effects.draw(*batch) for batch in batches], {"factor": 1})["factor"]
    assert np.array_equal(factors, inputs.effects.draw(0, FUTURES).factor)
    assert len(np.unique(factors[0])) > FUTURES // 2


def test_the_published_route_leads_and_the_other_follows_its_trend() -> None:
    """The two areas do go through what they are here for: led ages and totals, and a trend of joining."""
    led, own = (_inputs(of).paths.draw(0, 5) for of in ("counts", "people"))
    assert led.ages.shape == (5, 3, 25)
    assert np.all(led.totals > 0)
    assert np.all(own.totals == -1)
    assert len(np.unique(own.joining)) == 15


def test_the_funnel_and_plans_from_elsewhere_are_drawn_in_batches() -> None:
    """Joining with the funnel's first year and a part that comes with a plan: batches of 7 of 30 futures are those of all."""
    level = Level(mean=np.array([0.1, 0.05]), covariance=np.array([[0.02, 0.004], [0.004, 0.009]]))
    usual = trend.paths(level, trend.JOINING, trend.DAMPING, years=4, seed=1, stream="test.joining")
    still = trend.paths(level, trend.LEAVING, trend.DAMPING, years=4, seed=1, stream="test.elsewhere")
    covariance = trend.with_first_year(level, trend.JOINING, trend.DAMPING, 4)
    seen = courses.Seen(key=np.uint64(5), covariance=covariance, foreseen=100.0, joiners=(120.0, 90.0))
    law = courses.Joining(trend=usual, seen=seen, share=0.2, elsewhere=still)
    batches = [law.draw(first, min(first + 7, 30)) for first in range(0, 30, 7)]
    assert np.array_equal(np.concatenate(batches), law.draw(0, 30))


@pytest.mark.parametrize("mode", ["cohort", "individual"])
@pytest.mark.parametrize("of", ["people", "counts"])
def test_batches_change_no_number(of: str, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a scenario, batches of 7 and of 50, one thread and three, and a future alone: equal to the last person."""
    inputs = _inputs(of, Scenario(name="test", changes=CHANGES, assumptions=TRENDS[of]), mode)
    runs = []
    for batch, threads in ((7, 1), (50, 3)):
        monkeypatch.setattr(engine, "_BATCH", batch)
        runs.append(run_all(inputs, threads=threads))
    assert np.array_equal(runs[0].stock, runs[1].stock)
    assert np.array_equal(runs[0].flows, runs[1].flows)
    assert np.array_equal(alone(inputs, 61)[0], runs[0].stock[61])
    assert np.array_equal(run_all(first_of(inputs, 20)).stock, runs[0].stock[:20])


def _grown(work: Callable[[int], object], few: int, many: int) -> float:
    """Bytes that the peak of allocated memory grows by with each further future, after a first run that compiles."""
    work(few)
    peaks = []
    for futures in (few, many):
        tracemalloc.start()
        work(futures)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[1] - peaks[0]) / (many - few)


def _drawn(inputs: Inputs) -> float:
    """Bytes of one future's paths and factors."""
    parts = [part for name, part in inputs.paths.draw(0, 50)._asdict().items() if name != "residents"]
    size: int = sum(part.nbytes for part in parts) + inputs.effects.draw(0, 50).factor.nbytes
    return size / 50


@pytest.mark.parametrize("of", ["people", "counts"])
def test_a_forecast_keeps_two_whole_numbers_a_future_and_january(of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a forecast but most of its batches: a further future of a scenario takes 32 bytes at the peak, for its total and its
    years of age in four Januaries, and not what is drawn for it."""
    area, scenario = AREAS[of](), Scenario(name="test", changes=CHANGES, assumptions=TRENDS[of])
    drawn = _drawn(_inputs(of, scenario))

    def first_batch(inputs: Inputs, finish: Callable[[int, object], None], *_: object) -> None:
        finish(0, some(inputs, 0, 50))

    monkeypatch.setattr(engine, "_in_batches", first_batch)
    grown = _grown(lambda futures: forecast(area, years=3, futures=futures, scenario=scenario), 300_000, 500_000)
    assert grown == pytest.approx(32, abs=8)
    assert grown < 0.25 * drawn


def test_differences_of_two_runs_need_no_room_for_each_future() -> None:
    """The difference that a scenario makes is worked out a few futures at a time, here on the route whose paths take the most room."""
    without, under = _inputs("counts"), _inputs("counts", Scenario(name="test", changes=CHANGES))

    def work(futures: int) -> None:
        difference(replace(without, futures=futures), replace(under, futures=futures), 2025)

    assert _grown(work, 200, 600) < 0.1 * _drawn(under)
