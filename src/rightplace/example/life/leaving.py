"""Plans that cease, or go to another authority, in a year."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.example import days
from rightplace.example.flow import REASONS, TRANSFERRED, flow
from rightplace.example.kinds import AGES, FIRST_AGE, LAST_AGE, NOT_IN_EDUCATION, Floats, Ints
from rightplace.example.life import placing
from rightplace.example.life.drawing import between, chosen, which
from rightplace.example.life.ledger import Lives
from rightplace.example.setting import has_settings
from rightplace.example.world import World

MAXIMUM_AGE, NEEDS_MET, HIGHER_EDUCATION, EMPLOYMENT, NOT_ENGAGED, OTHER_REASON = 0, 1, 2, 3, 5, 8
_GROWN: Final = (HIGHER_EDUCATION, EMPLOYMENT, NOT_ENGAGED)
"""Reasons that do not arise before 16."""
_AT_LIMIT: Final = 0.5
"""Of those who reach the last year a plan can cover, the part who keep it to the end. Assumed."""
_SUMMER: Final = {NEEDS_MET: 0.5, HIGHER_EDUCATION: 0.95, EMPLOYMENT: 0.3, NOT_ENGAGED: 0.6, OTHER_REASON: 0.3}
"""Part of each reason that falls between mid July and the end of September. Assumed: no months are published."""
_NOTICED: Final = 0.6


def age_row(lives: Lives, plan: Ints, august: int) -> Ints:
    """Row of each plan-holder in arrays by age on 31 August of a year."""
    birth = lives.people["birth"][lives.plans["person"][plan]]
    return np.clip(days.age_on_august(birth, august) - FIRST_AGE, 0, len(AGES) - 1)


def end_plans(lives: Lives, world: World, plan: Ints, year: int, first: int, last: int) -> Ints:
    """Choose which plans cease after ``first`` and by ``last``, when and why, and end their stays.

    ``year`` is the January the year begins with. Gives the plans that stay.
    """
    draw = world.draw("leaving", year)
    rates = flow()
    row = age_row(lives, plan, year - 1)
    kind = lives.placements["kind"][lives.plans["placement"][plan]]
    away = chosen(draw, rates.transferring[row], len(plan))
    at_limit = row == LAST_AGE - FIRST_AGE
    ends = chosen(draw, np.where(at_limit, 1.0, rates.leaving[row, kind]), len(plan)) & ~away
    going = np.flatnonzero(away | ends)
    why = np.where(away[going], TRANSFERRED, which(draw, rates.reasons[row[going]]))
    kept_on = at_limit[going] & chosen(draw, _AT_LIMIT, len(going))
    why = np.where(kept_on & ends[going], MAXIMUM_AGE, why)
    leavers = plan[going]
    birth = lives.people["birth"][lives.plans["person"][leavers]]
    limit = np.where(at_limit[going], days.of(year, 8, 31), last)
    when = _day(draw, why, birth, year, first, limit)
    young = np.isin(why, _GROWN) & (when < days.birthday(birth, 16))
    why = np.where(young, NEEDS_MET, why)
    lives.plans["cease"][leavers] = when
    lives.plans["reason"][leavers] = [int(REASONS[place]) for place in why]
    _end_stays(lives, world, leavers, row[going] + FIRST_AGE, when, why, year)
    _give_notice(lives, draw, leavers, when, why)
    return np.delete(plan, going)


def _day(draw: np.random.Generator, why: Ints, birth: Ints, year: int, first: int, limit: Ints) -> Ints:
    count = len(why)
    any_day = between(draw, first + 1, limit, count)
    summer = between(draw, days.of(year, 7, 15), np.minimum(days.of(year, 9, 30), limit), count)
    share: Floats = np.array([_SUMMER.get(place, 0.0) for place in range(len(REASONS))])
    out = np.where(chosen(draw, share[why], count), summer, any_day)
    out = np.where(why == MAXIMUM_AGE, between(draw, days.of(year, 7, 20), days.of(year, 8, 31), count), out)
    grown = days.birthday(birth, 16) + between(draw, 1, 60, count)
    out = np.where(np.isin(why, _GROWN) & (out < grown) & (grown <= limit), grown, out)
    # Nobody leaves on a census day: a plan that ends then is counted as in place.
    return np.asarray(np.where(np.isin(out, [days.census(year), days.census(year + 1)]), out - 1, out))


def _end_stays(lives: Lives, world: World, plan: Ints, age: Ints, when: Ints, why: Ints, year: int) -> None:
    stay = lives.plans["placement"][plan]
    at_setting = has_settings(lives.placements["kind"][stay])
    broke_up = days.of(year, 7, 22)
    through_summer = (when > broke_up) & (why != TRANSFERRED) & (when <= days.of(year, 10, 15))
    too_old = ~world.settings.serves(lives.placements["setting"][stay], age + 1)
    ended = at_setting & (through_summer | (too_old & (when > broke_up)))
    placing.leave(lives, plan, np.where(ended, np.minimum(when, broke_up), when))


def _give_notice(lives: Lives, draw: np.random.Generator, plan: Ints, when: Ints, why: Ints) -> None:
    """A decision to cease some weeks before, and for people not in education a stay that says so."""
    noticed = np.isin(why, (NEEDS_MET, NOT_ENGAGED, OTHER_REASON)) & chosen(draw, _NOTICED, len(plan))
    day = days.working(when - between(draw, 60, 150, len(plan)))
    stay = lives.plans["placement"][plan]
    noticed &= (day > lives.plans["start"][plan] + 200) & (day > lives.placements["entry"][stay] + 30)
    noticed &= (lives.plans["arrived"][plan] == days.NEVER) | (day > lives.plans["arrived"][plan] + 60)
    lives.plans["notice"][plan[noticed]] = day[noticed]
    old_enough = days.birthday(lives.people["birth"][lives.plans["person"][plan]], 16) < day
    idle = np.flatnonzero(noticed & (lives.placements["kind"][stay] == NOT_IN_EDUCATION) & old_enough)
    placing.leave(lives, plan[idle], day[idle] - 1)
    rows = lives.placements.add(
        len(idle), plan=plan[idle], kind=NOT_IN_EDUCATION, notice=1, entry=day[idle], leaving=when[idle]
    )
    lives.plans["placement"][plan[idle]] = rows
