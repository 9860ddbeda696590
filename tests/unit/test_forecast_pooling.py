"""Partial pooling gives the textbook posteriors, and finds the prior weight that made the data."""

from __future__ import annotations

import numpy as np
import pytest

from rightplace.forecast.people import pooling
from rightplace.streams import generator


def _one(value: float) -> np.ndarray:
    return np.array([value])


def test_beta_binomial_of_a_uniform_prior() -> None:
    """Gelman and others, Bayesian Data Analysis, 3rd edition, section 2.4: 437 girls of 980 placenta praevia births.

    A uniform prior gives Beta(438, 544), with mean 0.446.
    """
    yes, no = pooling.posterior(_one(437), _one(980), _one(0.5), 2.0)
    assert (yes[0], no[0]) == (438.0, 544.0)
    assert pooling.pooled_share(_one(437), _one(980), _one(0.5), 2.0)[0] == pytest.approx(0.446, abs=5e-4)


def test_beta_binomial_of_an_informed_prior() -> None:
    """The same book, section 5.1: 4 tumours in 14 rats under Beta(1.4, 8.6) give Beta(5.4, 18.6)."""
    yes, no = pooling.posterior(_one(4), _one(14), _one(0.14), 10.0)
    assert (yes[0], no[0]) == (pytest.approx(5.4), pytest.approx(18.6))


def test_gamma_poisson() -> None:
    """The same book, section 2.6: 3 asthma deaths in 200,000 person-years under Gamma(3, 5) give Gamma(6, 7), mean 0.86."""
    shape, rate = pooling.rate_posterior(_one(3), _one(2), _one(0.6), 3.0)
    assert (shape[0], rate[0]) == (6.0, pytest.approx(7.0))
    assert shape[0] / rate[0] == pytest.approx(0.86, abs=5e-3)


def test_a_cell_with_nobody_has_its_groups_share() -> None:
    """No evidence leaves the group; overwhelming evidence leaves the cell."""
    share = pooling.pooled_share(np.array([0.0, 9e6]), np.array([0.0, 1e7]), np.array([0.2, 0.2]), 64.0)
    assert share == pytest.approx([0.2, 0.9], abs=1e-4)


@pytest.mark.parametrize("weight", [8.0, 128.0])
def test_the_prior_weight_that_made_the_shares_is_found(weight: float) -> None:
    """600 cells of 60 people drawn from Beta(k m, k (1 - m)): the weight chosen is k, or one step of the list from it."""
    draws = generator(5, "test.pooling", int(weight))
    share = draws.beta(weight * 0.15, weight * 0.85, 600)
    people = np.full(600, 60.0)
    found = pooling.share_weight(draws.binomial(60, share).astype(float), people, np.full(600, 0.15))
    assert found in (weight / 2, weight, weight * 2)


def test_the_prior_weight_that_made_the_splits_is_found() -> None:
    """The same for splits among four outcomes."""
    draws = generator(6, "test.pooling")
    centre = np.array([0.4, 0.3, 0.2, 0.1])
    counts = np.array([draws.multinomial(50, row) for row in draws.dirichlet(32.0 * centre, 400)], dtype=float)
    assert pooling.split_weight(counts, np.tile(centre, (400, 1))) in (16.0, 32.0, 64.0)


def test_the_prior_weight_that_made_the_rates_is_found() -> None:
    """The same for events per head."""
    draws = generator(7, "test.pooling")
    rate = draws.gamma(16.0, 0.02 / 16.0, 500)
    exposure = np.full(500, 3000.0)
    events = draws.poisson(rate * exposure).astype(float)
    assert pooling.rate_weight(events, exposure, np.full(500, 0.02)) in (8.0, 16.0, 32.0)


def test_the_rest_of_a_group_leaves_the_cell_out() -> None:
    """Two cells of one group: each sees the other's share, drawn to the floor by one person."""
    rest = pooling.others_share(np.array([[1.0, 9.0]]), np.array([[10.0, 10.0]]), 1, np.array([[0.5]]))
    assert rest[0] == pytest.approx([9.5 / 11, 1.5 / 11])
