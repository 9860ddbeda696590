"""Counts by inversion agree with scipy's exact quantiles, everywhere the forecast may go."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws.counts import binomial, poisson
from rightplace.forecast.draws.keyed import child, root, uniform

US = np.concatenate([np.linspace(0.0005, 0.9995, 400), [1e-9, 1e-6, 1 - 1e-6, 1 - 1e-9]])
"""Uniform numbers across the range and far into both tails."""


@pytest.mark.parametrize("trials", [1, 2, 13, 14, 15, 50, 100, 400, 8000, 50_000])
@pytest.mark.parametrize("chance", [0.0007, 0.006, 0.1, 0.3, 0.5, 0.55, 0.8, 0.95, 0.99, 0.9999])
def test_a_binomial_count_is_the_exact_quantile(trials: int, chance: float) -> None:
    """Published forecasts of this field were biased by a binomial sampler wrong from 14 trials on, or where p > 1/2.

    The oracle is scipy's inverse distribution function, the next whole number up or down being allowed where
    ``u`` is within 1e-9 of a step.
    """
    for u in US:
        count = binomial(trials, chance, u)
        assert stats.binom.cdf(count, trials, chance) >= u - 1e-9
        assert count == 0 or stats.binom.cdf(count - 1, trials, chance) <= u + 1e-9


@pytest.mark.parametrize("mean", [1e-4, 0.3, 1.0, 7.5, 59.9, 60.1, 400.0, 5000.0])
def test_a_poisson_count_is_the_exact_quantile(mean: float) -> None:
    """The oracle is scipy's distribution function."""
    for u in US:
        count = poisson(mean, u)
        assert stats.poisson.cdf(count, mean) >= u - 1e-9
        assert count == 0 or stats.poisson.cdf(count - 1, mean) <= u + 1e-9


@pytest.mark.parametrize(("trials", "chance"), [(14, 0.5), (50, 0.99), (30, 0.95), (100, 0.3), (8000, 0.006)])
def test_keyed_binomial_counts_have_the_exact_distribution(trials: int, chance: float) -> None:
    """Chi-square of 20,000 keyed draws against the exact probabilities (scipy), at 1 in 10,000; seed fixed."""
    key = root(7, "test.binomial", trials)
    drawn = np.array([binomial(trials, chance, uniform(np.uint64(child(key, i)), 0)) for i in range(20_000)])
    values = np.arange(trials + 1)
    expected = stats.binom.pmf(values, trials, chance) * len(drawn)
    common = expected >= 5
    seen = np.bincount(drawn, minlength=trials + 1)
    observed = np.append(seen[common], seen[~common].sum())
    wanted = np.append(expected[common], expected[~common].sum())
    kept = wanted > 1
    statistic = ((observed - wanted) ** 2 / wanted)[kept].sum()
    assert stats.chi2.sf(statistic, kept.sum() - 1) > 1e-4


def test_certain_and_impossible_counts() -> None:
    """Nobody of none, none at no chance, all at certainty."""
    assert binomial(0, 0.5, 0.5) == 0
    assert binomial(10, 0.0, 0.999) == 0
    assert binomial(10, 1.0, 0.001) == 10
    assert poisson(0.0, 0.999) == 0


def test_a_count_rises_with_the_uniform_number_and_with_the_chance() -> None:
    """This is what makes runs that share random numbers comparable."""
    for trials in (5, 40, 900):
        by_u = [binomial(trials, 0.3, u) for u in US[:400]]
        assert by_u == sorted(by_u)
        by_chance = [binomial(trials, p, 0.4) for p in np.linspace(0.01, 0.99, 99)]
        assert by_chance == sorted(by_chance)
