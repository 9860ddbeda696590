"""What changed between two texts of a plan, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from rightplace.web.plans.sections import SECTIONS
from rightplace.web.plans.written import Written, labels

_WORDS: Final = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What happened to some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand together and were kept, added or removed."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An entry that differs: its name in the later text (in the earlier when it was taken out), and its words.

    ``change`` is "added", "removed" or "kept" (the entry stayed, and its words changed). ``ties`` says what it was tied to
    when that changed, "" else.
    """

    section: str
    name: str
    change: Change
    runs: tuple[Run, ...]
    ties: str = ""


def words_changed(before: str, after: str) -> tuple[Run, ...]:
    """The words of two texts as runs. The kept and removed ones make the first text, the kept and added ones the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for tag, start, end, to, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(change=Change.KEPT, words="".join(old[start:end])))
            continue
        if end > start:
            runs.append(Run(change=Change.REMOVED, words="".join(old[start:end])))
        if until > to:
            runs.append(Run(change=Change.ADDED, words="".join(new[to:until])))
    return tuple(runs)


def changes(before: Sequence[Written], after: Sequence[Written]) -> tuple[Changed, ...]:
    """Every entry that differs between two texts of a plan, section by section."""
    old, new = {entry.number: entry for entry in before}, {entry.number: entry for entry in after}
    was, now = labels(before), labels(after)
    found = [
        changed
        for number in sorted({*old, *new})
        if (changed := _changed(old.get(number), new.get(number), was, now)) is not None
    ]
    places = {letter: place for place, letter in enumerate(SECTIONS)}
    return tuple(sorted(found, key=lambda one: places[one.section]))


def _changed(old: Written | None, new: Written | None, was: dict[int, str], now: dict[int, str]) -> Changed | None:
    if old is None and new is not None:
        runs: tuple[Run, ...] = (Run(change=Change.ADDED, words=new.said()),)
        return Changed(section=new.section, name=now[new.number], change=Change.ADDED, runs=runs)
    if new is None and old is not None:
        runs = (Run(change=Change.REMOVED, words=old.said()),)
        return Changed(section=old.section, name=was[old.number], change=Change.REMOVED, runs=runs)
    if old is None or new is None or (old.said() == new.said() and set(old.ties) == set(new.ties)):
        return None
    ties = _ties(old, was, new, now) if set(old.ties) != set(new.ties) else ""
    return Changed(
        section=new.section,
        name=now[new.number],
        change=Change.KEPT,
        runs=words_changed(old.said(), new.said()),
        ties=ties,
    )


def _ties(old: Written, was: dict[int, str], new: Written, now: dict[int, str]) -> str:
    before = ", ".join(was[tie] for tie in old.ties if tie in was) or "nothing"
    after = ", ".join(now[tie] for tie in new.ties if tie in now) or "nothing"
    return f"Was tied to {before}; is now tied to {after}."
