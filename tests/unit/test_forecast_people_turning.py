"""Drifts and turns are found where the test put them, and pulls leave means as they were."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import bisect
from scipy.stats import kstest

from rightplace.forecast.people import drifts, estimate, pooling, tally, turning
from rightplace.forecast.people.turning import Turning
from rightplace.streams import generator


def test_the_drift_of_authorities_is_found() -> None:
    """600 areas of 250 a year that rise by 6% with steps of 0.15 and noise of 0.10, drawn by numpy: each within a sixth or so."""
    draws = generator(1, "test.drift")
    level = np.cumsum(draws.normal(0.06, 0.15, (600, 10)), axis=1) + draws.normal(0, 0.10, (600, 10))
    found = drifts.fit(draws.poisson(250.0 * np.exp(level)).astype(float))
    assert found.step_sd == pytest.approx(0.15, abs=0.025)
    assert found.noise_sd == pytest.approx(0.10, abs=0.02)
    assert found.slope == pytest.approx(0.06, abs=0.03)


def test_one_return_that_is_wildly_wrong_hardly_moves_the_drift() -> None:
    """A tenfold slip in one area's year."""
    draws = generator(2, "test.drift")
    counts = draws.poisson(250.0 * np.exp(np.cumsum(draws.normal(0.06, 0.1, (100, 6)), axis=1))).astype(float)
    sure = drifts.fit(counts)
    counts[7, 3] *= 10.0
    assert drifts.fit(counts).step_sd == pytest.approx(sure.step_sd, abs=0.03)


@pytest.mark.parametrize("scale", [0.5, 1.5])
def test_the_scale_of_turns_is_found(scale: float) -> None:
    """1,500 pairs of counts whose log odds turned by scale / root size x t(3)."""
    draws = generator(3, "test.turns", int(10 * scale))
    size = draws.integers(5, 200, 1500).astype(float)
    turn = scale / np.sqrt(size) * draws.standard_t(3, 1500)
    before = draws.poisson(size * np.exp(-turn / 2)).astype(float)
    after = draws.poisson(size * np.exp(turn / 2)).astype(float)
    all_of = np.full(1500, 1000.0)
    assert turning.scale(before, after, all_of, all_of) == pytest.approx(scale, rel=0.15)


def test_held_and_yearly_parts_are_told_apart() -> None:
    """s^2 = h yearly^2 + h^2 held^2, exactly."""
    scales = {h: (h * 0.6**2 + h**2 * 0.5**2) ** 0.5 for h in (1, 2, 3)}
    assert turning.of_scales(scales) == pytest.approx((0.5, 0.6))


def test_what_has_been_seen_is_less_uncertain() -> None:
    """Normal by normal: 1 / (1 / 0.25 + 2 / 0.5) for a held variance of 0.25 seen twice through 0.5."""
    seen = Turning(0.5, 0.5**0.5).once_seen(2.0)
    assert seen.held**2 == pytest.approx(1.0 / (1.0 / 0.25 + 2.0 / 0.5))
    assert seen.yearly == pytest.approx(0.5**0.5)


def _off(z: float, turn: float) -> float:
    return float(z * np.sqrt((1.0 + np.exp(z)) / 2.0) - turn)


def test_turns_of_numbers_at_the_start_are_those_of_the_scale_of_both_ends() -> None:
    """What is drawn from the start is found again, by bisection, from the numbers at both ends; none goes beyond seven times."""
    for turn in (-0.9, -0.2, 0.0, 0.4, 1.5):
        found = float(turning.of_start(np.array(turn)))
        assert bisect(_off, -5.0, 5.0, args=(turn,)) == pytest.approx(found, abs=1e-3)
    assert turning.of_start(np.array([-50.0, 50.0])) == pytest.approx([-turning.LARGEST, turning.LARGEST])


def test_turns_drawn_from_the_start_have_the_scale_that_pairs_give() -> None:
    """3,000 counts turned by ``of_start`` and seen a year later: the scale found of pairs is that they were drawn by."""
    draws = generator(8, "test.start")
    before = draws.integers(5, 200, 3000).astype(float)
    later = before * np.exp(turning.of_start(1.2 / np.sqrt(before) * draws.standard_t(3, 3000)))
    all_of = np.full(3000, 100000.0)
    assert turning.scale(before, later, all_of, all_of, 0.01) == pytest.approx(1.2, rel=0.1)


def test_an_area_that_turns_as_foreseen_keeps_its_scales_and_a_wilder_one_widens_them() -> None:
    """Counts drawn with the variance of the prior, and with sixteen times that."""
    draws = generator(4, "test.own")
    expected = np.full((4, 40), 50.0)
    variance = np.full(40, 0.1**2 * 3.0)
    calm, wild = (
        draws.poisson(50.0 * np.exp(times * 0.1 * draws.standard_t(3, (4, 40)))).astype(float) for times in (1.0, 4.0)
    )
    assert turning.own_factor(calm, expected, expected, variance, 40.0) == pytest.approx(1.0, abs=0.2)
    assert turning.own_factor(wild, expected, expected, variance, 40.0) > 1.4
    assert turning.own_factor(calm[:1], expected[:1], expected[:1], variance, 40.0) == 1.0


def test_counterweights_keep_the_mean_of_shares() -> None:
    """Shares of 0.9, 0.09 and 0.01 under pulls of very different spread, checked by direct averaging."""
    pulls = np.exp(generator(5, "test.pulls").normal(0, [0.1, 0.8, 1.5], (4000, 3)))
    shares = np.array([[0.9, 0.09, 0.01], [0.2, 0.3, 0.5]])
    weights = shares * turning.counterweights(shares, pulls)
    pulled = weights[:, None, :] * pulls
    assert (pulled / pulled.sum(axis=2, keepdims=True)).mean(axis=1) == pytest.approx(shares, rel=0.01)


def test_moves_at_transfer_do_not_smooth_into_other_years() -> None:
    """Half of Year 6 moves and nobody else does: Years 5 and 7 keep near nought, Year 6 near a half."""
    people = np.full((25, 2, 2), 40.0)
    moved = np.zeros_like(people)
    moved[10] = 20.0
    shares = estimate.mean_share(estimate.ladder(moved, people, classes=tally.transfers()))[0]
    assert shares[10] == pytest.approx(0.5, abs=0.05)
    assert max(shares[9], shares[11]) < 0.01
    assert tally.transfers()[10] == 1
    assert tally.transfers().sum() == 4


def test_england_counts_for_more_where_the_area_can_say_little() -> None:
    """Shares of England's shape: with 30 people an age the ladder is nearer to it than without; with 30,000 it is the area's own."""
    england = np.linspace(0.02, 0.3, 25)
    draws = generator(6, "test.england")
    few = np.full((25, 1, 1), 30.0)
    left = draws.binomial(30, england)[:, None, None].astype(float)
    drawn, alone = (estimate.mean_share(estimate.ladder(left, few, england=shape))[0] for shape in (england, None))
    assert np.abs(drawn - england).mean() < np.abs(alone - england).mean()
    many = np.full((25, 1, 1), 30000.0)
    own = estimate.mean_share(estimate.ladder(many * 0.1, many, england=england))[0]
    assert own == pytest.approx(np.full(25, 0.1), abs=0.005)


def test_pooled_shares_are_as_uncertain_as_they_say() -> None:
    """Simulation-based calibration (Talts and others 2018): 60 areas of 50 cells drawn from a Beta; the place of the true share in its
    posterior, whose prior weight is estimated, is even over 0 to 1."""
    draws = generator(7, "test.calibration")
    places = []
    from scipy.stats import beta

    for _ in range(60):
        weight = float(draws.choice([16.0, 32.0, 64.0]))
        truth = draws.beta(weight * 0.12, weight * 0.88, 50)
        people = draws.integers(5, 120, 50).astype(float)
        events = draws.binomial(people.astype(int), truth).astype(float)
        centre = pooling.others_share(events, people, 0, np.full(50, 0.12))
        yes, no = pooling.posterior(events, people, centre, pooling.share_weight(events, people, centre))
        places.append(beta.cdf(truth, yes, no))
    assert kstest(np.concatenate(places), "uniform").statistic < 0.035
