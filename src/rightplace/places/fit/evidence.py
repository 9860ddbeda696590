"""The evidence for each test of fit, in a sentence a family can read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from rightplace.casework.placement import Result
from rightplace.places.fit.facts import Facts
from rightplace.places.fit.outcome import Test
from rightplace.places.travel.travel import Basis
from rightplace.vocabulary import year_group as year_groups
from rightplace.vocabulary.need import Need

_MET, _NOT = Result.MET, Result.NOT_MET
_TAKES: Final = {"M": "boys", "F": "girls", "X": "girls and boys"}
_RESTS: Final = {
    Basis.STRAIGHT: "estimated from the straight line",
    Basis.ROADS: "by the road network",
    Basis.MEASURED: "measured",
}


def evidence(test: Test, result: Result, known: Facts) -> str:
    """A sentence that says what a test's result rests on, or what is not known."""
    return _WORDS[test](result, known)


def _age(result: Result, known: Facts) -> str:
    place = _group(known.child["year_group"])
    low, high = known.base["low_year_group"], known.base["high_year_group"]
    if low is None and high is None:
        return f"The year groups it takes are not recorded; the place is for {place}."
    first = "a year group not recorded" if low is None else _group(low)
    last = "a year group not recorded" if high is None else _group(high)
    return f"It takes {first} to {last}; the place is for {place}."


def _group(year_group: int) -> str:
    """What people call a year group, in a sentence: "Year 7", "age 19"."""
    return year_groups.label(year_group).replace("Aged", "age")


def _need(result: Result, known: Facts) -> str:
    return _of_need(result, known, known.child["need"], "primary")


def _second_need(result: Result, known: Facts) -> str:
    second = known.child["second_need"]
    if second is None:
        return "No secondary need is recorded."
    return _of_need(result, known, second, "secondary")


def _of_need(result: Result, known: Facts, code: str, rank: str) -> str:
    if code == Need.NOT_RECORDED:
        return f"The {rank} need is not recorded on the plan, so this cannot be tested."
    name, needs = _label(code), known.base["needs"]
    if not needs:
        everyone = f"It is for children of any need, {name} among them; whether it can meet this child's is for the plan to say."
        unsaid = f"What needs it is set up for is not recorded; the {rank} need is {name}."
        return everyone if result is _MET else unsaid
    if result is _MET:
        return f"It is set up for {name}."
    return _other_need(result, known, name)


def _other_need(result: Result, known: Facts, name: str) -> str:
    listed = _list([_label(each) for each in known.base["needs"]])
    if result is _NOT:
        return f"It is set up for {listed}, and not for {name}."
    if known.here:
        return f"It is set up for {listed} and not {name}, yet the child is taught there now: ask how well that serves."
    return f"It is set up for {listed}; whether it can meet {name} has to be asked."


def _provision(result: Result, known: Facts) -> str:
    wanted, offered = known.child["provision"], known.base["provides"]
    if not wanted:
        return "What provision section F names is not in the record."
    if not offered:
        return f"What it can provide is not recorded; section F names {_list(wanted)}."
    lacking = [each for each in wanted if each not in offered]
    if not lacking:
        return f"It offers {_list(wanted)}."
    words = f"It does not say that it offers {_list(lacking)}, which section F names"
    return f"{words}; the child is taught there now, so ask how it is provided." if known.here else f"{words}."


def _places(result: Result, known: Facts) -> str:
    capacity, roll = known.base["capacity"], known.base["roll"]
    if known.here:
        return "The child has a place there now."
    if capacity is None:
        return f"How many places it has for children and young people with plans is {known.base['capacity_basis']}."
    if roll is None:
        return f"It has {capacity} places; how many are taken is not known."
    leaving = known.ours_now - known.ours_staying
    words = f"It has {capacity} places and {roll} on roll; {leaving} of ours are due to leave or move"
    if result is _MET:
        return f"{words}, so {known.free} should be free."
    over = -(known.free or 0)
    tail = f", which leaves it {over} over" if over else ", which leaves none free"
    return f"{words}{tail}. Being full does not by itself make a refusal lawful."


def _distance(result: Result, known: Facts) -> str:
    if known.km is None or known.minutes is None:
        home = known.child["easting"] is None and known.child["neighbourhood_id"] is None
        missing = (
            "the child's home" if home else "its place on the map" if known.base["easting"] is None else "a way there"
        )
        return f"The journey is not known, because {missing} is not."
    shown = math.floor(known.minutes) if result is _MET else math.ceil(known.minutes)
    words = f"About {known.km:.1f} km and {shown} minutes each way ({_RESTS[Basis(known.basis)]})"
    if result is _MET:
        return f"{words}, within the {known.guide:.0f} minutes of guidance."
    if result is Result.UNKNOWN:
        return f"{words}, over the {known.guide:.0f} minutes of guidance; it boards, and how often they would travel is not known."
    return f"{words}, over the {known.guide:.0f} minutes of guidance."


def _sex(result: Result, known: Facts) -> str:
    takes = _TAKES.get(known.base["sex"] or "")
    if takes is None:
        return "Whether it takes girls, boys or both is not recorded."
    if result is Result.UNKNOWN:
        return f"It takes {takes} only; the child's sex is not recorded."
    return f"It takes {takes}."


def _peers(result: Result, known: Facts) -> str:
    if known.child["need"] == Need.NOT_RECORDED:
        return "The child's need is not recorded, so who is like them cannot be said."
    name = _label(known.child["need"])
    if result is _MET:
        who = "child" if known.peers == 1 else "children"
        return f"{known.peers} {who} of this area with {name}, within two years of age, will be there."
    if result is _NOT:
        return f"Everyone on its roll is of this area, and nobody within two years of age has {name}."
    return f"Nobody of this area with {name} and within two years of age will be there; others' children are not in the record."


def _continuity(result: Result, known: Facts) -> str:
    if known.child["now_setting_id"] == known.base["setting_id"]:
        return "The child is at this setting now."
    if known.siblings_here:
        return "A brother or sister with a plan will be there."
    if result is _NOT:
        return "It would be a new setting, and no brother or sister with a plan will be there."
    return "It would be a new setting; whether a brother or sister goes there is not in the record."


_WORDS: Final[dict[Test, Callable[[Result, Facts], str]]] = {
    Test.AGE: _age,
    Test.NEED: _need,
    Test.SECOND_NEED: _second_need,
    Test.PROVISION: _provision,
    Test.PLACES: _places,
    Test.DISTANCE: _distance,
    Test.SEX: _sex,
    Test.PEERS: _peers,
    Test.CONTINUITY: _continuity,
}


def _label(code: str) -> str:
    labels = Need.labels()
    return labels[code].lower() if code in labels else code


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
