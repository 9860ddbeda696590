"""Places that stand in an area, shared among the cells they can serve.

A base's places are for all the needs and year groups it takes. To set them beside children they are shared among those
cells so that, as far as the bases allow, each has the same share of its expected children placed: shares in proportion to
children expected, scaled in turn until they no longer move (iterative proportional fitting; Deming and Stephan 1940,
doi:10.1214/aoms/1177731829), with each base's places always given out in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.places.fit.coded import LOOSE, NEEDS
from rightplace.places.sufficiency.cells import Cells, Reals, in_phases
from rightplace.vocabulary.year_group import FIRST, LAST, YEAR_GROUPS

Flags = npt.NDArray[np.bool_]

_ROUNDS: Final = 60
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Places by cell (localities, phases, needs, kinds).

    ``places``: those known. ``unknown`` (bases, localities, phases, needs, kinds): the cells of each base whose number of
    places is not known. ``roll``: pupils at those bases, where that is known.
    """

    places: Reals
    unknown: Flags
    roll: Reals


def there(bases: pl.DataFrame, locality: npt.NDArray[np.int64], cells: Cells, expected: Reals) -> There:
    """Places of the bases of the kinds in ``cells``; ``locality`` is each base's, ``expected`` (year groups, needs, kinds)."""
    frame = bases.with_columns(locality=pl.Series(locality)).filter(pl.col("setting_kind").is_in(cells.kinds))
    known = frame.filter(pl.col("capacity").is_not_null())
    not_known = frame.filter(pl.col("capacity").is_null())
    with_roll = not_known.filter(pl.col("roll") > 0)
    takes = _takes(not_known, cells)
    unknown = np.zeros((not_known.height, *cells.shape), np.bool_)
    for row, (zone, kind) in enumerate(not_known.select("locality", "setting_kind").iter_rows()):
        unknown[row, zone, :, :, cells.kinds.index(kind)] = in_phases().T @ takes[row] > 0
    return There(
        places=_shared(known, known["capacity"], cells, expected),
        unknown=unknown,
        roll=_shared(with_roll, with_roll["roll"], cells, expected),
    )


def _takes(bases: pl.DataFrame, cells: Cells) -> Reals:
    """(bases, year groups, needs): 1 where a base takes them. No need listed is every need; no age known every age.

    Needs that registers have no code for are taken by every base.
    """
    loose = {NEEDS[need] for need in LOOSE}
    low = bases["low_year_group"].fill_null(FIRST).to_numpy()
    high = bases["high_year_group"].fill_null(LAST).to_numpy()
    years = np.array(YEAR_GROUPS)
    ages = (years[None, :] >= low[:, None]) & (years[None, :] <= high[:, None])
    needs = np.array(
        [
            [not listed or need in listed or need in loose for need in cells.needs]
            for listed in bases["needs"].to_list()
        ],
        np.bool_,
    ).reshape(bases.height, len(cells.needs))
    return np.asarray(ages[:, :, None] & needs[:, None, :], np.float64)


def _shared(bases: pl.DataFrame, places: pl.Series, cells: Cells, expected: Reals) -> Reals:
    found = np.zeros(cells.shape)
    takes, number = _takes(bases, cells), places.cast(pl.Float64).to_numpy()
    kinds, zones = bases["setting_kind"].to_numpy(), bases["locality"].to_numpy()
    for kind, name in enumerate(cells.kinds):
        own = np.flatnonzero(kinds == name)
        if len(own):
            split = share(number[own], takes[own], expected[:, :, kind])
            by_phase = np.einsum("bgn,gp->bpn", split, in_phases())
            np.add.at(found[:, :, :, kind], zones[own], by_phase)
    return found


def share(places: Reals, takes: Reals, expected: Reals) -> Reals:
    """Each base's places among the cells it takes: shape of ``takes`` (bases, year groups, needs).

    Every base's row adds up to its places. A base for whom nobody is expected has them spread evenly; one that takes no
    cell at all gives none.
    """
    weight = np.where(expected > 0, expected, 0.0)
    alone = (takes * weight).sum(axis=(1, 2)) <= 0
    anyone = np.where(alone[:, None, None], takes * _LEAST, 0.0)
    given = np.zeros(takes.shape)
    for _ in range(_ROUNDS):
        part = takes * weight + anyone
        total = part.sum(axis=(1, 2), keepdims=True)
        given = places[:, None, None] * np.divide(part, total, out=np.zeros_like(part), where=total > 0)
        held = given.sum(axis=0)
        ratio = np.divide(expected, held, out=np.ones_like(held), where=(held > 0) & (expected > 0))
        weight = weight * ratio
        weight /= max(weight.max(), _LEAST)
    return given
