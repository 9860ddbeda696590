"""Whole numbers by largest remainder against the first apportionment by it, and a textbook vote."""

from __future__ import annotations

from fractions import Fraction

from rightplace.places.sharing.rounding import whole

CENSUS_1790 = {
    "Connecticut": (236_841, 8), "Delaware": (55_540, 2), "Georgia": (70_835, 2), "Kentucky": (68_705, 2),
    "Maryland": (278_514, 9), "Massachusetts": (475_327, 16), "New Hampshire": (141_822, 5), "New Jersey": (179_570, 6),
    "New York": (331_589, 11), "North Carolina": (353_523, 12), "Pennsylvania": (432_879, 14),
    "Rhode Island": (68_446, 2), "South Carolina": (206_236, 7), "Vermont": (85_533, 3), "Virginia": (630_560, 21),
}  # fmt: skip


def _whole(people: list[int], pot: int, names: list[str]) -> list[int]:
    return whole([Fraction(pot * each, sum(people)) for each in people], names)


def test_hamiltons_bill_of_1792() -> None:
    """Hamilton's own 120 seats from the census of 1790 (Balinski and Young, Fair Representation, 1982, the vetoed bill)."""
    people = [each[0] for each in CENSUS_1790.values()]
    assert _whole(people, 120, list(CENSUS_1790)) == [each[1] for each in CENSUS_1790.values()]


def test_a_textbook_vote() -> None:
    """Ten seats for six lists by the Hare quota, the worked example that accounts of the method use."""
    votes = {"Yellow": 47_000, "White": 16_000, "Red": 15_900, "Green": 12_000, "Blue": 6_000, "Pink": 3_100}
    assert _whole(list(votes.values()), 10, list(votes)) == [5, 2, 1, 1, 1, 0]
