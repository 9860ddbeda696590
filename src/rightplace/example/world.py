"""Everything about the made-up area that does not change while lives are lived in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightplace.example.choosing import Chooser
from rightplace.example.kinds import Floats, Ints
from rightplace.example.land import Land, make_land, scale
from rightplace.example.setting import Settings
from rightplace.example.settings import make_settings
from rightplace.streams import generator


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The land, its settings, how people choose among them, and the area's share of England (``scale``)."""

    plans: int
    seed: int
    scale: float
    land: Land
    settings: Settings
    chooser: Chooser

    def draw(self, stream: str, *keys: int) -> np.random.Generator:
        """The random stream of one part of the area's life."""
        return generator(self.seed, f"example.{stream}", *keys)

    def homes(self, draw: np.random.Generator, age: Ints) -> Ints:
        """A neighbourhood for each person: by residents under 18, or aged 18 to 24."""
        places = np.arange(len(self.land.town))
        young = draw.choice(places, size=len(age), p=_shares(self.land.people_0_17))
        adult = draw.choice(places, size=len(age), p=_shares(self.land.people_18_24))
        return np.asarray(np.where(age < 18, young, adult), dtype=np.int64)


def make_world(plans: int, seed: int) -> World:
    """The made-up area, of a size that has about ``plans`` plans in January 2026."""
    land = make_land(plans, seed)
    settings = make_settings(plans, land, seed)
    return World(
        plans=plans,
        seed=seed,
        scale=scale(plans),
        land=land,
        settings=settings,
        chooser=Chooser(settings=settings, homes=np.stack([land.easting, land.northing], axis=1)),
    )


def _shares(people: Ints) -> Floats:
    return np.asarray(people / people.sum(), dtype=np.float64)
