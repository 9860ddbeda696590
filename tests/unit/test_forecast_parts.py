"""People shared out among parts by weights have the multinomial distribution, and keep their places when others come."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.parts import share_out

KEY = root(5, "test.parts")
WEIGHTS = {
    "even": np.ones(15),
    "one part": np.array([3.0]),
    "noughts at both ends": np.array([0.0, 2.0, 0.0, 1.0, 5.0, 0.0]),
    "tiny beside huge": np.array([1e-12, 4e6, 1e-30, 1e6, 2e-3]),
}


@compiled
def _shared(people: int, weights: np.ndarray, runs: int, key: np.uint64, out: np.ndarray) -> None:
    running = np.empty(len(weights))
    for run in range(runs):
        share_out(people, weights, len(weights), child(key, run), running, out[run])


def _drawn(people: int, weights: np.ndarray, runs: int) -> np.ndarray:
    out = np.zeros((runs, len(weights)), dtype=np.int64)
    _shared(people, weights, runs, KEY, out)
    return out


@pytest.mark.parametrize("name", sorted(WEIGHTS))
@pytest.mark.parametrize("people", [1, 2, 40])
def test_counts_are_multinomial(name: str, people: int) -> None:
    """Each part's count over 20,000 runs against SciPy's binomial distribution, by chi-square at 1 in 10,000; seed fixed."""
    weights = WEIGHTS[name]
    out = _drawn(people, weights, 20_000)
    assert np.all(out.sum(axis=1) == people)
    for part, chance in enumerate(weights / weights.sum()):
        expected = stats.binom.pmf(np.arange(people + 1), people, chance) * len(out)
        seen = np.bincount(out[:, part], minlength=people + 1)
        common = expected >= 5
        observed = np.append(seen[common], seen[~common].sum())
        wanted = np.append(expected[common], expected[~common].sum())
        kept = wanted > 1
        if kept.sum() > 1:
            statistic = ((observed - wanted) ** 2 / np.maximum(wanted, 1e-300))[kept].sum()
            assert stats.chi2.sf(statistic, kept.sum() - 1) > 1e-4
        else:
            assert seen[np.argmax(expected)] >= len(out) - 5


def test_a_part_without_weight_is_never_chosen() -> None:
    """Noughts first, in the middle and last get nobody in a million draws."""
    out = _drawn(1000, WEIGHTS["noughts at both ends"], 1000)
    assert out[:, [0, 2, 5]].sum() == 0


def test_a_further_person_leaves_the_others_where_they_were() -> None:
    """One person more adds one to one part, in every run: their draws do not depend on how many there are."""
    weights = np.array([0.3, 1.0, 2.0, 0.1])
    more = _drawn(21, weights, 500) - _drawn(20, weights, 500)
    assert np.array_equal(more.sum(axis=1), np.ones(500))
    assert more.min() == 0


def test_parts_move_little_when_weights_do() -> None:
    """With weights up to a tenth apart, fewer than a tenth of 100,000 people are in another part."""
    weights = np.array([0.3, 1.0, 2.0, 0.1])
    other = weights * np.array([1.1, 1.0, 1.0, 1.0])
    moved = np.abs(_drawn(200, weights, 500) - _drawn(200, other, 500)).sum() / 2
    assert 0 < moved < 10_000
