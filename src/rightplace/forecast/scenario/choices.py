"""The ``assumptions`` of a scenario file: trends chosen as ranges, each with a reason and a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rightplace.forecast.chosen import DAMPING, JOINING_GROWTH, KINDS, LEAVING_GROWTH, Chosen
from rightplace.forecast.scenario import words
from rightplace.forecast.scenario.description import OWN
from rightplace.forecast.scenario.words import NotUnderstood, Wrong, fact, near

_KEYS: Final = ("assume", "is", "reason", "source")
_WHAT: Final = {
    "assume": f"one of {', '.join(KINDS)}",
    "is": "a value or a range, like {low: 2%, high: 6%}",
    "reason": "the reason: why it may be expected",
    "source": "the source: who says so, or whose judgement it is",
}
LIMITS: Final = {JOINING_GROWTH: (-0.5, 0.5), LEAVING_GROWTH: (-0.5, 0.5), DAMPING: (0.0, 1.0)}
"""Values outside these are slips of the pen: in no year since 2009 have England's new plans risen by a third."""


def choices(given: object, wrong: Wrong) -> tuple[Chosen, ...]:
    """The choices of a file; what is wrong is added to ``wrong``. Two of one kind contradict one another."""
    if not isinstance(given, list):
        wrong.append(("assumptions", "this is not a list", "Begin each assumption with a dash."))
        return ()
    found = [_choice(entry, f"assumption {place}", wrong) for place, entry in enumerate(given, start=1)]
    made = [one for one in found if one]
    for kind in KINDS:
        if sum(one.kind == kind for one in made) > 1:
            wrong.append(("assumptions", f"{kind} is chosen more than once", "Keep one of them."))
    return tuple(made)


def _choice(entry: object, place: str, wrong: Wrong) -> Chosen | None:
    before = len(wrong)
    if not isinstance(entry, Mapping):
        wrong.append((place, "this is not an assumption", "Give assume, is, reason and source."))
        return None
    facts: dict[str, Any] = {str(key).strip(): value for key, value in entry.items()}
    wrong += [(place, f"{key!r} is not known here", f"Use {', '.join(_KEYS)}.") for key in facts if key not in _KEYS]
    wrong += [(place, f"“{key}” is missing", f"Give {_WHAT[key]}.") for key in _KEYS if key not in facts]
    kind = fact(facts, "assume", _kind, place, wrong)
    ends = fact(facts, "is", words.ends, place, wrong)
    reason, source = (fact(facts, key, words.text, place, wrong) for key in ("reason", "source"))
    if kind and ends:
        _absurd(kind, ends, place, wrong)
    if len(wrong) > before:
        return None
    return Chosen(kind=kind, low=ends[0], high=ends[1], reason=reason, source=source, owner=OWN)


def _absurd(kind: str, ends: tuple[float, float], place: str, wrong: Wrong) -> None:
    """A range that is upside down, or beyond what can be meant."""
    (low, high), (least, most) = ends, LIMITS[kind]
    if low > high:
        wrong.append(
            (place, f"the range is upside down, from {low:g} to {high:g}", f"Write {{low: {high:g}, high: {low:g}}}.")
        )
    if low < least or high > most:
        what = f"{kind} cannot be {low if low < least else high:g}"
        wrong.append((place, what, f"Give a value from {least:g} to {most:g}; 5% and 0.05 are the same."))


def _kind(given: object) -> str:
    said = str(given).strip().casefold().replace("_", " ")
    if said in KINDS:
        return said
    raise NotUnderstood(f"no assumption that can be chosen is called {given!r}", near(said, tuple(KINDS)))
