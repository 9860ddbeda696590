"""What a person decides by hand before the plan is made: children pinned to a base, and bases barred to a child."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from rightplace.errors import DataError, UserError
from rightplace.places.assign.problem import NOWHERE, Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A person and a base of a setting."""

    person: str
    setting: str
    base: str

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.person}={self.setting}/{self.base}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Pins (go there, whatever the aims say) and bars (may not go there)."""

    pins: tuple[Choice, ...] = ()
    bars: tuple[Choice, ...] = field(default=())


NONE: Final = Changes()


def from_text(text: str) -> Choice:
    """A choice from ``PERSON=SETTING/BASE``. Raises ``UserError`` where it is not written so."""
    person, equals, where = text.partition("=")
    setting, slash, base = where.rpartition("/")
    if not (equals and slash and person.strip() and setting.strip() and base.strip()):
        raise UserError(f"{text!r} does not name a person and a base.", action="Write PERSON=SETTING/BASE.")
    return Choice(person=person.strip(), setting=setting.strip(), base=base.strip())


def rows(choices: tuple[Choice, ...], people: pl.Series, bases: pl.DataFrame, *, what: str) -> list[tuple[int, int]]:
    """The row of the person and of the base of each choice. ``bases`` has setting and base.

    Raises ``UserError`` naming every person or base that is not there.
    """
    person_row = {person: row for row, person in enumerate(people.to_list())} if choices else {}
    base_row = {place: row for row, place in enumerate(bases.select("setting", "base").iter_rows())} if choices else {}
    wrong = [
        f"{choice}: {choice.person} does not need a place this September"
        for choice in choices
        if choice.person not in person_row
    ]
    wrong += [
        f"{choice}: {choice.setting}/{choice.base} is not a base of the area"
        for choice in choices
        if (choice.setting, choice.base) not in base_row
    ]
    if wrong:
        raise UserError(f"{'; '.join(wrong)}.", where=what, action="Check the names and run it again.")
    return [(person_row[choice.person], base_row[choice.setting, choice.base]) for choice in choices]


def pinned(changes: Changes, people: pl.Series, held: pl.DataFrame, outside: Index) -> Index:
    """The base each child is pinned to, int32[children]; ``NOWHERE`` for the others.

    ``held`` is the frame of seats. ``outside`` int32[children] is the base where a child is already and takes none of its
    seats by staying, or ``NOWHERE``. Raises ``DataError`` naming the pins that contradict each other, a bar, or the places.
    """
    places = rows(changes.pins, people, held, what="--pin")
    bars = set(rows(changes.bars, people, held, what="--bar"))
    wrong = []
    for person, times in Counter(choice.person for choice in set(changes.pins)).items():
        if times > 1:
            wrong.append(f"{person} is pinned to {times} bases")
    wrong += [
        f"{choice} is pinned and barred" for choice, place in zip(changes.pins, places, strict=True) if place in bars
    ]
    seats = held["seats"].to_list()
    for base, times in Counter(base for child, base in set(places) if outside[child] != base).items():
        if times > seats[base]:
            row = held.row(base, named=True)
            kept = f", {row['kept']} being kept for late arrivals" if row["kept"] else ""
            wrong.append(
                f"{times} are pinned to {row['setting']}/{row['base']} ({row['name']}), which has places to give "
                f"for {seats[base]}{kept}"
            )
    if wrong:
        raise DataError(f"The pins cannot all hold: {'; '.join(wrong)}.", action="Take back or change a pin.")
    out = np.full(len(people), NOWHERE, np.int32)
    for child, base in places:
        out[child] = base
    return out
