"""Words and numbers of a scenario file, read with the mistake named where one cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, LAST, YEAR_GROUPS, Phase, label, phase

NEEDS: Final = {need.value: need.label for need in Need}
SETTINGS: Final = {kind.value: kind.label for kind in SettingKind}

_LABELS: Final = {label(group).casefold(): group for group in YEAR_GROUPS}
_YEAR: Final = re.compile(r"(?:year )?(-?\d+)")
_RANGE: Final = re.compile(r"\s+to\s+|\s*[–—]\s*|(?<=\w)\s*-\s*(?=\w)")
_INTO: Final = "into "


Wrong = list[tuple[str, str, str]]
"""What is wrong in a file so far: where, what, and what to do."""


class NotUnderstood(ValueError):
    """What is wrong, and what to do."""

    def __init__(self, what: str, action: str) -> None:
        self.what = what
        self.action = action
        super().__init__(what)


def fact(facts: Mapping[str, Any], key: str, reader: Callable[[object], Any], place: str, wrong: Wrong) -> Any:
    """A fact by its reader; None where it is not given, or cannot be understood, which is added to ``wrong``."""
    if key not in facts:
        return None
    try:
        return reader(facts[key])
    except NotUnderstood as error:
        wrong.append((place, f"{key}: {error.what}", error.action))
        return None


def near(key: object, known: tuple[str, ...]) -> str:
    """What to do about a word that is not known: the nearest that are, or all."""
    found = get_close_matches(str(key), known, n=2)
    return f"Did you mean {' or '.join(found)}?" if found else f"Use {', '.join(known)}."


def day(given: object) -> date:
    """A date from a date or from text like 2028-09-01."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        if isinstance(given, str) and len(given.strip()) == len("2028-09-01"):
            return date.fromisoformat(given.strip())
    except ValueError:
        pass
    raise NotUnderstood(f"{given!r} is not a date", "Write it like 2028-09-01.")


def number(given: object) -> float:
    """A number from a number or from text: 0.8, "-20%", "−0.2"."""
    if isinstance(given, str):
        plain = given.strip().replace("−", "-")
        share = 100.0 if plain.endswith("%") else 1.0
        try:
            return _finite(float(plain.rstrip("% ")) / share, given)
        except ValueError:
            raise NotUnderstood(f"{given!r} is not a number", "Write it like -0.2 or -20%.") from None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise NotUnderstood(f"{given!r} is not a number", "Write it like -0.2 or -20%.")
    return _finite(float(given), given)


def ends(given: object) -> tuple[float, float]:
    """The least and most of a range, or of one number."""
    if not isinstance(given, Mapping):
        value = number(given)
        return value, value
    if set(given) != {"low", "high"}:
        raise NotUnderstood("a range has a low and a high end", "Write {low: -30%, high: -10%}.")
    return number(given["low"]), number(given["high"])


def _finite(value: float, given: object) -> float:
    if abs(value) < float("inf"):
        return value
    raise NotUnderstood(f"{given!r} is not a number", "Write it like -0.2 or -20%.")


def text(given: object) -> str:
    """A sentence that is not empty."""
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise NotUnderstood(f"{given!r} is not a sentence", "Write a few words.")


def yes_or_no(given: object) -> bool:
    """Yes or no, true or false."""
    said = {"yes": True, "true": True, "no": False, "false": False}.get(str(given).strip().casefold())
    if said is None:
        raise NotUnderstood(f"{given!r} is neither yes nor no", "Write yes or no.")
    return said


def choices(given: object, known: Mapping[str, str]) -> tuple[str, ...]:
    """Codes from a word or a list of words, each a code or its label, in the order of ``known``."""
    found = {_choice(word, known) for word in _listed(given)}
    return tuple(code for code in known if code in found)


def _choice(word: object, known: Mapping[str, str]) -> str:
    wanted = str(word).strip().casefold()
    for code, name in known.items():
        if wanted in (code.casefold(), name.casefold(), code.replace("_", " ").casefold()):
            return code
    names = {spelling.casefold(): code for code, name in known.items() for spelling in (*name.split(), name, code)}
    near = dict.fromkeys(names[match] for match in get_close_matches(wanted, names, n=3))
    action = f"Did you mean {' or '.join(near)}?" if near else f"Use one of: {', '.join(known)}."
    raise NotUnderstood(f"{word!r} is not known", action)


def year_groups(given: object) -> tuple[int, ...]:
    """Year groups from a number, "Year 6", "Year 6 to Year 9", a phase, "into Year 7" (those a year below it), or a list of them."""
    groups: set[int] = set()
    for one in _listed(given):
        groups |= _groups(one)
    return tuple(sorted(groups))


def _groups(given: object) -> set[int]:
    said = str(given).strip().casefold()
    if isinstance(given, bool) or not said:
        raise NotUnderstood(f"{given!r} is not a year group", 'Write it like "Year 6 to Year 9", Reception or post_16.')
    if said.replace(" ", "_") in set(Phase):
        return {group for group in YEAR_GROUPS if phase(group) == said.replace(" ", "_")}
    if said.startswith(_INTO):
        above = _group(said.removeprefix(_INTO), given)
        if above == FIRST:
            raise NotUnderstood(f"nobody grows into {label(FIRST)}", "Name the year group itself.")
        return {above - 1}
    ends = _RANGE.split(said) if not _YEAR.fullmatch(said) and said not in _LABELS else [said]
    if len(ends) > 2:
        raise NotUnderstood(f"{given!r} is not a range of year groups", 'Write it like "Year 6 to Year 9".')
    first, last = _group(ends[0], given), _group(ends[-1], given)
    if first > last:
        raise NotUnderstood(f"{given!r} ends before it starts", f'Write "{label(last)} to {label(first)}".')
    return set(range(first, last + 1))


def _group(said: str, given: object) -> int:
    if said in _LABELS:
        return _LABELS[said]
    plain = _YEAR.fullmatch(said)
    if plain and int(plain[1]) in YEAR_GROUPS:
        return int(plain[1])
    if plain:
        raise NotUnderstood(
            f"year group {plain[1]} is outside {FIRST} to {LAST}", "Year groups go from -4 (under one) to 20."
        )
    near = get_close_matches(said, _LABELS, n=2)
    hint = f"Did you mean {' or '.join(label(_LABELS[match]) for match in near)}?" if near else ""
    raise NotUnderstood(
        f"{given!r} is not a year group", hint or 'Write it like "Year 6", "Reception", "Aged 19" or 6.'
    )


def _listed(given: object) -> list[object]:
    listed = list(given) if isinstance(given, list | tuple) else [given]
    if not listed:
        raise NotUnderstood("the list is empty", "Name at least one, or leave it out for all.")
    return listed
