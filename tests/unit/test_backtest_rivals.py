"""Rivals and their ranges, worked by hand or against a slow loop."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from rightplace.forecast.backtest import rivals, smoothing
from rightplace.forecast.backtest.damped import GRID, damped_trend, smooth
from rightplace.forecast.backtest.ranges import ENOUGH, ranged, reach
from rightplace.forecast.published.panel import Panel
from rightplace.streams import generator

NAN = float("nan")


def panel(*rows: list[float], first: int = 2020) -> Panel:
    counts = np.array(rows, dtype=np.float64)
    years = tuple(range(first, first + counts.shape[1]))
    return Panel(codes=tuple(str(301 + i) for i in range(len(rows))), years=years, counts=counts, doubted=())


def test_rivals_are_what_their_names_say() -> None:
    """Own growth 10%; England (both) from 400 to 480, 20%; half of each 15%."""
    past = panel([150.0, 200.0, 220.0], [150.0, 200.0, 260.0])
    here = {name: rival(past, 2)[0].tolist() for name, rival in rivals.RIVALS.items()}
    assert here["no change"] == pytest.approx([220.0, 220.0])
    assert here["own last growth"] == pytest.approx([242.0, 266.2])
    assert here["England's growth"] == pytest.approx([264.0, 316.8])
    assert here["half of each"] == pytest.approx([253.0, 290.95])
    assert here["own three-year growth"] == pytest.approx([220 * (220 / 150) ** 0.5, 220 * 220 / 150])


def test_three_year_growth_takes_as_many_years_as_there_are() -> None:
    past = panel([100.0, 120.0, 130.0, 172.8], [NAN, NAN, 100.0, 150.0])
    made = rivals.own_three_year_growth(past, 1)[:, 0]
    assert made == pytest.approx([172.8 * 1.2, 225.0])


@pytest.mark.parametrize("constants", [(0.5, 0.25, 0.9), (1.0, 1.0, 1.0), (0.75, 0.1, 0.8)])
def test_the_damped_trend_is_the_recursion(constants: tuple[float, float, float]) -> None:
    """Against the textbook's formulas in a loop, with a count missing on the way."""
    y = np.log([100.0, 112.0, 130.0, NAN, 151.0, 160.0])
    alpha, beta, phi = constants
    level, trend, errors = y[1], y[1] - y[0], []
    for value in y[2:]:
        ahead = level + phi * trend
        error = 0.0 if np.isnan(value) else value - ahead
        errors += [] if np.isnan(value) else [abs(error)]
        level, trend = ahead + alpha * error, phi * trend + alpha * beta * error
    made = smooth(y[None], np.array([constants]), from_place=0)
    assert [part.item() for part in made] == pytest.approx([level, trend, np.mean(errors)])


def test_the_damped_trend_follows_steady_growth_without_damping() -> None:
    """All authorities grow by 8% a year: the constants with the least error do not damp, and the forecast goes on."""
    past = panel(*[[1000.0 * (i + 1) * 1.08**t for t in range(8)] for i in range(3)], first=2016)
    assert damped_trend(past, 2)[0] == pytest.approx([1000 * 1.08**8, 1000 * 1.08**9], rel=1e-6)
    assert GRID[:, 2].max() == 1.0


def test_ranges_are_quantiles_of_past_errors() -> None:
    """No change, on authorities that grew by 1%, 2%, ... 100% in one year and stood still in the next.

    Errors one year ahead, in logs, are those growths and as many noughts; two years ahead the growths alone.
    """
    growth = np.arange(1, 101) / 100
    counts = np.stack(
        [np.full(100, 2000.0), np.full(100, 2000.0), 2000 * np.exp(growth), 2000 * np.exp(growth)], axis=1
    )
    past = panel(*counts.tolist(), first=2017)
    wide, narrow = reach(past, rivals.no_change, 2)
    one = np.concatenate([growth, np.zeros(100)])
    assert wide[0, 0] == pytest.approx(np.quantile(one, 0.95), abs=0.05)
    assert narrow[0, 1] == pytest.approx(np.quantile(growth, 0.80))
    quantiles = ranged(rivals.no_change)(past, 2)
    assert quantiles[2] == pytest.approx(rivals.no_change(past, 2))
    assert np.log(quantiles[3, 5, 1] / quantiles[2, 5, 1]) == pytest.approx(np.quantile(growth, 0.80))
    assert (np.diff(quantiles, axis=0) >= 0).all()


def test_without_enough_past_errors_there_is_no_range() -> None:
    past = panel(*[[1000.0, 1100.0, 1200.0]] * (ENOUGH - 1), first=2019)
    quantiles = ranged(rivals.no_change)(past, 1)
    assert np.isnan(quantiles[[0, 1, 3, 4]]).all()
    assert np.isfinite(quantiles[2]).all()


def test_the_library_continues_a_straight_line_and_has_ranges_of_its_error() -> None:
    """statsmodels on log counts with growth of 10% and noise of 1%: near 10% a year, 95% ranges of a few per cent."""
    pytest.importorskip("statsmodels")
    noise = generator(1, "test.smoothing").normal(0.0, 0.01, (2, 14))
    straight = 1000 * np.exp(0.1 * np.arange(14) + noise)
    found = smoothing.find()
    assert found.rival is not None
    made = found.rival(panel(*straight.tolist(), [NAN] * 12 + [100.0, 110.0]), 2)
    assert made[2, :2, 0] == pytest.approx(1000 * np.exp(1.4), rel=0.04)
    width = made[4, :2] / made[0, :2]
    assert ((width > 1.01) & (width < 1.3)).all()
    assert np.isnan(made[:, 2]).all()


def test_without_the_library_the_notes_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    found = smoothing.find()
    assert found.rival is None
    assert "statsmodels cannot be used" in found.remark
