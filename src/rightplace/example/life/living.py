"""The whole life of the area, a year at a time."""

from __future__ import annotations

import numpy as np

from rightplace.example import days, national
from rightplace.example.kinds import Ints
from rightplace.example.life import asking, beginning, joining, leaving, moving, reviewing
from rightplace.example.life.ledger import Lives
from rightplace.example.world import World
from rightplace.progress import Progress, silent

LAST_DAY: int = days.census(national.LAST)
"""The last census day. What follows it (requests still open then, plans that then end) is lived and not returned."""
_STEPS: int = 7


def live(world: World, *, progress: Progress = silent) -> Lives:
    """Live from the end of 2021 to the census of January 2026, and a little beyond."""
    lives = Lives()
    beginning.begin(lives, world)
    plan = np.arange(len(lives.plans))
    asking.historical(lives, plan)
    first, last = beginning.FIRST_DAY, days.census(national.OPENING + 1)
    before = round(national.path()[national.OPENING] * world.scale * 0.14)
    asking.without_plans(lives, world, round(before * 0.6), 2021, first - 220, first)
    progress(1, _STEPS, "living through four years")
    for year in range(national.OPENING, national.LAST):
        plan = _year(lives, world, plan, year, first, last)
        first, last = last, days.census(year + 2)
        progress(year - national.OPENING + 2, _STEPS, "living through four years")
    _after(lives, world, plan, first, last)
    for year in range(national.OPENING, national.LAST):
        reviewing.transfer_phases(lives, world, year)
    reviewing.review_plans(lives, world, LAST_DAY)
    progress(_STEPS, _STEPS, "living through four years")
    return lives


def _year(lives: Lives, world: World, plan: Ints, year: int, first: int, last: int) -> Ints:
    staying = leaving.end_plans(lives, world, plan, year, first, last)
    moving.move_plans(lives, world, staying, year, first, last)
    arrived = joining.arrivals(lives, world, plan, year, first, last)
    new = joining.new_plans(lives, world, year, first, last)
    asking.historical(lives, arrived)
    asking.for_plans(lives, world, lives.plans["person"][new], new, lives.plans["start"][new], year)
    asking.without_plans(lives, world, len(new), year, first, last)
    return np.concatenate([staying, arrived, new])


def _after(lives: Lives, world: World, plan: Ints, first: int, last: int) -> None:
    """What is under way on the last census day: plans about to cease, and requests whose plans come later."""
    in_place = len(plan)
    leaving.end_plans(lives, world, plan, national.LAST, first, last)
    for year in (national.LAST, national.LAST + 1):
        count = round(in_place * 0.15)
        ahead = 365 * (year - national.LAST)
        issued = days.working(
            np.sort(world.draw("issued later", year).integers(first + ahead + 3, first + ahead + 366, count))
        )
        person = joining.expected(lives, world, issued, year)
        asking.for_plans(lives, world, person, np.full(count, -1), issued, year)
