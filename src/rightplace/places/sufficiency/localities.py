"""Where in an area children live and bases stand: the zones that new places are planned for, or the area as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.errors import DataError
from rightplace.forecast.people import pooling
from rightplace.places.invest import locality
from rightplace.places.sufficiency.cells import KINDS, in_phases
from rightplace.vocabulary.year_group import FIRST, LAST

Reals = npt.NDArray[np.float64]

NOT_KNOWN: Final = "not known"
"""Locality of children whose neighbourhood, and of bases whose place on the map, is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Localities:
    """``names`` of the localities; ``of``: columns neighbourhood_id, locality (row of ``names``), easting, northing.

    ``split`` says whether the area could be split: it cannot where no person's home is known.
    """

    names: tuple[str, ...]
    of: pl.DataFrame
    split: bool

    def of_bases(self, bases: pl.DataFrame) -> npt.NDArray[np.int64]:
        """The locality of each base: that of the nearest neighbourhood."""
        if not self.split:
            return np.zeros(bases.height, np.int64)
        points = self.of.select("easting", "northing").to_numpy()
        there = bases.select("easting", "northing").cast(pl.Float64).to_numpy()
        away = ((there[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
        nearest = np.argmin(np.where(np.isnan(away), np.inf, away), axis=1)
        zone = self.of["locality"].to_numpy()[nearest]
        return np.where(np.isnan(there).any(axis=1), len(self.names) - 1, zone).astype(np.int64)


def localities(area: Area, *, count: int = 5) -> Localities:
    """At most ``count`` localities of an area, those that new places are planned for; one where homes are not known."""
    whole = Localities(names=(area.name,), of=pl.DataFrame(), split=False)
    if area["census"]["neighbourhood_id"].drop_nulls().is_empty():
        return whole
    try:
        zones = locality.zones(area, count=count)
    except DataError:
        return whole
    points = area["neighbourhoods"].select("neighbourhood_id", "easting", "northing")
    of = zones.of.rename({"zone": "locality"}).join(points, on="neighbourhood_id", how="left", maintain_order="left")
    return Localities(names=(*zones.names, NOT_KNOWN), of=of, split=True)


def seen(area: Area, where: Localities, *, january: int) -> pl.DataFrame:
    """People in :data:`~rightplace.places.sufficiency.cells.KINDS` up to a January: census_year, locality, group (from 0), need, kind."""
    census = area["census"].filter(pl.col("census_year") <= january, pl.col("setting_kind").is_in(list(KINDS)))
    placed = census.drop_nulls("year_group").select(
        "census_year", "neighbourhood_id", "need", "setting_kind",
        group=pl.col("year_group").cast(pl.Int64).clip(FIRST, LAST) - FIRST,
    )  # fmt: skip
    if not where.split:
        return placed.with_columns(locality=pl.lit(0, pl.Int64))
    found = placed.join(where.of.select("neighbourhood_id", "locality"), on="neighbourhood_id", how="left")
    return found.with_columns(pl.col("locality").fill_null(len(where.names) - 1))


def evidence(people: pl.DataFrame, where: Localities, *, january: int) -> Reals:
    """Parameters (phases, localities) of the Dirichlet distribution of localities' shares in each phase.

    A January counts half as much as the one after it; phases with few children are drawn towards the shares of all ages.
    """
    phases = in_phases()
    counts = np.zeros((len(phases), len(where.names)))
    weight = 0.5 ** (january - people["census_year"].cast(pl.Float64).to_numpy())
    np.add.at(counts, (people["group"].to_numpy(), people["locality"].to_numpy()), weight)
    by_phase = phases.T @ counts
    overall = (by_phase.sum(axis=0) + 0.5) / (by_phase.sum() + 0.5 * by_phase.shape[1])
    # Nobody's home is unknown where none was: half a child would put some there.
    empty = by_phase.sum(axis=0) == 0
    overall = np.where(empty, 1e-9, overall)
    overall /= overall.sum()
    prior = pooling.split_weight(by_phase, np.tile(overall, (len(by_phase), 1)))
    return np.asarray(prior * overall + by_phase, np.float64)
