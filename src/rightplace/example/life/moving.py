"""Moves from one setting to another in a year: between kinds, at a change of phase, and from school to school."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import days, figures
from rightplace.example.flow import flow
from rightplace.example.kinds import COLLEGE, EARLY_YEARS, FIRST_AGE, NOT_IN_EDUCATION, SPECIALIST_COLLEGE, Floats, Ints
from rightplace.example.life import placing
from rightplace.example.life.drawing import between, chosen, which
from rightplace.example.life.leaving import age_row
from rightplace.example.life.ledger import Lives
from rightplace.example.setting import has_settings
from rightplace.example.world import World

_LEFT_OFF: Final = 1.4
"""Work-based learning ends with a change of college, so it begins this much oftener than its growth with age alone asks."""


def move_plans(lives: Lives, world: World, plan: Ints, year: int, first: int, last: int) -> None:
    """Move plan-holders who keep their plans from ``first`` to ``last``, the Januaries about ``year``."""
    draw = world.draw("moving", year)
    row = age_row(lives, plan, year - 1)
    age = row + FIRST_AGE + 1
    stay = lives.plans["placement"][plan]
    kind, setting = lives.placements["kind"][stay], lives.placements["setting"][stay]
    next_kind = which(draw, flow().moving[row, lives.plans["need"][plan], kind])
    outgrown = has_settings(kind) & ~world.settings.serves(setting, age)
    grown = (kind == NOT_IN_EDUCATION) & (next_kind == kind) & (age == 16)
    wanders = has_settings(kind) & chosen(draw, figures.rate("same_kind_moves_a_year"), len(plan))
    moves = (next_kind != kind) | outgrown | grown | wanders
    phase = np.isin(age, (4, 11, 16)) | (kind == EARLY_YEARS)
    in_autumn = outgrown | grown | phase | chosen(draw, figures.rate("moves_in_september"), len(plan))
    at_turn = np.flatnonzero(moves & in_autumn)
    placing.september_move(lives, world, draw, plan[at_turn], next_kind[at_turn], age[at_turn], year)
    in_year = np.flatnonzero(moves & ~in_autumn)
    _move_in_year(lives, world, draw, plan[in_year], next_kind[in_year], age[in_year] - 1, year, first, last)
    _start_work(lives, draw, np.delete(plan, np.flatnonzero(moves)), year)


def _move_in_year(
    lives: Lives, world: World, draw: np.random.Generator, plan: Ints, kind: Ints, age: Ints, year: int, first: int, last: int
) -> None:  # fmt: skip
    day = between(draw, first + 14, last - 21, len(plan))
    entry = np.where(has_settings(kind), days.school_day(day), days.working(day))
    placing.leave(lives, plan, entry - 1)
    placing.place(lives, world, draw, plan, kind, age + (entry >= days.of(year, 9, 1)), entry)


def _start_work(lives: Lives, draw: np.random.Generator, plan: Ints, year: int) -> None:
    """Students who stay at their college and begin a supported internship, apprenticeship or traineeship there."""
    row = age_row(lives, plan, year)
    stay = lives.plans["placement"][plan]
    kind = lives.placements["kind"][stay]
    able = np.isin(kind, (COLLEGE, SPECIALIST_COLLEGE)) & (lives.placements["work_based"][stay] == 0)
    begins = np.flatnonzero(able & chosen(draw, _starting_work()[row], len(plan)))
    who, at = plan[begins], stay[begins]
    autumn = days.september(np.full(len(who), year))
    placing.leave(lives, who, autumn - between(draw, 38, 43, len(who)))
    kinds = which(draw, placing.working()[row[begins]][:, 1:]) + 1
    rows = lives.placements.add(
        len(who), plan=who, kind=lives.placements["kind"][at], setting=lives.placements["setting"][at],
        entry=days.school_day(autumn + between(draw, 1, 7, len(who))), work_based=kinds,
        residential=lives.placements["residential"][at],
    )  # fmt: skip
    lives.plans["placement"][who] = rows


@lru_cache(maxsize=1)
def _starting_work() -> Floats:
    """Chance of beginning work-based learning in a year at college, so that the part doing it grows with age as published."""
    share = 1 - placing.working()[:, 0]
    before = np.concatenate([[0.0], share[:-1]])
    before[: 16 - FIRST_AGE + 1] = 0
    return np.asarray(np.clip(_LEFT_OFF * (share - before) / (1 - before), 0, 1) * (before > 0))
