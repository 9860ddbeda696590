"""What must hold of every run of the transition-count model, whatever its inputs."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.forecast.transition_counts import inputs
from rightplace.forecast.transition_counts.estimate import estimate
from rightplace.forecast.transition_counts.exact import expected
from rightplace.forecast.transition_counts.inputs import OUTSIDE, Inputs
from rightplace.forecast.transition_counts.options import Options
from rightplace.forecast.transition_counts.simulate import simulate
from rightplace.returns.transition_counts import TRANSITIONS

SETTINGS = ["P", "Q", "R"]
NEEDS = ["X", "Y"]
CHOICES = st.builds(
    Options,
    joining_population=st.sampled_from(["first", "second"]),
    unlisted_state=st.sampled_from(["vanish", "leave"]),
    moves_need_a_setting=st.sampled_from(["a year late", "on time"]),
)


def made(rows: list[tuple[int, int, int, int, int, int]], residents: int = 400) -> Inputs:
    """Inputs with any transitions: (year, group, setting, need, what next, people); 3 is outside."""
    settings_ = [*SETTINGS, OUTSIDE]
    table = [
        (
            2020 + year,
            settings_[here],
            NEEDS[need] if here < 3 else OUTSIDE,
            group,
            settings_[then],
            NEEDS[need] if then < 3 else OUTSIDE,
            group + 1,
            people,
        )
        for year, group, here, need, then, people in rows
        if not here == then == 3
    ]
    table += [(2022, "P", "X", 6, "P", "X", 7, 30), (2022, OUTSIDE, OUTSIDE, 5, "Q", "Y", 6, 5)]
    years = range(2020, 2027)
    return inputs.build(
        transitions=pl.DataFrame(table, schema=list(TRANSITIONS.schema), orient="row"),
        population=pl.DataFrame(
            [(year, group, residents) for year in years for group in range(-4, 21)],
            schema=["calendar-year", "academic-year", "population"],
            orient="row",
        ),
        valid_states=pl.DataFrame(
            {
                "setting": SETTINGS,
                "min-academic-year": [-2, 3, 9],
                "max-academic-year": [9, 20, 20],
                "needs": [NEEDS, NEEDS, ["X"]],
                "setting->setting": [["P", "Q"], SETTINGS, ["R"]],
            }
        ),
        costs=pl.DataFrame({"need": ["X"], "setting": ["Q"], "cost": [10_000.0]}),
    )


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(-4, 19),
        st.integers(0, 3),
        st.integers(0, 1),
        st.integers(0, 3),
        st.integers(1, 300),
    ),
    max_size=12,
).filter(lambda rows: all(sum(r[5] for r in rows if r[:2] == row[:2]) < 395 for row in rows))


@given(rows=ROWS, options=CHOICES, seed=st.integers(0, 2**63))
def test_plans_add_up(rows: list[tuple[int, int, int, int, int, int]], options: Options, seed: int) -> None:
    """Plans = plans before + joiners - leavers - vanished - aged out; margins of one stock agree; every count is 0 or more."""
    ours = made(rows)
    run = simulate(ours, estimate(ours, options=options), futures=7, seed=seed, threads=1)
    for dimension in ("need", "setting"):
        np.testing.assert_array_equal(run.of(dimension).sum(axis=2), run.of("total")[:, :, 0])
    assert run.counts.min() >= 0
    means = {(y, d, v): m for y, d, v, m in run.summary.select("year", "dimension", "value", "mean").iter_rows()}
    for year in run.years[1:]:
        out = sum(means[year, "flow", flow] for flow in ("leavers", "vanished", "aged out"))
        before = means[year - 1, "total", "all"] + means[year, "flow", "joiners"] - out
        assert means[year, "total", "all"] == pytest.approx(before)
        if options.unlisted_state == "leave":
            assert means[year, "flow", "vanished"] == 0.0


@given(rows=ROWS, options=CHOICES)
@settings(max_examples=15)
def test_futures_have_the_exact_mean(rows: list[tuple[int, int, int, int, int, int]], options: Options) -> None:
    """Every total, need, setting, cost and flow within 5 standard errors of the linear recursion."""
    ours = made(rows)
    parameters = estimate(ours, options=options)
    run = simulate(ours, parameters, futures=1500, seed=5)
    both = run.summary.join(expected(ours, parameters), on=["year", "dimension", "value"], suffix="_exact")
    error = (both["mean"] - both["mean_exact"]).abs().to_numpy()
    allowed = 5.0 * both["sd"].to_numpy() / 1500**0.5
    rare = both["mean_exact"].to_numpy() < 0.01
    assert both.height == run.summary.height
    assert ((error <= allowed + 1e-6) | rare).all()


def test_threads_and_the_number_of_futures_change_nothing() -> None:
    """A future is a function of its number: the same among 40 as among 230, with one thread as with three."""
    ours = made([(0, 4, 0, 0, 1, 200), (1, 9, 3, 0, 2, 150), (2, 10, 1, 1, 3, 250)])
    parameters = estimate(ours)
    one = simulate(ours, parameters, futures=230, threads=1)
    three = simulate(ours, parameters, futures=230, threads=3)
    few = simulate(ours, parameters, futures=40, threads=2)
    assert one.summary.equals(three.summary)
    np.testing.assert_array_equal(one.counts[:40], few.counts)
    short = simulate(ours, parameters, futures=40, last_year=2024)
    np.testing.assert_array_equal(short.counts, few.counts[:, :2])
    assert not np.array_equal(simulate(ours, parameters, futures=40, seed=2).counts, few.counts)


def test_futures_differ_from_one_another() -> None:
    """No two of 200 futures are the same path (a fault once found in a program of this kind)."""
    ours = made([(0, 4, 0, 0, 1, 200), (1, 9, 3, 0, 2, 150)])
    run = simulate(ours, estimate(ours), futures=200)
    assert len(np.unique(run.counts.reshape(200, -1), axis=0)) == 200
