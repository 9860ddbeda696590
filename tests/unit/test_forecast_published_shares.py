"""Shares of settings and age bands: foretold, drawn, and met by pulls on rates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.published import composition_errors, composition_file, likeness, reference, shares_ahead, steer
from rightplace.forecast.published.composition_fit import Composition, ahead
from rightplace.forecast.published.history_cells import band_slices
from rightplace.streams import generator


def made(errors: tuple[float, float, float] = (0.1, 0.0, 8.0)) -> Composition:
    return Composition(
        dimension="setting", parts=("far", "near"), january=2024, england=np.array([0.4, 0.6]),
        change=np.array([0.1, 0.0]), left=0.5, back=-0.2 * np.eye(2), errors=np.array([(*errors, 1.0)] * 2),
        rare=np.tile([-1.0, 0.5, 1.0, 30.0], (2, 1)), most=np.ones(2), later=np.ones(2), evidence=100,
    )  # fmt: skip


def test_the_middle_of_shares_is_the_formula() -> None:
    """Two years by hand: a fifth of the way back to England's, then half and three quarters of its last change."""
    part = made()
    path = ahead(np.array([0.5, 0.5]), part.england, part.change, part, 2)
    first = np.array([0.5 - 0.2 * 0.1, 0.5 + 0.2 * 0.1])
    one = first * np.exp(np.array([0.1, 0.0]) * 0.5)
    two = (first + -0.2 * (first - part.england)) * np.exp(np.array([0.1, 0.0]) * 0.75)
    assert path[0] == pytest.approx(one / one.sum())
    assert path[1] == pytest.approx(two / two.sum())


def test_drawn_shares_add_up_and_spread_as_their_errors() -> None:
    """With two parts of 10,000 plans the log odds have the spread of the errors; the first futures do not depend on how many."""
    part = made()
    counts = np.array([4000.0, 6000.0])
    drawn = shares_ahead.law("302", counts, part, since=0, years=3, seed=1).draw(0, 3000)
    few = shares_ahead.law("302", counts, part, since=0, years=3, seed=1).draw(0, 50)
    assert np.array_equal(drawn[:50], few)
    assert drawn.sum(axis=2) == pytest.approx(np.ones((3000, 3)))
    middle = shares_ahead.middle(counts, part, 3)[1:]
    assert np.median(drawn, axis=0) == pytest.approx(middle, abs=0.01)
    odds = np.log(drawn[:, 0, 0] / drawn[:, 0, 1])
    assert odds.std() == pytest.approx(0.1 * np.sqrt(2.0 * 8.0 / 6.0), rel=0.15)
    spread = drawn.std(axis=0)[:, 0]
    assert spread[0] < spread[1] < spread[2]


def test_small_parts_are_less_certain() -> None:
    part = made((0.0, 1.0, 30.0))
    widths = []
    for size in (1.0, 100.0):
        counts = size * np.array([40.0, 60.0])
        drawn = shares_ahead.law("302", counts, part, since=0, years=1, seed=1).draw(0, 2000)
        widths.append(np.log(drawn[:, 0, 0]).std())
    assert widths[0] > 6 * widths[1]


def test_a_part_hardly_there_mostly_stays_so_and_none_grows_beyond_what_was_seen() -> None:
    """Of 2 plans in 1,000: the middle is well below what England's share makes of it, and the reach is longer above it than below.

    Held to 3%, no share is much more, which it is only so that the parts add up; not held, some are over 10%.
    """
    counts, part = np.array([2.0, 998.0]), replace(made(), england=np.array([0.02, 0.98]))
    drawn = shares_ahead.law("302", counts, part, since=0, years=4, seed=1).draw(0, 4000)[:, :, 0]
    middle = shares_ahead.middle(counts, part, 4)[1:, 0]
    low, half, high = np.quantile(np.log(drawn[:, 0]), [0.1, 0.5, 0.9])
    assert half == pytest.approx(np.log(middle[0]) - 1.0, abs=0.1)
    assert (half - low, high - half) == pytest.approx((1.28 * 0.5, 1.28 * 1.0), rel=0.1)
    capped = replace(part, most=np.array([0.03, 1.0]))
    held = shares_ahead.law("302", counts, capped, since=0, years=4, seed=1).draw(0, 4000)[:, :, 0]
    assert held.max() < 0.06
    assert drawn.max() > 0.1


def test_sizes_of_errors_are_those_they_were_made_with() -> None:
    """2,000 made-up errors of parts that are there, and 6,000 of parts that hardly are, longer above their middle than below."""
    chance = generator(6, "test.sizes")
    people = chance.uniform(20.0, 2000.0, 2000)
    there = np.sqrt(0.1**2 + 2.0**2 / (people + 1.0)) * chance.standard_t(5.0, 2000)
    drawn = chance.standard_normal(6000)
    hardly = -1.0 + drawn * np.where(drawn < 0.0, 0.4, 1.6)
    errors = np.concatenate([there, hardly])[:, None]
    held = np.concatenate([people, np.full(6000, 1e9)])[:, None]
    own = np.concatenate([people, np.ones(6000)])[:, None]
    usual, rare = composition_errors.sizes(errors, held, own)
    assert usual[0] == pytest.approx([0.1, 2.0, 5.0, 1.0], rel=0.25)
    assert rare[0, :3] == pytest.approx([-1.0, 0.4, 1.6], rel=0.15)


def test_pulls_lead_expected_numbers_to_the_shares_wanted() -> None:
    """Carried forward by a plain loop of our own with the pulls found, every kind and band is within 1% of what was wanted."""
    chance = generator(5, "test.steer")
    groups, kinds, futures = 25, 3, 4
    start = chance.uniform(5.0, 60.0, (groups, kinds))
    to = np.ones((groups, kinds))
    rates = steer.Rates(
        leave=np.append(np.full(groups - 1, 0.1), 1.0), move=np.full((groups, kinds), 0.05), to=to,
        join=np.full((1, groups), 10.0), split=np.full((groups, kinds), 1.0 / kinds),
    )  # fmt: skip
    total = round(1.1 * start.sum())
    share = start.sum(axis=0) / start.sum() * np.array([[0.9, 1.0, 1.1]] * futures)
    bands = np.array([start[part].sum() for part in band_slices()]) / start.sum()
    bands = bands * np.array([1.05, 1.0, 0.97, 1.0, 1.02])
    band = np.concatenate([np.full(part.stop - part.start, b) for b, part in enumerate(band_slices())])
    wanted = steer.Wanted(
        totals=np.full((futures, 1), total, dtype=np.int64),
        kinds=(share / share.sum(axis=1, keepdims=True))[:, None, :],
        bands=np.tile(bands / bands.sum(), (futures, 1, 1)),
        band=band.astype(np.int64), leaving=np.ones((futures, 1)),
    )  # fmt: skip
    of_kinds, of_ages = steer.pulls(start, rates, wanted)
    pull, age = of_kinds[0, 0], of_ages[0, 0]
    after = np.zeros((groups, kinds))
    for y in range(groups - 1):
        odds = 0.1 / 0.9 / age[y + 1]
        for k in range(kinds):
            stay = start[y, k] / (1.0 + odds)
            out = stay * 0.05 / (0.05 + 0.95 * pull[k])
            after[y + 1, k] += stay - out
            weight = to[y] * pull * (np.arange(kinds) != k)
            after[y + 1] += out * weight / weight.sum()
    joiners = (total - after.sum()) * (age * 10.0) / (age * 10.0).sum()
    after += joiners[:, None] * pull / pull.sum()
    assert after.sum() == pytest.approx(total)
    assert after.sum(axis=0) / total == pytest.approx(wanted.kinds[0, 0], rel=0.01)
    for b, part in enumerate(band_slices()):
        assert after[part].sum() / total == pytest.approx(wanted.bands[0, 0, b], rel=0.01)


def test_the_constants_survive_their_file() -> None:
    """Written as rows and read again, the constants that come with Rightplace are the same."""
    whole = reference.composition("setting")
    found = composition_file.of(composition_file.rows(whole), "setting")
    assert found.family == whole.family
    assert found.families is not None
    assert whole.families is not None
    for part, again in ((whole, found), (whole.families, found.families)):
        assert again.parts == part.parts
        for name in ("england", "change", "back", "errors", "rare", "most", "later"):
            assert getattr(again, name) == pytest.approx(getattr(part, name))
        assert np.abs(part.england.sum() - 1.0) < 1e-9


def test_ages_are_spread_smoothly_and_bands_kept() -> None:
    """Pycnophylactic interpolation (Tobler 1979): each band keeps its people, and no step between bands is as large as before."""
    bands = np.array([30.0, 240.0, 250.0, 150.0, 50.0])
    ages = likeness.spread(bands)
    for part, people in zip(band_slices(), bands, strict=True):
        assert ages[part].sum() == pytest.approx(people)
    flat = np.concatenate([np.full(part.stop - part.start, n / (part.stop - part.start)) for part, n in zip(band_slices(), bands, strict=True)])  # fmt: skip
    assert np.abs(np.diff(ages)).max() < 0.7 * np.abs(np.diff(flat)).max()


def test_england_before_ages_were_published_is_read_by_its_margins() -> None:
    """Settings and bands of the January are met, and a college holds hardly anyone of school age."""
    rows = [
        (2021, "plans", "age_band", band, people)
        for band, people in zip(
            ("0-4", "5-10", "11-15", "16-19", "20-25"), (30.0, 230.0, 240.0, 140.0, 60.0), strict=True
        )
    ]
    rows += [(2022, *row[1:4], row[4] * 1.1) for row in rows]
    rows += [(2021, "new_plans", "age_band", band, 12.0) for band in ("0-4", "5-10", "11-15", "16-19", "20-25")]
    rows += [(2022, "plans", "setting", kind, people) for kind, people in (("mainstream", 400.0), ("special_state", 250.0), ("further_education", 120.0))]  # fmt: skip
    england = pl.DataFrame(rows, schema=["year", "measure", "dimension", "value", "people"], orient="row")
    pattern = likeness.build(england, 2022)
    by_kind = pattern.stock.sum(axis=(0, 1))
    assert by_kind / by_kind.sum() == pytest.approx(np.array([400.0, 250.0, 120.0]) / 770.0, rel=1e-3)
    college = pattern.stock[:, 0, list(pattern.space.kinds).index("further_education")]
    assert college[:16].sum() < 0.1 * college.sum()
    assert pattern.space.needs == ("not_recorded",)
    assert pattern.leave[-1] == 1.0
    assert ((pattern.leave > 0) & (pattern.leave <= 1)).all()
