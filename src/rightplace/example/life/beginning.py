"""The plans in place when the lives begin, on the last day of 2021."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import days, national, shape
from rightplace.example.kinds import AGES, FIRST_AGE, Floats, Ints
from rightplace.example.life.drawing import between, cells, which
from rightplace.example.life.ledger import Lives
from rightplace.example.life.placing import place, usual_entry
from rightplace.example.world import World

FIRST_DAY: Final = days.of(2021, 12, 31)
"""Lives begin here and not at the census of January 2022, so that the return of 2023 has its whole calendar year."""

_AUGUST: Final = 2021
_FIRST_PLANS: Final = days.of(2014, 9, 1)
_CONVERTED: Final = (days.of(2014, 11, 3), days.of(2018, 3, 29))
"""When statements became plans. Source: Children and Families Act 2014 (Transitional and Saving Provisions) Orders."""
_GROWTH: Final = 1.09
_YEARS_BACK: Final = 7


def begin(lives: Lives, world: World) -> None:
    """Add the opening stock: people, their plans and the settings they are at."""
    draw = world.draw("beginning")
    count = round(national.path()[national.OPENING] * world.scale)
    row, need, kind = cells(draw, national.opening(), count)
    age = row + FIRST_AGE
    birth = days.cohort(age, _AUGUST) + between(draw, 0, 364, count)
    person = lives.people.add(count, birth=birth, home=world.homes(draw, age), need=need)
    start = started(draw, age, birth, FIRST_DAY)
    plan = lives.plans.add(count, person=person, start=start, need=need)
    august = np.full(count, _AUGUST)
    entry = usual_entry(draw, kind, age, birth, np.full(count, FIRST_DAY), august)
    place(lives, world, draw, plan, kind, age, entry)


def started(draw: np.random.Generator, age: Ints, birth: Ints, day: int) -> Ints:
    """When a plan held on ``day`` began: in proportion to new plans at each age since, or on change from a statement."""
    count = len(age)
    back = which(draw, _years_held()[age - FIRST_AGE])
    new = days.working(day - back * 365 - between(draw, 0, 364, count))
    changed = days.working(between(draw, *_CONVERTED, count))
    out = np.where((back > _YEARS_BACK) | (new < _FIRST_PLANS), changed, new)
    return np.asarray(np.maximum(out, np.maximum(birth + 400, _FIRST_PLANS)))


@lru_cache(maxsize=1)
def _years_held() -> Floats:
    """Chance of each whole number of years since a plan began, by age, shape (ages, ages)."""
    new = shape.new().sum(axis=(1, 2))
    new[-4:] = new[-5] / 4
    back = np.arange(len(AGES))
    out = np.zeros((len(AGES), len(AGES)))
    for row in range(len(AGES)):
        out[row, : row + 1] = new[row::-1] * _GROWTH ** -back[: row + 1].astype(float)
    return out
