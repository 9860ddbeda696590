"""Long tails and families of kinds of setting: against scipy's Student's t and the rule for conditioned normals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from rightplace.forecast.published import composition_families, regression, shares_ahead
from rightplace.forecast.published.adding_up import widening
from rightplace.forecast.published.composition import Shares
from rightplace.forecast.published.composition_fit import Composition, fit
from rightplace.streams import generator

LEAST = (1e-4, 1e-4, 1.0)


def made(parts: int, **changes: object) -> Composition:
    """Parts that stay where they are, with errors of 0.1 and Student's t of 4 degrees of freedom."""
    plain = Composition(
        dimension="setting", parts=tuple("abcdefgh"[:parts]), january=2024, england=np.full(parts, 1.0 / parts),
        change=np.zeros(parts), left=0.0, back=np.zeros((parts, parts)), errors=np.tile([0.1, 0.0, 4.0, 1.0], (parts, 1)),
        rare=np.tile([0.0, 1.0, 1.0, 30.0], (parts, 1)), most=np.ones(parts), later=np.ones(parts), evidence=100,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def skewed(at: NDArray[np.float64], freedom: float, skew: float) -> NDArray[np.float64]:
    """Quantiles of the t of Fernandez and Steel (1998), pieced together from scipy's."""
    below = 1.0 / (1.0 + skew**2)
    low = stats.t.ppf(0.5 * np.minimum(at / below, 1.0), freedom) / skew
    high = stats.t.ppf(0.5 + 0.5 * np.maximum((at - below) / (1.0 - below), 0.0), freedom) * skew
    return np.where(at < below, low, high)


def test_the_size_of_errors_is_as_likely_as_scipys() -> None:
    """Of 3,000 errors drawn by scipy with 1.5 degrees of freedom: scale and freedom by maximum likelihood are those of ``scipy.stats.t.fit``."""
    errors = stats.t.rvs(1.5, scale=0.2, size=3000, random_state=4)
    freedom, _, scale = stats.t.fit(errors, floc=0.0)
    found = regression.error_size(errors, np.full(3000, 1e12), start=(0.13, 1.0), least=LEAST)
    assert found[[0, 2]] == pytest.approx([scale, freedom], rel=0.01)
    assert found[3] == 1.0


def test_a_longer_tail_below_is_found() -> None:
    """Quantiles of a skewed t, evenly spaced: the constants they were made with; the middle is not taken for skew."""
    errors = 0.1 * skewed((np.arange(4000) + 0.5) / 4000, 2.0, 0.7)
    found = regression.error_size(errors, np.full(4000, 1e12), start=(0.13, 1.0), least=LEAST, skewed=True)
    assert found[[0, 2, 3]] == pytest.approx([0.1, 2.0, 0.7], rel=0.05)


@pytest.mark.parametrize(("freedom", "skew"), [(1.0, 1.0), (1.5, 0.7), (4.0, 1.3)])
def test_drawn_errors_have_scipys_quantiles(freedom: float, skew: float) -> None:
    """Of a part so small that adding up leaves it alone, in one year; to what 40,000 draws can tell."""
    part = made(2, errors=np.array([[0.1, 0.0, freedom, skew], [0.01, 0.0, 30.0, 1.0]]), england=np.array([1e-3, 1.0]))
    counts = np.array([1e4, 1e7])
    drawn = shares_ahead.law("302", counts, part, since=0, years=1, seed=1).draw(0, 40_000)[:, 0, 0]
    middle = shares_ahead.middle(counts, part, 1)[1, 0]
    errors = np.log(drawn / middle) / 0.1
    at = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
    held = np.array([np.mean(errors < one) for one in skewed(at, freedom, skew)])
    assert held == pytest.approx(at, abs=0.008)


def test_parts_have_their_own_size_after_adding_up() -> None:
    """The variance left by the general rule for normals conditioned on a sum, C - C s s' C / (s' C s), is the one asked for."""
    share, size = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.05, 0.06, 0.1, 0.15])
    drawn = np.diag((widening(share, size) * size) ** 2)
    with_sum = drawn @ share
    left = drawn - np.outer(with_sum, with_sum) / (share @ with_sum)
    assert np.sqrt(np.diag(left)) == pytest.approx(size, rel=1e-6)


def test_a_part_that_the_others_cannot_make_up_for_is_drawn_no_more_than_twice_as_wide() -> None:
    assert widening(np.array([0.8, 0.1, 0.1]), np.array([0.5, 0.1, 0.1])) == pytest.approx([2.0, 1.0, 1.0])
    assert widening(np.array([0.5, 0.5]), np.array([0.1, 0.1])) == pytest.approx(np.sqrt([2.0, 2.0]))
    assert widening(np.array([1.0]), np.array([0.1])) == pytest.approx([1.0])


def families() -> Composition:
    """Two families of two: kinds turn a great deal within the first, and the families hardly."""
    by_family = replace(
        made(2, dimension="setting_family", errors=np.tile([0.02, 0.0, 30.0, 1.0], (2, 1))), parts=("one", "two")
    )
    errors = np.array([[0.5, 0.0, 1.0, 1.0]] * 2 + [[0.01, 0.0, 30.0, 1.0]] * 2)
    return made(4, errors=errors, family=("one", "one", "two", "two"), families=by_family)


def test_kinds_turn_into_one_another_and_leave_their_family_as_it_was() -> None:
    """Shares add up in every future; the family of kinds that turn is as certain as families are; any range of futures can be drawn."""
    law = shares_ahead.law("302", np.full(4, 1e5), families(), since=0, years=2, seed=1)
    drawn = law.draw(0, 4000)
    assert drawn.sum(axis=2) == pytest.approx(np.ones((4000, 2)))
    assert np.array_equal(law.draw(100, 130), drawn[100:130])
    together = np.log(drawn[:, 0, :2].sum(axis=1) / drawn[:, 0, 2:].sum(axis=1))
    one, other = np.log(drawn[:, 0, 0] / drawn[:, 0, 1]), np.log(drawn[:, 0, 2] / drawn[:, 0, 3])
    assert together.std() == pytest.approx(2.0 * 0.02, rel=0.1)
    assert np.subtract(*np.quantile(one, [0.9, 0.1])) > 20 * np.subtract(*np.quantile(other, [0.9, 0.1]))
    assert np.abs(np.corrcoef(together, other)[0, 1]) < 0.05


def test_every_kind_is_in_one_family() -> None:
    """Families add up to the whole whatever kinds a history has."""
    parts = ("alternative_provision", "mainstream", "sen_unit", "special_state")
    family = composition_families.names(parts)
    once, member = composition_families.members(family)
    assert family == ("alternative_provision", "mainstream_schools", "mainstream_schools", "special_schools")
    assert once == ("alternative_provision", "mainstream_schools", "special_schools")
    assert member.sum(axis=1) == pytest.approx(np.ones(4))
    assert composition_families.members(composition_families.names(("sen_unit",)))[0] == ("mainstream_schools",)
    every = [kind for kinds in composition_families.FAMILIES.values() for kind in kinds]
    assert len(every) == len(set(every))


def relabelled(how_often: float) -> Shares:
    """150 authorities in eight Januaries, of whose returns some tell units as bases from then on; all else moves by 3% a year."""
    chance = generator(8, "test.relabelled", int(100 * how_often))
    parts = ("mainstream", "resourced_provision", "sen_unit", "special_state")
    logs = np.tile(np.log([0.5, 0.06, 0.04, 0.4]), (150, 1))
    of = np.empty((150, 8, 4))
    for year in range(8):
        logs = logs + 0.03 * chance.standard_normal((150, 4))
        here = np.exp(logs)
        turns = chance.random(150) < how_often
        here[turns, 1], here[turns, 2] = here[turns, 1] + 0.9 * here[turns, 2], 0.1 * here[turns, 2]
        logs, of[:, year] = np.log(here), here / here.sum(axis=1, keepdims=True)
    plans = np.full((150, 8), 3000.0)
    codes = tuple(f"{number:03d}" for number in range(150))
    return Shares(
        dimension="setting", parts=parts, codes=codes, years=tuple(range(2017, 2025)), of=of, plans=plans,
        england=of.mean(axis=0), doubted=(),
    )  # fmt: skip


def test_relabelled_returns_lengthen_the_tails_of_kinds_and_not_those_of_families() -> None:
    """One return in twelve tells units as bases: tails become longer, and families stay as certain as they were."""
    quiet, loud = fit(relabelled(0.0)), fit(relabelled(1 / 12))
    assert quiet is not None
    assert loud is not None
    assert quiet.families is not None
    assert loud.families is not None
    unit = loud.parts.index("sen_unit")
    assert quiet.errors[unit, 2] > 8
    assert loud.errors[unit, 2] < 2.5
    assert loud.families.errors[:, 0] == pytest.approx(quiet.families.errors[:, 0], rel=0.35)
