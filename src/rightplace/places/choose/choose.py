"""One child's ranked settings: the family's preferences first, each with every test, what it costs and what the law asks."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.area.record import Area
from rightplace.casework.placement import TestOutcome
from rightplace.casework.terms import RightsHolder
from rightplace.errors import UserError
from rightplace.places.choose import law as placement_law
from rightplace.places.choose.choice import Child, Choice, Cost, Journey, Option, ToShow
from rightplace.places.choose.doubts import doubts, missing
from rightplace.places.choose.outcomes import outcomes
from rightplace.places.choose.prepare import Prepared, prepare
from rightplace.places.choose.sums import Sums, cheapest, sums
from rightplace.places.fit.fit import Fit, fit
from rightplace.places.fit.outcome import BARRING, BARS
from rightplace.places.travel.law import eligible
from rightplace.places.travel.transport import Mode, with_assistant
from rightplace.places.travel.travel import Basis, Travel

OF_A_KIND: Final = 3
"""Most options of one kind of setting shown that the family does not ask for."""
OTHERS: Final = 12
"""Most options shown that the family does not ask for."""

_RESTS_ON: Final = {
    Basis.UNKNOWN: "not known",
    Basis.STRAIGHT: "the straight line and a detour factor",
    Basis.ROADS: "the road network",
    Basis.MEASURED: "the area's measured journeys",
}


def choose(
    area: Area,
    person_id: str,
    *,
    september: int | None = None,
    travel: Travel | None = None,
    prepared: Prepared | None = None,
) -> Choice:
    """A child's options for a September, ranked; see :class:`~rightplace.places.choose.choice.Choice`. It decides nothing.

    Settings the family asks for come first, in its order; then where the child is, if it goes on; then those with the fewest tests not
    met, the cheapest and nearest first. ``prepared`` (:func:`~rightplace.places.choose.prepare.prepare`) saves work where many are asked
    about. Raises ``UserError`` where nobody has that number, with those like it.
    """
    ready = prepared or prepare(area, september=september, roads=travel, about=person_id)
    child = _row(ready, person_id)
    every = sums(ready, child)
    ranked = _ranked(ready, child, every)
    least = cheapest(every)
    about = _child(ready, child)
    names, setting_ids = ready.coded.bases["name"], ready.coded.bases["setting_id"]
    known = outcomes(ready.area["setting_outcomes"], [setting_ids[base] for base, _ in ranked])
    options = tuple(
        replace(option, outcomes=known.get(option.setting_id, ()))
        for option in (_option(ready, child, base, rank, every, least, about.decided_for) for base, rank in ranked)
    )
    return Choice(
        child=about,
        september=ready.september,
        options=options,
        cheapest=None if least is None else str(names[least]),
        not_found=_not_found(ready, child),
        missing=missing(ready, child),
        doubts=doubts(ready, options, None if least is None else int(every.doubts[least])),
        if_not_named=placement_law.not_asked_for(about.decided_for),
        left_out=_left_out(every),
        bases=ready.coded.bases.height,
    )


def _row(ready: Prepared, person_id: str) -> int:
    row = ready.row(person_id)
    if row is not None:
        return row
    near = get_close_matches(person_id, ready.people.to_list(), n=3, cutoff=0.7)
    action = (
        f"Is it {' or '.join(near)}?" if near else "The census table of the area record lists everyone's person_id."
    )
    raise UserError(
        f"Nobody with an EHC plan that is in place in September {ready.september} has the number {person_id!r}.",
        where="person",
        action=action,
    )


def _child(ready: Prepared, row: int) -> Child:
    known = ready.coded.children.row(row, named=True)
    now = int(ready.coded.kids.now[row])
    setting = known["now_setting_id"]
    return Child(
        person_id=known["person_id"],
        year_group=known["year_group"],
        need=known["need"],
        second_need=known["second_need"],
        provision=tuple(known["provision"]),
        now=str(ready.coded.bases["name"][now]) if now >= 0 else setting or known["now_kind"],
        why=known["why"],
        decided_for=placement_law.decided_for(ready.born(known["person_id"]), known["year_group"], ready.september),
    )


def _ranked(ready: Prepared, child: int, every: Sums) -> list[tuple[int, int | None]]:
    """Rows of bases to show, each with the family's rank or None."""
    asked = ready.asked
    span = slice(int(asked.start[child]), int(asked.start[child + 1]))
    wanted = list(zip(asked.base[span].tolist(), asked.rank[span].tolist(), strict=True))
    # Of a setting's bases, asked for as one, those that something rules out come after the rest.
    first: list[tuple[int, int | None]] = sorted(
        wanted, key=lambda pair: (pair[1], bool(every.barred[pair[0]]), pair[0])
    )
    shown = {base for base, _ in first}
    now = int(ready.coded.kids.now[child])
    if now >= 0 and now not in shown and not every.barred[now]:
        first.append((now, None))
        shown.add(now)
    kinds: dict[str, int] = {}
    names = ready.coded.bases["setting_kind"]
    others = 0
    for base in _order(every):
        if every.barred[base] or others == OTHERS:
            break
        kind = names[int(base)]
        if base in shown or kinds.get(kind, 0) == OF_A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        first.append((int(base), None))
        others += 1
    return first


def _order(every: Sums) -> npt.NDArray[np.int64]:
    """Bases with nothing barring first; then the fewest tests not met, the cheapest and the nearest."""
    count = np.bitwise_count(every.against)
    far = np.nan_to_num(every.minutes, nan=np.inf)
    return np.lexsort((far, np.nan_to_num(every.total, nan=np.inf), count, every.barred))


def _option(
    ready: Prepared, child: int, base: int, rank: int | None, every: Sums, least: int | None, holder: RightsHolder
) -> Option:
    place = ready.coded.bases.row(base, named=True)
    found = fit(ready.coded, child, base)
    cost = every.cost(base, least, place["cost_basis"])
    tests_of_law: tuple[TestOutcome, ...] = ()
    to_refuse: tuple[ToShow, ...] = ()
    if rank is not None:
        tests_of_law, to_refuse = placement_law.asked_for(
            place["name"],
            place["status"],
            place["setting_kind"],
            place["section_41"],
            found.tests,
            _money(cost),
            holder,
        )
    return Option(
        setting_id=place["setting_id"],
        base=place["base"],
        name=place["name"],
        setting_kind=place["setting_kind"],
        status=place["status"],
        preference=rank,
        now=int(ready.coded.kids.now[child]) == base,
        suitable=found.suitable,
        tests=found.tests,
        journey=_journey(ready, child, found),
        cost=cost,
        outcomes=(),
        law=tests_of_law,
        to_refuse=to_refuse,
    )


def _journey(ready: Prepared, child: int, found: Fit) -> Journey:
    kids = ready.coded.kids
    year = int(kids.year_group[child])
    mode = found.mode
    return Journey(
        km=found.km,
        minutes=found.minutes,
        rests_on=_RESTS_ON[Basis(found.basis)],
        mode=mode,
        assistant=mode is not None
        and mode >= Mode.MINIBUS
        and with_assistant(int(mode), year, bool(kids.assistant[child])),
        eligible=eligible(found.km, year, ready.coded.travel.law),
    )


def _money(cost: Cost) -> str:
    if cost.total_gbp is None:
        return "Its public cost is not known, so it cannot be set against another."
    more = cost.more_than_cheapest_gbp
    if more is None:
        return f"About £{cost.total_gbp:,.0f} a year; there is nothing to set it against."
    if more <= 0:
        return f"About £{cost.total_gbp:,.0f} a year, no dearer than any other with nothing known against it."
    return f"About £{cost.total_gbp:,.0f} a year, £{more:,.0f} more than the cheapest with nothing known against it."


def _not_found(ready: Prepared, child: int) -> tuple[str, ...]:
    """Preferences for settings or bases that the register does not hold."""
    asked = ready.coded.children["preferences"][child].to_list()
    span = slice(int(ready.asked.start[child]), int(ready.asked.start[child + 1]))
    found = set(ready.asked.rank[span].tolist())
    return tuple(key.rstrip("/") for rank, key in enumerate(asked, start=1) if rank not in found)


def _left_out(every: Sums) -> dict[str, int]:
    """How many bases each barring test keeps off, counted by the first that does."""
    left = every.against & BARS
    out = {}
    for test in BARRING:
        hit = (left & test.bit) > 0
        out[test.name.lower()] = int(hit.sum())
        left = np.where(hit, 0, left)
    return out
