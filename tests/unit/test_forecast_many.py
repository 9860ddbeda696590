"""Gamma draws and shares made many at once are those made one by one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.many import Many, answer, ask, gammas, room
from rightplace.forecast.draws.spread import NOUGHT, gamma


@compiled
def _draw(many: Many, count: int) -> None:
    gammas(many, count)


@compiled
def _shares(key: np.uint64, parameters: np.ndarray, many: Many, out: np.ndarray) -> None:
    for row in range(len(out)):
        ask(many, 0, child(key, row), parameters)
        gammas(many, len(parameters))
        answer(many, 0, out[row])


def test_each_draw_is_the_one_made_alone() -> None:
    """Bit by bit, for shapes from 1e-8 to 1e6 and for nought; seed fixed."""
    count, seeded = 20_000, np.random.default_rng(3)
    many = room(count)
    many.key[:] = seeded.integers(0, 2**64, count, dtype=np.uint64)
    many.shape[:] = 10.0 ** seeded.uniform(-8, 6, count) * (seeded.random(count) > 0.1)
    many.least[:] = NOUGHT
    _draw(many, count)
    alone = np.array([gamma(key, shape) for key, shape in zip(many.key, many.shape, strict=True)])
    np.testing.assert_array_equal(many.drawn, alone)


def test_shares_have_beta_margins() -> None:
    """Each share of a Dirichlet draw is Beta with its parameter against all others, against scipy's; seed fixed."""
    parameters = np.array([0.02, 0.3, 1.0, 4.0, 40.0])
    out = np.empty((8_000, len(parameters)))
    _shares(root(5, "test.many"), parameters, room(8), out)
    assert out.sum(axis=1) == pytest.approx(1.0)
    for i, parameter in enumerate(parameters):
        known = stats.beta(parameter, parameters.sum() - parameter)
        if parameter >= 0.3:
            assert stats.kstest(out[:, i], known.cdf).pvalue > 1e-3
        for size in (1e-20, 1e-10, 1e-3, 0.1):
            chance = known.cdf(size)
            assert (out[:, i] <= size).mean() == pytest.approx(
                chance, abs=5 * np.sqrt(chance * (1 - chance) / 8_000) + 1e-9
            )


def test_shares_of_no_weight_at_all_and_of_weights_too_small_for_a_float() -> None:
    """Nothing is made of nothing; where every draw is nought the parameters' own shares stand for them."""
    out = np.empty((2, 2))
    _shares(root(5, "test.many"), np.zeros(2), room(2), out)
    assert (out == 0.0).all()
    _shares(root(5, "test.many"), np.array([1e-9, 3e-9]), room(2), out)
    np.testing.assert_allclose(out, [[0.25, 0.75]] * 2)
