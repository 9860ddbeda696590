"""Which bases to keep of all that could take a child, for a whole cohort: compiled."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.fit.coded import Kids, Places
from rightplace.places.fit.kernel import age, need, provision, sets, sex, tested, walking_km
from rightplace.places.travel.speed import Speeds
from rightplace.places.travel.transport import Tariff, annual_gbp, mode_of, with_assistant
from rightplace.places.travel.travel import Ways, driven, straight_km

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Small = npt.NDArray[np.int16]
Bits = npt.NDArray[np.uint16]

_FAR: Final = 1e7
_DEAR: Final = 1e9
_NEEDS: Final = 32
_SEXES: Final = 4
_YEARS_FROM: Final = 4
_YEARS: Final = 32


@compiled
def choose_bases(
    kids: Kids, places: Places, ways: Ways, pace: Speeds, cost: Tariff, walking: tuple[float, float],
    guide: tuple[float, float], price: Floats, asked_start: Whole, asked_base: Rows, asked_rank: Small, most: int,
) -> tuple[Rows, Rows, Floats, Floats, Floats, Small, Bits, Bits]:  # fmt: skip
    """Child and base of each pair kept, kilometres, minutes, pounds of transport, rank (0 none), doubts and tests against."""
    count = len(kids.year_group)
    base, rank = np.empty((count, most), np.int32), np.zeros((count, most), np.int16)
    kept = np.zeros(count, np.int64)
    group = _groups(kids)
    start, able = _able(kids, places, group)
    near, near_value = np.empty(most, np.int32), np.empty(most)
    cheap, cheap_value = np.empty(most, np.int32), np.empty(most)
    for child in range(count):
        n = _asked(kids, places, child, asked_start, asked_base, asked_rank, base[child], rank[child], most)
        fitting = able[start[group[child]] : start[group[child] + 1]]
        found = _best(
            kids, places, ways, pace, cost, walking, price, child, fitting, near, near_value, cheap, cheap_value
        )  # fmt: skip
        kept[child] = _by_turns(near, cheap, found, base[child], n, most)
    return _described(kids, places, ways, pace, cost, walking, guide, base, rank, kept)


@compiled
def every_base(
    kids: Kids, places: Places, ways: Ways, pace: Speeds, cost: Tariff, walking: tuple[float, float],
    guide: tuple[float, float], child: int,
) -> tuple[Floats, Floats, Floats, Bits, Bits]:  # fmt: skip
    """One child against every base: kilometres, minutes, pounds of transport, doubts and tests against."""
    count = len(places.low)
    km, minutes, fare = np.empty(count), np.empty(count), np.empty(count)
    way, results = np.empty(count, np.int32), np.empty(count, np.int32)
    doubts, against = np.empty(count, np.uint16), np.empty(count, np.uint16)
    every = np.arange(count).astype(np.int32)
    tested(kids, places, ways, pace, walking, guide, child, every, km, minutes, way, results)
    for b in range(count):
        fare[b] = _fare(way[b] >> 2, km[b], kids.year_group[child], kids.assistant[child], cost, pace)
        doubts[b], against[b] = sets(results[b])
    return km, minutes, fare, doubts, against


@compiled
def _fare(mode: int, km: float, year: int, needs_one: int, cost: Tariff, pace: Speeds) -> float:
    """Pounds a year of transport; not a number where the way is not known."""
    if mode < 0:
        return np.nan
    return annual_gbp(mode, km, with_assistant(mode, year, needs_one == 1), cost, pace)


@compiled
def _groups(kids: Kids) -> Whole:
    """A number for each year group, need and sex, which decide all but what section F names and where the child is."""
    out = np.empty(len(kids.year_group), np.int64)
    for child in range(len(out)):
        out[child] = ((kids.year_group[child] + _YEARS_FROM) * _NEEDS + kids.need[child]) * _SEXES + kids.sex[child]
    return out


@compiled
def _able(kids: Kids, places: Places, group: Whole) -> tuple[Whole, Rows]:
    """For each group of children, the bases that no test of age, need or sex is against: starts and bases."""
    groups = _YEARS * _NEEDS * _SEXES
    one = np.full(groups, -1, np.int64)
    for child in range(len(group)):
        one[group[child]] = child
    start = np.zeros(groups + 1, np.int64)
    able = np.empty(np.sum(one >= 0) * len(places.low), np.int32)
    n = 0
    for g in range(groups):
        child = one[g]
        if child >= 0:
            for b in range(len(places.low)):
                set_up = need(kids.need[child], places.how_needs[b], places.needs[b], False) != 2  # noqa: FBT003
                right_age = age(kids.year_group[child], places.low[b], places.high[b]) != 2
                if set_up and right_age and sex(kids.sex[child], places.sex[b]) != 2:
                    able[n] = b
                    n += 1
        start[g + 1] = n
    return start, able[:n]


@compiled
def _lacks(kids: Kids, places: Places, child: int, base: int) -> bool:
    """Whether a base that says what it offers does not offer all that section F names."""
    if places.provides_stated[base] == 0:
        return False
    lacking = np.uint64(0)
    for word in range(kids.provision.shape[1]):
        lacking |= kids.provision[child, word] & ~places.provides[base, word]
    return bool(lacking != 0)


@compiled
def _barred(kids: Kids, places: Places, child: int, base: int) -> bool:
    """Whether a test that bars is not met: age, need, provision or sex."""
    here = kids.now[child] == base
    lacking = _lacks(kids, places, child, base)
    return (
        age(kids.year_group[child], places.low[base], places.high[base]) == 2
        or sex(kids.sex[child], places.sex[base]) == 2
        or need(kids.need[child], places.how_needs[base], places.needs[base], here) == 2
        or provision(True, True, lacking, here) == 2  # noqa: FBT003
    )


@compiled
def _asked(
    kids: Kids, places: Places, child: int, start: Whole, asked: Rows, ranks: Small, base: Rows, rank: Small, most: int
) -> int:
    """Put what the family asks for first, in its order, and where the child is now, unless barred."""
    n = 0
    now = kids.now[child]
    room_for_now = 1 if now >= 0 and not _barred(kids, places, child, now) else 0
    for at in range(start[child], start[child + 1]):
        if asked[at] == now:
            room_for_now = 0
        if n + room_for_now < most and not _barred(kids, places, child, asked[at]):
            base[n], rank[n] = asked[at], ranks[at]
            n += 1
    if room_for_now and n < most:
        base[n] = now
        n += 1
    return n


@compiled
def _best(
    kids: Kids, places: Places, ways: Ways, pace: Speeds, cost: Tariff, walking: tuple[float, float], price: Floats,
    child: int, fitting: Rows, near: Rows, near_value: Floats, cheap: Rows, cheap_value: Floats,
) -> int:  # fmt: skip
    """The nearest and the cheapest of the bases that fit, in order. Gives how many of each there are."""
    year, code, home = kids.year_group[child], kids.need[child], ways.home[child]
    x, y = ways.home_x[child], ways.home_y[child]
    cannot_walk, needs_one = kids.cannot_walk[child] == 1, kids.assistant[child]
    limit = walking_km(year, walking)
    wanted = np.any(kids.provision[child] != 0)
    # Arrays are taken out of their tuples before the loop: in it, each taking costs more than the arithmetic.
    base_x, base_y, kind = ways.base_x, ways.base_y, places.travel_kind
    table_km, table_minutes = ways.km, ways.minutes
    found, most = 0, len(near)
    for b in fitting:
        if wanted and _lacks(kids, places, child, b):
            continue
        if home < 0:
            km = straight_km(x - base_x[b], y - base_y[b], pace)
        else:
            km, _, _ = driven(table_km, table_minutes, 0, home, b, x - base_x[b], y - base_y[b], pace)
        fare, far, place = _FAR, _FAR, price[b, code]
        if not np.isnan(km):
            fare = _fare(mode_of(km, limit, year, kind[b], cannot_walk), km, year, needs_one, cost, pace)
            far = km
        dear = (_DEAR if np.isnan(place) else place) + fare
        if found < most or far < near_value[most - 1]:
            _insert(near, near_value, found, far, b)
        if found < most or dear < cheap_value[most - 1]:
            found = _insert(cheap, cheap_value, found, dear, b)
    return found


@compiled
def _insert(which: Rows, value: Floats, count: int, new: float, b: int) -> int:
    """Keep the smallest values in order among the first ``count``; of equal ones the first to come. Gives the new count."""
    at = count
    if count == len(value):
        if new >= value[count - 1]:
            return count
        at = count - 1
    else:
        count += 1
    while at > 0 and value[at - 1] > new:
        value[at], which[at] = value[at - 1], which[at - 1]
        at -= 1
    value[at], which[at] = new, b
    return count


@compiled
def _by_turns(near: Rows, cheap: Rows, found: int, base: Rows, n: int, most: int) -> int:
    """Fill a child's row with the nearest and the cheapest by turns, leaving out those it has. Gives how many it has."""
    for at in range(found):
        for b in (near[at], cheap[at]):
            if n == most:
                return n
            there = False
            for before in range(n):
                there = there or base[before] == b
            if not there:
                base[n] = b
                n += 1
    return n


@compiled
def _described(
    kids: Kids, places: Places, ways: Ways, pace: Speeds, cost: Tariff, walking: tuple[float, float],
    guide: tuple[float, float], base: Rows, rank: Small, kept: Whole,
) -> tuple[Rows, Rows, Floats, Floats, Floats, Small, Bits, Bits]:  # fmt: skip
    """The pairs kept, one after another and by base, with their journey and the sets of tests."""
    total = kept.sum()
    child_of, base_of, rank_of = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int16)
    km, minutes, fare = np.empty(total), np.empty(total), np.empty(total)
    way, results = np.empty(total, np.int32), np.empty(total, np.int32)
    doubts, against = np.empty(total, np.uint16), np.empty(total, np.uint16)
    end = 0
    for child in range(len(kept)):
        begin, end = end, end + kept[child]
        order = np.argsort(base[child, : kept[child]])
        for at in range(kept[child]):
            child_of[begin + at] = child
            base_of[begin + at], rank_of[begin + at] = base[child, order[at]], rank[child, order[at]]
        tested(
            kids, places, ways, pace, walking, guide, child, base_of[begin:end], km[begin:end], minutes[begin:end],
            way[begin:end], results[begin:end],
        )  # fmt: skip
        for at in range(begin, end):
            fare[at] = _fare(way[at] >> 2, km[at], kids.year_group[child], kids.assistant[child], cost, pace)
            doubts[at], against[at] = sets(results[at])
    return child_of, base_of, km, minutes, fare, rank_of, doubts, against
