"""The level that drifts: the textbook's river, and levels known because the test made them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from rightplace.forecast import trend
from rightplace.forecast.local_level import Drift, at_last_year, carried
from rightplace.streams import generator


def test_the_nile() -> None:
    """Durbin and Koopman, Time Series Analysis by State Space Methods, 2nd edition, section 2.2.5 (Figure 2.1): the Nile at
    Aswan, 1871 to 1970, with variances 15,099 and 1,469. The filtered level of 1970 is 798.4 and its variance converges to 4,032."""
    from statsmodels.datasets import nile

    flow = nile.load_pandas().data["volume"].to_numpy(dtype=float)
    drift = Drift(slope=0.0, slope_sd=0.0, step_sd=1469.0**0.5, noise_sd=15099.0**0.5)
    found = at_last_year(flow, np.zeros(len(flow)), np.ones(len(flow), dtype=np.int64), drift)
    assert found.mean[0] == pytest.approx(798.37, abs=0.01)
    assert found.covariance[0, 0] == pytest.approx(4032, abs=0.5)


def test_levels_are_as_uncertain_as_they_say() -> None:
    """Levels and slopes drawn from the drift, seen with noise: the true last level is in every tenth of its range equally often."""
    drift = Drift(slope=0.05, slope_sd=0.06, step_sd=0.15, noise_sd=0.10)
    draws = generator(3, "test.levels")
    ranks = []
    for _ in range(1500):
        slope = draws.normal(drift.slope, drift.slope_sd)
        height = np.cumsum(slope + draws.normal(0.0, drift.step_sd, 5))
        seen = height + draws.normal(0.0, np.hypot(drift.noise_sd, 0.07), 5)
        found = at_last_year(seen, np.full(5, 0.07**2), np.ones(5, dtype=np.int64), drift)
        ranks.append(norm.cdf(height[-1], found.mean[0], found.covariance[0, 0] ** 0.5))
    tenths = np.histogram(ranks, bins=10, range=(0, 1))[0] / len(ranks)
    assert np.abs(tenths - 0.1).max() < 0.035


def test_years_with_no_return_add_the_drift_of_those_years() -> None:
    """Two years unseen: mean and variance by hand."""
    drift = Drift(slope=0.1, slope_sd=0.2, step_sd=0.3, noise_sd=0.0)
    level = at_last_year(np.array([0.0]), np.array([0.04]), np.array([0]), drift)
    later = carried(level, drift, 2)
    assert later.mean == pytest.approx([0.2, 0.1])
    assert later.covariance[0, 0] == pytest.approx(0.04 + 4 * 0.04 + 2 * 0.09)


def test_the_covariance_of_later_years_with_the_first_is_that_of_the_paths() -> None:
    """20,000 drawn paths with a fixed damping, against the formula."""
    drift = Drift(slope=0.05, slope_sd=0.1, step_sd=0.15, noise_sd=0.1)
    level = at_last_year(np.array([0.0, 0.1]), np.array([0.01, 0.01]), np.array([0, 1]), drift)
    paths = np.log(trend.paths(level, drift, (0.8, 0.8), years=4, seed=1, stream="test").draw(0, 20000))
    expected = trend.with_first_year(level, drift, (0.8, 0.8), 4)
    assert np.cov(paths.T)[0] == pytest.approx(expected, rel=0.05)
