"""Continuous draws have the distributions they are named for, against scipy's exact ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws.bell import bell
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.spread import beta, gamma, normal, shares, student

DRAWS = 8000
KEY = root(11, "test.spread")


def _key(stream: int, number: int) -> np.uint64:
    return np.uint64(child(np.uint64(child(KEY, stream)), number))


def _fits(drawn: list[float], cdf: object) -> bool:
    return bool(stats.kstest(np.array(drawn), cdf).pvalue > 1e-3)


@compiled
def _bells(key: np.uint64, out: np.ndarray) -> None:
    for i in range(len(out)):
        out[i] = bell(child(key, i // 3), i % 3)


def test_the_bell_is_the_normal_distribution_far_into_its_tails() -> None:
    """Two million draws against scipy's normal: Kolmogorov and Smirnov's test, 400 bins of equal chance by chi-square, and how
    many lie beyond 3.65 (where the ziggurat's tail begins), 4 and 4.5 standard deviations on either side; seed fixed."""
    drawn = np.empty(2_000_000)
    _bells(root(12, "test.bell"), drawn)
    assert stats.kstest(drawn[:200_000], stats.norm.cdf).pvalue > 1e-3
    counts = np.bincount((stats.norm.cdf(drawn) * 400).astype(int), minlength=400)
    assert stats.chisquare(counts).pvalue > 1e-3
    for edge in (3.6541528853610088, 4.0, 4.5):
        for beyond in ((drawn > edge).sum(), (drawn < -edge).sum()):
            assert stats.binomtest(int(beyond), len(drawn), stats.norm.sf(edge)).pvalue > 1e-4
    assert abs(np.corrcoef(drawn[0::3][:600_000], drawn[1::3][:600_000])[0, 1]) < 4 / np.sqrt(600_000)


@pytest.mark.parametrize("shape", [0.05, 0.4, 0.999, 1.0, 1.001, 3.7, 250.0, 1e6])
def test_gamma(shape: float) -> None:
    """Kolmogorov and Smirnov's test against scipy; seed fixed."""
    assert _fits([gamma(_key(0, i), shape) for i in range(DRAWS)], stats.gamma(shape).cdf)


@pytest.mark.parametrize("shape", [1e-4, 1e-3, 0.01])
def test_gamma_of_a_tiny_shape(shape: float) -> None:
    """As often as scipy says below each of five sizes from 1e-250 to 1; nought stands for what is below 1e-299."""
    drawn = np.array([gamma(_key(8, i), shape) for i in range(40_000)])
    for size in (1e-250, 1e-100, 1e-30, 1e-3, 1.0):
        chance = stats.gamma.cdf(size, shape)
        spread = np.sqrt(chance * (1 - chance) / len(drawn))
        assert (drawn <= size).mean() == pytest.approx(chance, abs=5 * spread + 1e-9)


@pytest.mark.parametrize(("yes", "no"), [(0.3, 0.7), (2.0, 5.0), (40.0, 900.0), (1e5, 9e5), (0.02, 30.0)])
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
