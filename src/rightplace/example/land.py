"""The made-up authority's towns and neighbourhoods, with their people, deprivation and postcodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rightplace.example import figures, national, words
from rightplace.example.kinds import Floats, Ints
from rightplace.streams import generator

CENTRE: Final = (640_000.0, 400_000.0)
"""Easting and northing, metres: in the North Sea, where it cannot be taken for anywhere else."""

_NEIGHBOURHOODS_IN_ENGLAND: Final = 33_755
_PEOPLE_0_17: Final = 11_899_326 / _NEIGHBOURHOODS_IN_ENGLAND
_PEOPLE_18_24: Final = 4_700_000 / _NEIGHBOURHOODS_IN_ENGLAND
"""People in the mean neighbourhood (LSOA 2021). Source: ONS mid-2022 estimates and Census 2021; the second is rounded."""
_POSTCODES_EACH: Final = 12
_INWARD: Final = "ABDEFGHJLNPQRSTUWXYZ"
_IN_A_DISTRICT: Final = 10 * len(_INWARD) ** 2
_KM_ACROSS: Final = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Where people live. Arrays have a place for each neighbourhood; ``town`` is its town's place in ``towns``.

    ``easting`` and ``northing`` are metres. ``decile`` is 1, most deprived, to 10. ``postcodes`` has shape
    (neighbourhoods, postcodes of each).
    """

    towns: tuple[str, ...]
    town_easting: Floats
    town_northing: Floats
    town: Ints
    easting: Floats
    northing: Floats
    decile: Ints
    people_0_17: Ints
    people_18_24: Ints
    postcodes: tuple[tuple[str, ...], ...]

    @property
    def codes(self) -> list[str]:
        """Neighbourhood codes, in the shape of an LSOA's with a letter no country has."""
        return [f"X01{place:06d}" for place in range(1, len(self.town) + 1)]

    def neighbourhoods(self) -> pl.DataFrame:
        """The area's ``neighbourhoods`` table."""
        count = np.zeros(len(self.towns), dtype=np.int64)
        names = []
        for town in self.town:
            count[town] += 1
            names.append(f"{self.towns[town]} {count[town]:03d}")
        return pl.DataFrame(
            {
                "neighbourhood_id": self.codes,
                "name": names,
                "easting": self.easting,
                "northing": self.northing,
                "deprivation_decile": pl.Series(self.decile, dtype=pl.Int16),
                "people_0_17": self.people_0_17.astype(float),
                "people_18_24": self.people_18_24.astype(float),
            }
        )

    def postcode_table(self) -> pl.DataFrame:
        """``postcode`` and ``neighbourhood_id`` of every postcode."""
        codes = self.codes
        return pl.DataFrame(
            {
                "postcode": [code for group in self.postcodes for code in group],
                "neighbourhood_id": [codes[place] for place, group in enumerate(self.postcodes) for _ in group],
            }
        )


def scale(plans: int) -> float:
    """The authority's share of England: what a count of England is multiplied by."""
    return plans / national.path()[national.LAST]


def residents(plans: int) -> Floats:
    """Residents by single year of age 0 to 25, in the middle of 2022 and in proportion to England."""
    return figures.table("population").frame["people"].to_numpy() * scale(plans)


def make_land(plans: int, seed: int) -> Land:
    """Towns with neighbourhoods about them, as many as a share of England's people would fill."""
    draw = generator(seed, "example.land")
    count = max(12, round(_NEIGHBOURHOODS_IN_ENGLAND * scale(plans)))
    radius = 1000 * _KM_ACROSS * (plans / 3000) ** 0.5
    towns = min(max(3, round(2.2 * (plans / 500) ** 0.5)), len(words.TOWN_STARTS) * len(words.TOWN_ENDS))
    share = 1 / np.arange(1, towns + 1) ** 0.8
    share /= share.sum()
    bearing = draw.uniform(0, 2 * np.pi, towns)
    away = radius * np.sqrt(draw.uniform(0.15, 1, towns))
    away[0] = 0
    town_easting = CENTRE[0] + away * np.cos(bearing)
    town_northing = CENTRE[1] + away * np.sin(bearing)
    town = np.sort(draw.choice(towns, size=count, p=share))
    spread = (1200 * (1 + 1.5 * np.sqrt(share * count / 20)))[town]
    easting = np.round(town_easting[town] + draw.normal(0, spread))
    northing = np.round(town_northing[town] + draw.normal(0, spread))
    out_of_town = np.hypot(easting - town_easting[town], northing - town_northing[town]) / spread
    standing = draw.normal(0, 0.6, towns)[town] + 0.5 * out_of_town + draw.normal(0, 0.8, count)
    decile = 1 + (10 * np.argsort(np.argsort(standing)) // count)
    young = np.maximum(60, np.round(_PEOPLE_0_17 * draw.lognormal(-0.045, 0.3, count))).astype(np.int64)
    adult = np.maximum(20, np.round(_PEOPLE_18_24 * draw.lognormal(-0.08, 0.4, count))).astype(np.int64)
    return Land(
        towns=_town_names(draw, towns),
        town_easting=town_easting,
        town_northing=town_northing,
        town=town,
        easting=easting,
        northing=northing,
        decile=decile.astype(np.int64),
        people_0_17=young,
        people_18_24=adult,
        postcodes=_postcodes(town, count),
    )


def _town_names(draw: np.random.Generator, towns: int) -> tuple[str, ...]:
    every = [start + end for end in words.TOWN_ENDS for start in words.TOWN_STARTS]
    picked = draw.permutation(len(every))[:towns]
    return tuple(every[place] for place in picked)


def _postcodes(town: Ints, count: int) -> tuple[tuple[str, ...], ...]:
    """Postcodes of the area ZZ, which Royal Mail does not use: each town has districts of its own."""
    out = []
    district, used, before = 0, 0, -1
    for place in range(count):
        if town[place] != before or used + _POSTCODES_EACH > _IN_A_DISTRICT:
            district, used, before = district + 1, 0, int(town[place])
        out.append(tuple(_postcode(district, number) for number in range(used, used + _POSTCODES_EACH)))
        used += _POSTCODES_EACH
    return tuple(out)


def _postcode(district: int, number: int) -> str:
    sector, unit = divmod(number, len(_INWARD) ** 2)
    return f"ZZ{district} {sector}{_INWARD[unit // len(_INWARD)]}{_INWARD[unit % len(_INWARD)]}"
