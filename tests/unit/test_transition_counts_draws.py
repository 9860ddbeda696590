"""Draws of the transition-count model against textbook distributions, as scipy.stats has them."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy import stats

from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.transition_counts import draws
from rightplace.forecast.transition_counts.future import settle
from rightplace.forecast.transition_counts.tables import Destinations

KEY = root(7, "test of draws")
DRAWS = 40_000


@njit
def betas(key, size, trials, yes, no, none, by_share):
    out = np.empty(size, dtype=np.int64)
    for i in range(size):
        place = child(key, i)
        out[i] = (
            draws.many(place, 0, trials, yes, no) if by_share else draws.beta_binomial(place, 0, trials, yes, no, none)
        )
    return out


@njit
def urns(key, size, go, people):
    out = np.zeros((size, len(go.weight)), dtype=np.int32)
    there = np.empty(len(go.weight), dtype=np.int32)
    picks = np.empty(people, dtype=np.int32)
    for i in range(size):
        settle(go, 0, child(key, i), 0, people, 0, out[i], there, 0, picks)
    return out


def none_in(trials: int, yes: float, no: float) -> float:
    room = np.empty((1, draws.LIMIT + 1))
    draws.none_of(np.array([yes]), np.array([no]), room)
    return float(room[0, trials])


def fits(counts: np.ndarray, chances: np.ndarray) -> float:
    """P value of Pearson's chi-squared test, outcomes with fewer than 8 expected taken together."""
    expected = chances * counts.sum()
    large = expected >= 8
    seen = np.append(counts[large], counts[~large].sum())
    awaited = np.append(expected[large], expected[~large].sum())
    if awaited[-1] < 8:
        seen[-2] += seen[-1]
        awaited[-2] += awaited[-1]
        seen, awaited = seen[:-1], awaited[:-1]
    return float(stats.chisquare(seen, awaited * seen.sum() / awaited.sum()).pvalue)


@pytest.mark.parametrize(
    ("trials", "yes", "no"),
    [
        (1, 0.056, 0.944),
        (5, 0.06, 4.9),
        (30, 0.5, 0.5),
        (84, 12.0, 90.0),
        (128, 40.0, 3.0),
        (50, 0.01, 0.003),
        (9, 200.0, 0.2),
    ],
)
@pytest.mark.parametrize("by_share", [False, True])
def test_counts_are_beta_binomial(trials: int, yes: float, no: float, by_share: bool) -> None:
    """By recurrence from a looked-up chance, and by drawing the share and then the events (the law is one)."""
    drawn = betas(KEY, DRAWS, trials, yes, no, none_in(trials, yes, no), by_share)
    chances = stats.betabinom.pmf(np.arange(trials + 1), trials, yes, no)
    assert drawn.min() >= 0
    assert drawn.max() <= trials
    assert fits(np.bincount(drawn, minlength=trials + 1), chances) > 1e-4


@pytest.mark.parametrize(("trials", "yes", "no"), [(2000, 3.0, 40.0), (5000, 900.0, 20.0), (20_000, 0.3, 8000.0)])
def test_large_counts_have_the_mean_and_spread_of_the_beta_binomial(trials: int, yes: float, no: float) -> None:
    drawn = betas(KEY, DRAWS, trials, yes, no, 0.0, True)
    mean, variance = stats.betabinom.stats(trials, yes, no)
    assert abs(drawn.mean() - mean) < 4.0 * (variance / DRAWS) ** 0.5
    assert drawn.var() == pytest.approx(variance, rel=0.1)


@pytest.mark.parametrize(
    ("trials", "yes", "no"), [(3, 0.1, 0.9), (128, 0.06, 900.0), (128, 1e6, 100.0), (77, 9.0, 9.0)]
)
def test_the_chance_of_no_event_is_exact(trials: int, yes: float, no: float) -> None:
    """Of none on the rarer side, which for the third case underflows on the other."""
    a, b = min(yes, no), max(yes, no)
    assert none_in(trials, yes, no) == pytest.approx(stats.betabinom.pmf(0, trials, a, b), rel=1e-8)


@pytest.mark.parametrize(
    ("trials", "yes", "no"),
    [(8000, 47.0, 8000.0), (8000, 0.25, 9000.0), (400, 0.2, 0.3), (30_000, 9000.0, 20_000.0), (5, 2.0, 1.0)],
)
def test_cumulative_chances_are_exact(trials: int, yes: float, no: float) -> None:
    """Even where single chances overflow before they are scaled, and where the distribution has two humps."""
    room = np.empty(trials + 1)
    needed = draws.cumulative(trials, yes, no, room)
    theirs = np.cumsum(stats.betabinom.pmf(np.arange(needed), trials, yes, no))
    np.testing.assert_allclose(room[:needed], theirs, atol=1e-9)
    assert room[needed - 1] == 1.0


def test_destinations_are_dirichlet_multinomial() -> None:
    """By Polya's urn, against scipy.stats.dirichlet_multinomial: every split of four people among three places."""
    weight = np.array([1.5, 0.4, 0.1])
    go = Destinations(first=np.array([0, 3]), to=np.arange(3), weight=weight, total=np.array([weight.sum()]), ways=3)
    splits = np.array([(a, b, 4 - a - b) for a in range(5) for b in range(5 - a)])
    drawn = urns(KEY, DRAWS, go, 4)
    seen = np.array([(drawn == split).all(axis=1).sum() for split in splits])
    assert seen.sum() == DRAWS
    assert fits(seen, stats.dirichlet_multinomial.pmf(splits, weight, 4)) > 1e-4


def test_a_crowd_is_shared_out_as_a_dirichlet_share_is_spread() -> None:
    """With 300 people the share of the first place has the variance of its Beta distribution, and a little more."""
    weight = np.array([3.0, 2.0, 1.0])
    go = Destinations(first=np.array([0, 3]), to=np.arange(3), weight=weight, total=np.array([6.0]), ways=3)
    drawn = urns(KEY, 5000, go, 300)
    assert (drawn.sum(axis=1) == 300).all()
    assert drawn[:, 0].var() == pytest.approx(stats.betabinom.var(300, 3.0, 3.0), rel=0.08)
