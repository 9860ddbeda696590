"""Scenarios from plain values, as a YAML or JSON file gives them, with every mistake named at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rightplace.forecast.scenario import words
from rightplace.forecast.scenario.choices import choices
from rightplace.forecast.scenario.contradictions import contradictions
from rightplace.forecast.scenario.description import RATES, Change, Scenario, mistakes_found
from rightplace.forecast.scenario.words import NEEDS, SETTINGS, NotUnderstood, Wrong, fact, near

_TOP: Final = ("scenario", "changes", "assumptions")
_KEYS: Final = (
    "name", "rate", "from", "until", "year groups", "needs", "settings", "to", "by", "times", "every year", "reason", "source",
)  # fmt: skip
_NEEDED: Final = ("rate", "from", "reason", "source")
LARGEST: Final = 10.0
"""A rate may be multiplied by this at most: more is a slip of the pen (30 for 30%)."""
LARGEST_IN_A_YEAR: Final = 2.0
"""The same for a change that acts again every year."""


def from_values(values: object, where: str = "") -> Scenario:
    """A scenario from the contents of a file; ``where`` names the file.

    Raises ``DataError`` for the mistakes in it, all at once: what is wrong, in which change, what to do. So are changes
    that contradict one another.
    """
    if not isinstance(values, Mapping) or not _has_something(values):
        what = "a scenario has a name and a list of changes, of assumptions, or of both"
        raise mistakes_found([("", what, "See “Try a scenario” in the documentation for an example.")], where)
    wrong: Wrong = [("", f"{key!r} is not known here", near(key, _TOP)) for key in values if key not in _TOP]
    name = fact(values, "scenario", words.text, "", wrong) if "scenario" in values else "Scenario"
    changes = [
        change(entry, f"change {place}", wrong) for place, entry in enumerate(values.get("changes", []), start=1)
    ]
    chosen = choices(values["assumptions"], wrong) if "assumptions" in values else ()
    made = [one for one in changes if one]
    if not wrong:
        wrong += contradictions(made)
    if wrong:
        raise mistakes_found(wrong, where)
    return Scenario(name=name, changes=tuple(made), assumptions=chosen)


def _has_something(values: Mapping[Any, Any]) -> bool:
    """Whether there are changes (a list of one or more, if any are given) or else assumptions."""
    if "changes" in values and not (isinstance(values["changes"], list) and values["changes"]):
        return False
    return bool(values.get("changes") or values.get("assumptions"))


def change(entry: object, place: str, wrong: Wrong) -> Change | None:
    """A change from its facts; None, with what is wrong added to ``wrong``, where they cannot be understood."""
    before = len(wrong)
    if not isinstance(entry, Mapping):
        wrong.append((place, "this is not a change", "Give its rate, from, by, reason and source."))
        return None
    facts: dict[Any, Any] = {str(key).strip().replace("_", " "): value for key, value in entry.items()}
    wrong += [(place, f"{key!r} is not known here", near(key, _KEYS)) for key in facts if key not in _KEYS]
    wrong += [(place, f"“{key}” is missing", f"Give {_WHAT[key]}.") for key in _NEEDED if key not in facts]
    rate = fact(facts, "rate", _rate, place, wrong)
    low, high = _factors(facts, place, wrong)
    made = {
        "start": fact(facts, "from", words.day, place, wrong),
        "until": fact(facts, "until", words.day, place, wrong),
        "year_groups": fact(facts, "year groups", words.year_groups, place, wrong) or (),
        "needs": fact(facts, "needs", lambda given: words.choices(given, NEEDS), place, wrong) or (),
        "settings": fact(facts, "settings", lambda given: words.choices(given, SETTINGS), place, wrong) or (),
        "to_settings": fact(facts, "to", lambda given: words.choices(given, SETTINGS), place, wrong) or (),
        "every_year": fact(facts, "every year", words.yes_or_no, place, wrong) or False,
        "reason": fact(facts, "reason", words.text, place, wrong),
        "source": fact(facts, "source", words.text, place, wrong),
    }
    _disagreements(rate, made, facts, place, wrong)
    if made["every_year"] and high > LARGEST_IN_A_YEAR:
        what = f"a rate that is multiplied by {high:g} every year grows out of all bounds"
        wrong.append((place, what, f"Give at most {LARGEST_IN_A_YEAR:g} times, and a day in “until”."))
    if len(wrong) > before:
        return None
    return Change(name=str(facts.get("name") or place), rate=str(rate), low=low, high=high, **made)


_WHAT: Final = {
    "rate": f"one of {', '.join(RATES)}",
    "from": "the day it starts, like 2028-09-01",
    "reason": "the reason: why this change may be expected",
    "source": "the source: who says so, or whose judgement it is",
}


def _disagreements(rate: str | None, made: dict[str, Any], facts: Mapping[str, Any], place: str, wrong: Wrong) -> None:
    """Facts of one change that cannot all hold."""
    if made["start"] and made["until"] and made["until"] <= made["start"]:
        wrong.append(
            (place, f"it ends ({made['until']}) before it starts ({made['start']})", "Put the later day in “until”.")
        )
    if made["to_settings"] and rate not in (None, "moving"):
        wrong.append((place, "“to” is where people move, and this change is not of moving", "Leave out “to”."))
    if rate == "joining" and any("into" in str(one).casefold() for one in _listed(facts.get("year groups"))):
        what = "joiners have the year group of the January they are first counted, so “into” is not clear"
        wrong.append((place, what, "Name that year group."))
    if rate == "moving" and made["settings"] and made["settings"] == made["to_settings"] and len(made["settings"]) == 1:
        wrong.append(
            (place, f"nobody moves from {made['settings'][0]} to itself", "Name another kind of setting in “to”.")
        )


def _factors(facts: Mapping[str, Any], place: str, wrong: Wrong) -> tuple[float, float]:
    """What multiplies the rate, least and most, from “by” (a change of it) or “times”."""
    given = [key for key in ("by", "times") if key in facts]
    if len(given) != 1:
        wrong.append((place, "a change has one of “by” and “times”", "Write by: -20%, or by: {low: -30%, high: -10%}."))
        return 1.0, 1.0
    key = given[0]
    try:
        low, high = words.ends(facts[key])
    except NotUnderstood as error:
        wrong.append((place, f"{key}: {error.what}", error.action))
        return 1.0, 1.0
    if low > high:
        wrong.append(
            (
                place,
                f"{key}: the range is upside down, from {low:g} to {high:g}",
                f"Write {{low: {high:g}, high: {low:g}}}.",
            )
        )
    plus = 1.0 if key == "by" else 0.0
    if low + plus < 0.0:
        wrong.append(
            (place, f"{key}: a rate cannot fall below nothing", "Write -30% for a fall of 30%; -100% is the most.")
        )
    if high + plus > LARGEST:
        wrong.append(
            (
                place,
                f"{key}: the rate would be multiplied by {high + plus:g}",
                f"Write 30% for a rise of 30%; a rate may be multiplied by {LARGEST:g} at most.",
            )
        )
    return low + plus, high + plus


def _rate(given: object) -> str:
    said = str(given).strip().casefold().replace(" ", "_")
    if said in RATES:
        return said
    raise NotUnderstood(f"no rate is called {given!r}", near(said, tuple(RATES)))


def _listed(given: object) -> list[object]:
    return list(given) if isinstance(given, list | tuple) else [given]
