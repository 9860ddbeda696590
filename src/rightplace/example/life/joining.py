"""New plans in a year, and plans that arrive from other authorities."""

from __future__ import annotations

import numpy as np

from rightplace.example import days, national, shape
from rightplace.example.flow import flow
from rightplace.example.kinds import AGES, FIRST_AGE, Ints
from rightplace.example.life.beginning import started
from rightplace.example.life.drawing import between, cells
from rightplace.example.life.leaving import age_row
from rightplace.example.life.ledger import Lives
from rightplace.example.life.placing import settle
from rightplace.example.world import World


def arrivals(lives: Lives, world: World, plan: Ints, year: int, first: int, last: int) -> Ints:
    """Plans from other authorities: as many as are expected to leave for them, of the same ages."""
    draw = world.draw("arriving", year)
    leaving_by_age = np.bincount(age_row(lives, plan, year - 1), minlength=len(AGES)) * flow().transferring
    weights = np.zeros_like(shape.in_place())
    held = shape.in_place()[1:]
    weights[1:] = held * (leaving_by_age[:-1] / held.sum(axis=(1, 2)))[:, None, None]
    count = round(leaving_by_age.sum())
    row, need, kind = cells(draw, weights, count)
    age = row + FIRST_AGE
    birth = days.cohort(age, year) + between(draw, 0, 364, count)
    day = days.working(between(draw, first + 7, last, count))
    person = lives.people.add(count, birth=birth, home=world.homes(draw, age), need=need)
    start = np.minimum(started(draw, age - 1, birth, first - 30), day - 60)
    new = lives.plans.add(count, person=person, start=start, arrived=day, need=need)
    settle(lives, world, draw, new, kind, age, day, year, arriving=True)
    return new


def new_plans(lives: Lives, world: World, year: int, first: int, last: int) -> Ints:
    """Plans that begin after ``first`` and by ``last``: as many as bring the stock to its size for the January after."""
    draw = world.draw("joining", year)
    in_place = int((lives.plans["cease"] == days.NEVER).sum())
    count = max(0, round(national.path()[year + 1] * world.scale) - in_place)
    row, need, kind = cells(draw, shape.new(), count)
    age = row + FIRST_AGE
    birth = days.cohort(age, year) + between(draw, 0, 364, count)
    start = days.working(between(draw, first + 7, last, count))
    person = lives.people.add(count, birth=birth, home=world.homes(draw, age), need=need)
    new = lives.plans.add(count, person=person, start=start, need=need)
    settle(lives, world, draw, new, kind, age, start, year, arriving=False)
    return new


def expected(lives: Lives, world: World, issued: Ints, year: int) -> Ints:
    """People whose plans will be issued after the records end. Gives their places."""
    draw = world.draw("expecting", year)
    row, need, _ = cells(draw, shape.new(), len(issued))
    age = row + FIRST_AGE
    birth = days.cohort(age, year) + between(draw, 0, 364, len(issued))
    return lives.people.add(len(issued), birth=birth, home=world.homes(draw, age), need=need)
