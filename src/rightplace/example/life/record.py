"""The lives when they have been lived: frozen tables that returns are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from rightplace.example import days
from rightplace.example.figures import rate
from rightplace.example.identity import identify
from rightplace.example.kinds import (
    OTHERWISE,
)
from rightplace.example.life import tables
from rightplace.example.life.drawing import between, chosen
from rightplace.example.life.ledger import Lives
from rightplace.example.life.living import LAST_DAY, live
from rightplace.example.world import World, make_world
from rightplace.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The area and everything that happened in it, as frames. Days are Date columns; null is never.

    ``people``: one row a person (see :func:`rightplace.example.identity.identify`).
    ``plans``: ``plan``, ``person``, ``start_date``, ``arrived`` and ``arrived_from`` (another authority), ``cease_date``,
    ``cease_reason``, ``need``, ``second_need``, ``later_need`` from ``need_changed``, ``down_syndrome``, ``budget_luck``.
    ``placements``: ``placement``, ``plan``, ``rank``, ``setting_kind``, ``setting`` (place in the world's list, or null),
    ``urn``, ``ukprn``, ``code`` (SENSetting), ``code_text``, ``entry_date``, ``leaving_date``, ``residential``, ``work_based``.
    ``requests``: ``request``, ``person``, ``plan`` and the columns of the ledger. ``reviews`` and ``transfers`` too.
    """

    world: World
    people: pl.DataFrame
    plans: pl.DataFrame
    placements: pl.DataFrame
    requests: pl.DataFrame
    reviews: pl.DataFrame
    transfers: pl.DataFrame


def make_life(plans: int, seed: int, *, progress: Progress = silent) -> Life:
    """Make the area and live its four years. The same arguments give the same life."""
    world = make_world(plans, seed)
    lives = live(world, progress=progress)
    _second_places(lives, world)
    return Life(
        world=world,
        people=identify(lives, world),
        plans=tables.plans(lives, world),
        placements=tables.placements(lives, world),
        requests=tables.requests(lives, world),
        reviews=tables.reviews(lives),
        transfers=tables.transfers(lives),
    )


def _second_places(lives: Lives, world: World) -> None:
    """A second setting beside some long stays: education arranged by the authority for part of the week."""
    draw = world.draw("second places")
    entry, leaving = lives.placements["entry"], lives.placements["leaving"]
    until = np.where(leaving == days.NEVER, LAST_DAY, leaving)
    long = (lives.placements["setting"] >= 0) & (until - entry > 200)
    beside = np.flatnonzero(long & chosen(draw, rate("second_placement"), len(entry)))
    starts = days.working(entry[beside] + between(draw, 40, 150, len(beside)))
    lives.placements.add(
        len(beside),
        plan=lives.placements["plan"][beside],
        kind=OTHERWISE,
        rank=2,
        entry=starts,
        leaving=leaving[beside],
    )
