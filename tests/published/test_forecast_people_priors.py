"""The constants believed before an area is seen are those of the published counts."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.forecast import trend
from rightplace.forecast.chosen import Chosen
from rightplace.forecast.local_level import Level
from rightplace.forecast.people import asked, england_moves, priors, turning
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National
from rightplace.streams import generator


@pytest.fixture(scope="module")
def england(open_data: Path) -> National:
    return national_from_statistics(open_data)


@pytest.mark.parametrize("year", [2013, 2024])
def test_joining_and_turning(england: National, year: int) -> None:
    """DfE, Education, health and care plans, reporting years 2022 and 2025, every authority, as known after each year."""
    found, kept = england_moves.joining(england.history, year), priors.JOINING[year]
    for name in ("slope", "slope_sd", "step_sd", "noise_sd"):
        assert getattr(kept, name) == pytest.approx(getattr(found, name), abs=6e-4)
    assert priors.TURNING[year] == pytest.approx(england_moves.turning_of(england.history, year), abs=6e-3)


def test_leaving_before_it_was_published(england: National) -> None:
    """From January counts and new plans between them."""
    found, kept = england_moves.leaving(england.history, 2014), priors.LEAVING[2014]
    assert kept.step_sd == pytest.approx(found.step_sd, abs=6e-4)
    assert kept.slope == pytest.approx(found.slope, abs=6e-4)


@pytest.mark.parametrize("year", [2019, 2024])
def test_requests(england: National, year: int) -> None:
    """DfE, Education, health and care plans, reporting year 2025: requests of every authority from 2016, as known after each year."""
    found, kept = england_moves.requests(england.history, year), asked.REQUESTS[year]
    assert kept == pytest.approx((found.step_sd, found.noise_sd), abs=6e-4)


def test_requests_rise_as_joining_does_with_what_was_known() -> None:
    """January 2024 knows how requests moved to 2023; the slope is joining's, damped, or the one chosen for it."""
    level = Level(mean=np.array([0.2, 0.05]), covariance=np.array([[0.01, 0.002], [0.002, 0.004]]))
    moves = asked.REQUESTS[2023]
    own = moves.step_sd**2 + 2 * moves.noise_sd**2
    found = asked.rise(2024, level, (0.6, 1.0))
    assert (found.mean, found.variance) == pytest.approx((0.8 * 0.05, 0.64 * 0.004 + own))
    assert asked.rise(2027, level, (0.6, 1.0)) == asked.rise(2025, level, (0.6, 1.0))
    chosen = Chosen(kind="joining growth", low=0.02, high=0.02, reason="a test", source="this test", owner="a test")
    found = asked.rise(2024, level, (1.0, 1.0), chosen)
    assert (found.mean, found.variance) == pytest.approx((math.log(1.02), own))


def test_the_latest_are_the_defaults_and_nothing_later_is_known() -> None:
    """January 2026 knows what January 2025 knew; January 2014 knows the calendar years to 2013."""
    assert priors.known_by(2026).joining == trend.JOINING == priors.JOINING[2024]
    assert priors.known_by(2014).known_to == 2013
    assert priors.known_by(1999).known_to == 2012
    assert priors.known_by(2026).leaving == trend.LEAVING


def test_turns_hold_what_came_a_year_later(england: National) -> None:
    """Every authority's kinds of setting, ten Januaries, by the turns known then and the chance of a fifth of plans: 95% ranges hold nine in
    ten of all on average, and three quarters of the scale would not do."""
    januaries = (2013, 2014, 2015, 2017, 2018, 2019, 2020, 2021, 2023, 2024)
    whole, less = (np.mean([_held(england.history, year, times) for year in januaries]) for times in (1.0, 0.75))
    assert whole < 0.98
    assert less < 0.87 < 0.88 < whole


def _held(history: pl.DataFrame, january: int, times: float) -> float:
    """Share of kinds in place in a January that are in their 95% range in the next."""
    rows = history.filter((pl.col("measure") == "plans") & (pl.col("dimension") == "setting") & (pl.col("people") > 0))
    rows = rows.filter(pl.col("la_code").str.len_chars() == 3, pl.col("value") != "not_recorded")
    rows = rows.select("la_code", "year", "value", "people", every=pl.col("people").sum().over("la_code", "year"))
    now, later = (rows.filter(pl.col("year") == year) for year in (january, january + 1))
    totals = later.select("la_code", all_then="every").unique()
    pairs = now.join(totals, on="la_code").join(
        later.select("la_code", "value", then="people"), on=["la_code", "value"], how="left"
    )
    x, n, n_then, then = (
        pairs[name].fill_null(0).to_numpy().astype(float) for name in ("people", "every", "all_then", "then")
    )
    known = priors.known_by(january).turning
    draws = generator(january, "test.held")
    scale = times * float(np.hypot(known.yearly, known.held)) / np.sqrt(x)[:, None]
    odds = (x / (n - x + 1e-9))[:, None] * np.exp(turning.of_start(scale * draws.standard_t(3, (len(x), 200))))
    mean = n_then[:, None] * odds / (1.0 + odds)
    low, high = np.quantile(mean + np.sqrt(0.2 * mean) * draws.normal(size=mean.shape), [0.025, 0.975], axis=1)
    return float(((np.floor(low) <= then) & (then <= np.ceil(high))).mean())
