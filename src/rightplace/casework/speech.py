"""How we speak to a family: to a parent about "your child", or to a young person as "you"."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rightplace.casework.terms import RightsHolder

_PARENT = {"{child}": "your child", "{child_self}": "themselves"}
_YOUNG_PERSON = {"{child}": "you", "{child_self}": "yourself"}
_VERBS = {"you has ": "you have ", "you needs": "you need", "you still has ": "you still have "}


@lru_cache(maxsize=1000)
def speak(text: str, to: RightsHolder) -> str:
    """A sentence of ours, said to a parent or to a young person, with a capital at its start."""
    words = _PARENT if to is RightsHolder.PARENT else _YOUNG_PERSON
    for mark, word in words.items():
        text = text.replace(mark, word)
    if to is RightsHolder.YOUNG_PERSON:
        for wrong, right in _VERBS.items():
            text = text.replace(wrong, right)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=10_000)
def day(when: date) -> str:
    """A day as people write it: "Monday 16 February 2026"."""
    return f"{when:%A} {when.day} {when:%B %Y}"


def days(number: int) -> str:
    """So many days: "1 day", "12 days"."""
    return f"{number:,} day{'' if number == 1 else 's'}"
