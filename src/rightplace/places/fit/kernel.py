"""The tests of fit on numbers: each gives 0 unknown, 1 met or 2 not met. The only definition there is of any of them.

Where a child is now is evidence (``here``): a base that says nothing of a child's need or provision, or says otherwise,
and teaches the child today is asked about and not ruled out. The functions take plain numbers, because passing arrays
about costs more than the tests themselves.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.fit.coded import LOOSE, UNKNOWN, Kids, Places
from rightplace.places.fit.outcome import Test
from rightplace.places.travel.speed import Speeds
from rightplace.places.travel.transport import minutes_of, mode_of
from rightplace.places.travel.travel import Ways, driven
from rightplace.vocabulary import year_group as year_groups

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int32]
Sets = npt.NDArray[np.uint64]

_UNKNOWN: Final = UNKNOWN
_LOOSE_BITS: Final = sum(1 << each for each in LOOSE)
_NOT_RECORDED: Final = LOOSE[-1]
_FIRST: Final = year_groups.FIRST
_SECONDARY: Final = 7
_EIGHT: Final = 4
_BOTH: Final = 3
_TESTS: Final = len(Test)
_AGE, _NEED, _SECOND, _PROVISION, _PLACES, _DISTANCE, _SEX, _PEERS, _CONTINUITY = (2 * int(test) for test in Test)


@compiled
def age(year: int, low: int, high: int) -> int:
    """Whether the base takes the year group."""
    if (low != _UNKNOWN and year < low) or (high != _UNKNOWN and year > high):
        return 2
    return 0 if low == _UNKNOWN or high == _UNKNOWN else 1


@compiled
def need(code: int, how: int, bits: int, here: bool) -> int:  # noqa: FBT001
    """Whether the base is set up for a need. ``how``: 0 not stated, 1 stated in ``bits``, 2 for any need."""
    if code == _NOT_RECORDED or how == 0:
        return 0
    if how == 2 or bits >> code & 1:
        return 1
    return 0 if here or _LOOSE_BITS >> code & 1 else 2


@compiled
def second_need(code: int, how: int, bits: int) -> int:
    """Whether the base is set up for the secondary need: one set up for the primary need alone is asked about."""
    if code < 0:
        return 1
    return 1 if need(code, how, bits, True) == 1 else 0  # noqa: FBT003


@compiled
def provision(wanted: bool, stated: bool, lacking: bool, here: bool) -> int:  # noqa: FBT001
    """Whether the base can make what section F names."""
    if not wanted or not stated:
        return 0
    if not lacking:
        return 1
    return 0 if here else 2


@compiled
def room(free: int, here: bool) -> int:  # noqa: FBT001
    """Whether there is a place, or the child has one."""
    if here:
        return 1
    if free == _UNKNOWN:
        return 0
    return 1 if free > 0 else 2


@compiled
def sex(child: int, takes: int) -> int:
    """Whether the base takes girls, boys or both."""
    if takes == _BOTH:
        return 1
    if takes == 0 or child == 0:
        return 0
    return 1 if takes == child else 2


@compiled
def peers(code: int, count: int, all_ours: bool) -> int:  # noqa: FBT001
    """Whether others of the area with the need and within two year groups will be there. Others' children are not seen."""
    if code == _NOT_RECORDED:
        return 0
    if count > 0:
        return 1
    return 2 if all_ours else 0


@compiled
def continuity(same_setting: bool, sibling: bool, family: bool) -> int:  # noqa: FBT001
    """Whether the child stays at the setting, or a brother or sister will be there."""
    if same_setting or sibling:
        return 1
    return 2 if family else 0


@compiled
def distance(minutes: float, guide: float, boards: bool) -> int:  # noqa: FBT001
    """Whether the journey is within the guide. Where it is not and the base boards, how often it is made is not known."""
    if np.isnan(minutes):
        return 0
    if minutes <= guide:
        return 1
    return 0 if boards else 2


@compiled
def walking_km(year: int, walking: tuple[float, float]) -> float:
    """The statutory walking distance, of those under eight and from eight."""
    return walking[0] if year < _EIGHT else walking[1]


@compiled
def _lacks(asked: Sets, offered: Sets) -> bool:
    """Whether some of what is asked is not offered, as bits."""
    lacking = np.uint64(0)
    for word in range(len(asked)):
        lacking |= asked[word] & ~offered[word]
    return bool(lacking != 0)


@compiled
def _among(each: int, settings: Rows) -> bool:
    """Whether a setting is among some."""
    found = False
    for setting in settings:
        found = found or setting == each
    return found


@compiled
def _travelled(
    far: float,
    by_car: float,
    basis: int,
    limit: float,
    year: int,
    kind: int,
    cannot_walk: bool,  # noqa: FBT001
    pace: Speeds,
) -> tuple[float, int]:
    """Minutes by the way a child is taken to travel, and that way times four with what the distance rests on."""
    if basis == 0:
        return np.nan, -4
    mode = mode_of(far, limit, year, kind, cannot_walk)
    return minutes_of(mode, far, by_car, pace), mode * 4 + basis


@compiled
def tested(
    kids: Kids, places: Places, ways: Ways, pace: Speeds, walking: tuple[float, float], guide: tuple[float, float],
    child: int, bases: Rows, km: Floats, minutes: Floats, way: Rows, results: Rows,
) -> None:  # fmt: skip
    """Test one child against some bases, filling in a place a base.

    ``km`` and ``minutes`` each way (not a number where unknown), ``way``: the way of travelling (-1 unknown) times four and what
    the distance rests on, ``results``: two bits a test, in the order of :class:`~rightplace.places.fit.outcome.Test`.
    """
    # Arrays are taken out of their tuples before the loop: in it, each taking costs more than the tests.
    low, high, needs, how, offered, stated, takes, free, setting, kind, boards, counts, all_ours = places
    home_x, home_y, base_x, base_y, homes, table_km, table_minutes, table = ways
    x, y, home = home_x[child], home_y[child], homes[child]
    year, now, code, asked = kids.year_group[child], kids.now[child], kids.need[child], kids.provision[child]
    siblings = kids.sibling[kids.sibling_start[child] : kids.sibling_start[child + 1]]
    most, limit = guide[0] if year < _SECONDARY else guide[1], walking_km(year, walking)
    stays, second, own_sex = kids.stays[child], kids.second[child], kids.sex[child]
    own_setting, cannot_walk, family = kids.now_setting[child], kids.cannot_walk[child] == 1, kids.family[child] == 1
    wanted = bool(np.any(asked != 0))
    for at in range(len(bases)):
        b = bases[at]
        here = now == b
        far, car, basis = driven(table_km, table_minutes, table, home, b, x - base_x[b], y - base_y[b], pace)
        km[at] = far
        minutes[at], way[at] = _travelled(far, car, basis, limit, year, kind[b], cannot_walk, pace)
        like = counts[b, code, year - _FIRST] - (1 if here and stays == 1 else 0)
        results[at] = (
            age(year, low[b], high[b]) << _AGE
            | need(code, how[b], needs[b], here) << _NEED
            | second_need(second, how[b], needs[b]) << _SECOND
            | provision(wanted, stated[b] == 1, _lacks(asked, offered[b]), here) << _PROVISION
            | room(free[b], here) << _PLACES
            | distance(minutes[at], most, boards[b] == 1) << _DISTANCE
            | sex(own_sex, takes[b]) << _SEX
            | peers(code, like, all_ours[b] == 1) << _PEERS
            | continuity(own_setting == setting[b], _among(setting[b], siblings), family) << _CONTINUITY
        )


@compiled
def sets(results: int) -> tuple[int, int]:
    """Bit sets of the tests that are unknown and of those not met, from the results of a pair."""
    unknown, against = 0, 0
    for test in range(_TESTS):
        result = results >> (2 * test) & 3
        if result == 0:
            unknown |= 1 << test
        elif result == 2:
            against |= 1 << test
    return unknown, against
