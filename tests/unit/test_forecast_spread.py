"""Continuous draws have the distributions they are named for, against scipy's exact ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.spread import beta, gamma, normal, shares, student

DRAWS = 8000
KEY = root(11, "test.spread")


def _key(stream: int, number: int) -> np.uint64:
    return np.uint64(child(np.uint64(child(KEY, stream)), number))


def _fits(drawn: list[float], cdf: object) -> bool:
    return bool(stats.kstest(np.array(drawn), cdf).pvalue > 1e-3)


@pytest.mark.parametrize("shape", [0.05, 0.4, 1.0, 3.7, 250.0])
def test_gamma(shape: float) -> None:
    """Kolmogorov and Smirnov's test against scipy; seed fixed."""
    assert _fits([gamma(_key(0, i), shape) for i in range(DRAWS)], stats.gamma(shape).cdf)


@pytest.mark.parametrize(("yes", "no"), [(0.3, 0.7), (2.0, 5.0), (40.0, 900.0)])
def test_beta(yes: float, no: float) -> None:
    """Kolmogorov and Smirnov's test against scipy; seed fixed."""
    drawn = [beta(_key(1, i), _key(2, i), yes, no) for i in range(DRAWS)]
    assert _fits(drawn, stats.beta(yes, no).cdf)


def test_normal_and_student() -> None:
    """Kolmogorov and Smirnov's test against scipy; seed fixed."""
    assert _fits([normal(_key(5, i), 0) for i in range(DRAWS)], stats.norm.cdf)
    drawn = [student(_key(3, i), _key(4, i), 4.6) for i in range(DRAWS)]
    assert _fits(drawn, stats.t(4.6).cdf)


def test_what_has_no_weight_is_never_drawn() -> None:
    """A gamma of shape nought is nought; a beta of nothing is its mean; shares of nothing are left alone."""
    assert gamma(KEY, 0.0) == 0.0
    assert beta(KEY, _key(0, 1), 0.0, 3.0) == 0.0
    assert beta(KEY, _key(0, 1), 0.0, 0.0) == 0.0
    nothing = np.zeros(3)
    assert not shares(nothing)
    assert nothing.tolist() == [0.0, 0.0, 0.0]


def test_a_share_of_two_tiny_shapes_is_nearly_always_nought_or_one() -> None:
    """Beta(0.01, 0.003): SciPy's chances of a share below a hundredth and above ninety-nine hundredths."""
    drawn = np.array([beta(_key(6, i), _key(7, i), 0.01, 0.003) for i in range(20_000)])
    for low, high in ((-1.0, 0.01), (0.01, 0.99), (0.99, 1.0)):
        chance = stats.beta.cdf(high, 0.01, 0.003) - stats.beta.cdf(low, 0.01, 0.003)
        seen = ((drawn > low) & (drawn <= high)).mean()
        assert seen == pytest.approx(chance, abs=5 * np.sqrt(chance * (1 - chance) / len(drawn)))
