"""Starting at a setting and leaving it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import days, figures, shape
from rightplace.example.kinds import (
    AGES,
    COLLEGE,
    EARLY_YEARS,
    FIRST_AGE,
    MAINSTREAM,
    NOT_IN_EDUCATION,
    RESOURCED,
    SPECIAL_INDEPENDENT,
    SPECIALIST_COLLEGE,
    UNIT,
    Floats,
    Ints,
)
from rightplace.example.life.drawing import between, chosen, which
from rightplace.example.life.ledger import Lives
from rightplace.example.setting import has_settings
from rightplace.example.world import World

WORK_BASED: Final = ("S", "A", "T")
_BOARDING_AGE: Final = 8
_BEGUN_LATER: Final = 1.2
"""Stays begun before the boarding age never become residential here, so those begun later are so this much oftener."""


def place(
    lives: Lives, world: World, draw: np.random.Generator, plan: Ints, kind: Ints, age: Ints, entry: Ints
) -> Ints:
    """Start plan-holders at a setting of a kind on a day. ``age`` is on 31 August before the stay begins.

    Gives the places of the new rows of ``placements``.
    """
    person = lives.plans["person"][plan]
    setting = world.chooser.choose(draw, kind, age, lives.plans["need"][plan], lives.people["home"][person])
    return record(lives, draw, plan, kind, age, setting, entry)


def record(
    lives: Lives, draw: np.random.Generator, plan: Ints, kind: Ints, age: Ints, setting: Ints, entry: Ints
) -> Ints:
    """As :func:`place`, at a setting already chosen."""
    boards = which(draw, boarding()[kind]) * (age >= _BOARDING_AGE)
    works = which(draw, working()[np.clip(age - FIRST_AGE, 0, len(AGES) - 1)]) * np.isin(
        kind, (COLLEGE, SPECIALIST_COLLEGE)
    )
    rows = lives.placements.add(
        len(plan), plan=plan, kind=kind, setting=setting, entry=entry, residential=boards, work_based=works
    )
    lives.plans["placement"][plan] = rows
    return rows


def leave(lives: Lives, plan: Ints, day: Ints) -> None:
    """End the stays that plan-holders are in, no earlier than the day each began."""
    rows = lives.plans["placement"][plan]
    lives.placements["leaving"][rows] = np.maximum(day, lives.placements["entry"][rows])


def usual_entry(draw: np.random.Generator, kind: Ints, age: Ints, birth: Ints, day: Ints, august: Ints) -> Ints:
    """When someone at a setting on ``day`` began there: with the phase of education, or some time since.

    ``age`` is on 31 August of the year ``august``, the last before ``day``.
    """
    count = len(kind)
    schooled = (kind >= MAINSTREAM) & (kind <= SPECIAL_INDEPENDENT)
    college = np.isin(kind, (COLLEGE, SPECIALIST_COLLEGE))
    began_at = np.where(age < 4, age, np.where(age < 11, 4, np.where((age < 16) | (kind >= RESOURCED), 11, 16)))
    began_at = np.where(college, np.maximum(16, age - between(draw, 0, 2, count)), began_at)
    phase = days.school_day(days.september(august - (age - began_at)) + between(draw, 1, 7, count))
    later = schooled & chosen(draw, np.where(kind == MAINSTREAM, 0.15, 0.5), count)
    since = days.school_day(between(draw, phase, day - 10, count))
    ago = day - between(draw, 20, np.where(kind == EARLY_YEARS, 300, 600), count)
    out = np.where(schooled | college, np.where(later & (since < day), since, phase), ago)
    out = np.where((kind == NOT_IN_EDUCATION) & (age >= 16), np.maximum(out, days.birthday(birth, 16)), out)
    return np.asarray(np.minimum(np.maximum(out, birth + 200), day))


def settle(
    lives: Lives,
    world: World,
    draw: np.random.Generator,
    plan: Ints,
    kind: Ints,
    age: Ints,
    since: Ints,
    year: int,
    *,
    arriving: bool,
) -> None:
    """Give new plan-holders their places, from ``since`` to the January after ``year``.

    ``kind`` and ``age`` (on 31 August of ``year``) are those of that January. Whoever changes phase in the September
    between has the place before it too. People who arrive from elsewhere start on the day; others
    may have been at their school for years.
    """  # fmt: skip
    autumn = days.september(np.full(len(plan), year))
    crossing = (since < autumn - 45) & np.isin(age, (4, 11, 16))
    early = (since < autumn) & ~crossing & (has_settings(kind))
    first_kind = np.where(crossing, _before(draw, kind, age), kind)
    first_age = np.where(crossing, age - 1, age)
    birth = lives.people["birth"][lives.plans["person"][plan]]
    started = days.school_day(since)
    if not arriving:
        at_school = np.isin(first_kind, (EARLY_YEARS, MAINSTREAM, COLLEGE))
        now = np.where(crossing | early, age - 1, age)
        was_there = usual_entry(draw, first_kind, now, birth, since, np.where(since < autumn, year - 1, year))
        started = np.where(at_school & (now >= np.where(first_kind == COLLEGE, 16, 2)), was_there, started)
    started = np.where(has_settings(first_kind) | (first_kind == EARLY_YEARS), started, since)
    place(lives, world, draw, plan, first_kind, first_age, started)
    moved = np.flatnonzero(crossing)
    september_move(lives, world, draw, plan[moved], kind[moved], age[moved], year)


def september_move(
    lives: Lives, world: World, draw: np.random.Generator, plan: Ints, kind: Ints, age: Ints, year: int
) -> None:
    """Move plan-holders at the turn of the school year: out in July, in in September."""
    count = len(plan)
    autumn = days.september(np.full(count, year))
    entry = np.where(has_settings(kind), days.school_day(autumn + between(draw, 1, 7, count)), autumn)
    was = lives.placements["kind"][lives.plans["placement"][plan]]
    leave(lives, plan, np.where(has_settings(was), autumn - between(draw, 38, 43, count), entry - 1))
    place(lives, world, draw, plan, kind, age, entry)


def _before(draw: np.random.Generator, kind: Ints, age: Ints) -> Ints:
    """The kind of setting before a change of phase, for people who joined before it."""
    count = len(kind)
    nursery = np.where(chosen(draw, 0.6, count), EARLY_YEARS, MAINSTREAM)
    at_school = np.where(np.isin(kind, (MAINSTREAM, RESOURCED, UNIT)) | has_settings(kind), MAINSTREAM, kind)
    secondary = np.where((age == 16) & (at_school == NOT_IN_EDUCATION), MAINSTREAM, at_school)
    return np.asarray(np.where(age == 4, nursery, secondary), dtype=np.int64)


@lru_cache(maxsize=1)
def boarding() -> Floats:
    """Chance of no residential placement, 38 to 51 weeks and 52 weeks, shape (kinds, 3)."""
    stock = shape.in_place()
    old_enough = stock[AGES >= _BOARDING_AGE].sum(axis=(0, 1))
    some = _BEGUN_LATER * figures.by_kind("residential_by_setting", ["A", "B"]) / np.maximum(old_enough, 1)[:, None]
    return np.column_stack([1 - some.sum(axis=1), some])


@lru_cache(maxsize=1)
def working() -> Floats:
    """Chance of no work-based placement, and of each kind, at colleges, shape (ages, 4)."""
    stock = shape.in_place()[:, :, [COLLEGE, SPECIALIST_COLLEGE]].sum(axis=(1, 2))
    some = figures.by_age("work_based_by_age", WORK_BASED) / np.maximum(stock, 1)[:, None]
    some[AGES < 16] = 0
    return np.column_stack([1 - some.sum(axis=1), some])
