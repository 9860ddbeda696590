"""Annual reviews of plans, and amendments for a change of phase."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.example import days
from rightplace.example.figures import rate
from rightplace.example.kinds import Ints
from rightplace.example.life.drawing import between, chosen
from rightplace.example.life.ledger import Lives
from rightplace.example.world import World

MAINTAIN, AMEND, CEASE = range(3)
_KEPT_FROM: Final = days.of(2019, 1, 1)
_FOUR_WEEKS: Final = 28


def review_plans(lives: Lives, world: World, last: int) -> None:
    """Hold reviews of every plan from its start until it ceases, its notice to cease, or ``last``."""
    draw = world.draw("reviewing")
    plan = np.arange(len(lives.plans))
    end = np.where(lives.plans["cease"] == days.NEVER, last + 1, lives.plans["cease"])
    warned = lives.plans["notice"] != days.NEVER
    closing = lives.plans["notice"] - between(draw, 7, _FOUR_WEEKS - 1, len(plan))
    end = np.where(warned, closing, end)
    day = lives.plans["start"] + between(draw, 310, 360, len(plan))
    while len(plan):
        meeting = days.working(day)
        held = meeting < np.minimum(end[plan], last + 1)
        plan, meeting = plan[held], meeting[held]
        _record(lives, draw, plan[meeting >= _KEPT_FROM], meeting[meeting >= _KEPT_FROM])
        day = meeting + _gap(draw, len(plan))
        end = np.where(warned, closing - 60, end)
    ends = np.flatnonzero(warned)
    lives.reviews.add(len(ends), plan=ends, meeting=closing[ends], decision=lives.plans["notice"][ends], outcome=CEASE)


def _gap(draw: np.random.Generator, count: int) -> Ints:
    """Days to the next meeting: within the year, or well beyond it."""
    on_time = chosen(draw, rate("reviews_held_within_the_year"), count)
    late = 366 + np.minimum(np.floor(draw.exponential(rate("review_delay_days"), count)), 1200).astype(np.int64)
    return np.where(on_time, between(draw, 330, 364, count), late)


def _record(lives: Lives, draw: np.random.Generator, plan: Ints, meeting: Ints) -> None:
    count = len(plan)
    quick = between(draw, 7, _FOUR_WEEKS, count)
    slow = _FOUR_WEEKS + 1 + np.floor(draw.exponential(rate("late_decision_days"), count)).astype(np.int64)
    after = np.where(chosen(draw, rate("decided_in_four_weeks"), count), quick, slow)
    decision = np.where(chosen(draw, rate("reviews_never_decided"), count), days.NEVER, meeting + after)
    outcome = np.where(chosen(draw, rate("amended_share_of_decisions"), count), AMEND, MAINTAIN)
    lives.reviews.add(count, plan=plan, meeting=meeting, decision=decision, outcome=outcome)


def transfer_phases(lives: Lives, world: World, year: int) -> None:
    """Amended plans for those who change phase in the September of ``year``, due 15 February, or 31 March at 16.

    Source: Special Educational Needs and Disability Regulations 2014, regulation 18.
    """
    draw = world.draw("transferring phase", year)
    birth = lives.people["birth"][lives.plans["person"]]
    age = days.age_on_august(birth, year)
    due = np.where(age == 16, days.of(year, 3, 31), days.of(year, 2, 15))
    held = (lives.plans["start"] < due) & (lives.plans["arrived"] < due)
    held &= (lives.plans["cease"] == days.NEVER) | (lives.plans["cease"] > due)
    plan = np.flatnonzero(held & np.isin(age, (4, 11, 16)))
    in_time = chosen(draw, rate("phase_transfers_in_time"), len(plan))
    final = due[plan] + np.where(in_time, -between(draw, 0, 40, len(plan)), between(draw, 1, 75, len(plan)))
    lives.transfers.add(len(plan), plan=plan, due=due[plan], final=days.working(final))
