"""Demand for specialist places in each future: children by zone, group of needs, phase and level of provision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace import parameters
from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.cohort import batch
from rightplace.forecast.cohort.batch import Inputs
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.result import Forecast
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.scheme import ALTERNATIVE, BASE, COLLEGE, LEVELS, SPECIAL
from rightplace.streams import generator
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, YEAR_GROUPS

Reals = NDArray[np.float64]

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "autism and communication": (Need.ASD, Need.SLCN),
    "social, emotional and mental health": (Need.SEMH,),
    "learning and other": (Need.SPLD, Need.MLD, Need.SLD, Need.PMLD, Need.DS, Need.OTH, Need.NOT_RECORDED),
    "sensory and physical": (Need.HI, Need.VI, Need.MSI, Need.PD),
}
"""Groups of needs that places are planned for."""

PHASES: Final[dict[str, tuple[int, int]]] = {
    "early years and primary": (FIRST, 6), "secondary": (7, 11), "ages 16 to 18": (12, 14), "ages 19 to 24": (15, 20),
}  # fmt: skip
"""Phases that places are planned for: first and last year group."""

LEVEL_OF: Final[dict[str, str]] = {
    SettingKind.RESOURCED_PROVISION: BASE, SettingKind.SEN_UNIT: BASE, SettingKind.SPECIAL_STATE: SPECIAL,
    SettingKind.SPECIAL_NON_MAINTAINED: SPECIAL, SettingKind.SPECIAL_INDEPENDENT: SPECIAL,
    SettingKind.SPECIALIST_POST_16: COLLEGE, SettingKind.ALTERNATIVE_PROVISION: ALTERNATIVE,
}  # fmt: skip
"""Kinds of setting whose places are planned, and their level. Others (mainstream, colleges of further education, home) are not."""

_FIT_ROUNDS: Final = 40
_SEEDED: Final = 1e-3
_BORROWED: Final = 5.0
_NEARLY_EMPTY: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """``children`` (futures, years, classes); ``classes`` has columns zone, group, phase, level, as places in their lists.

    ``septembers``: the academic years, by their first September; a year's count is of the January in it.
    """

    classes: pl.DataFrame
    septembers: tuple[int, ...]
    children: Reals


def demand(
    area: Area,
    forecast: Forecast,
    zones: Zones,
    *,
    first: int,
    futures: int,
    seed: int,
    on: date,
    classes: pl.DataFrame | None = None,
) -> Demand:
    """Demand in ``futures`` futures of the forecast from the ``first`` on, for ``classes`` where given, else all not nearly empty.

    In each future and year, children by group, phase and level have the forecast's own margins and are otherwise as the last
    January's joint counts (iterative proportional fitting). Zones have the shares of the last January, drawn anew for each
    future by as much as so few children leave unsure (Dirichlet). Raises ``UserError`` where the forecast has too few
    futures, or does not keep what it was made from.
    """
    if forecast.inputs is None:
        raise UserError("The forecast does not keep what it was made from.", action="Make the forecast again.")
    inputs = forecast.inputs
    stock = _stock(inputs, first, first + futures)
    joint = _joint(inputs, stock[:, 1:])
    joint = _some_to_bases(joint, on)
    shares = _zone_shares(area, zones, futures, first, seed)
    split = joint[:, :, None] * shares[:, None, :, :, :, None]
    split = np.ascontiguousarray(split[..., : len(LEVELS)])
    flat = split.reshape(*split.shape[:2], -1)
    every = _every_class(len(zones.names))
    if classes is None:
        classes = every.filter(pl.Series(flat.mean(axis=(0, 1)) > _NEARLY_EMPTY))
    kept = every.with_row_index("place").join(classes, on=every.columns, how="right", maintain_order="right")["place"]
    start = int(forecast.summary["year"].to_numpy().min())
    septembers = tuple(range(start, start + stock.shape[1] - 1))
    return Demand(classes=classes, septembers=septembers, children=np.ascontiguousarray(flat[:, :, kept.to_numpy()]))


def _every_class(zones: int) -> pl.DataFrame:
    rows = list(product(range(zones), range(len(GROUPS)), range(len(PHASES)), range(len(LEVELS))))
    return pl.DataFrame(rows, schema=dict.fromkeys(("zone", "group", "phase", "level"), pl.Int64), orient="row")


def _stock(inputs: Inputs, first: int, last: int) -> NDArray[np.int32]:
    """Margins of the futures, made again from what the forecast was made from."""
    if last <= inputs.futures:
        return batch.some(inputs, first, last)[0]
    raise UserError(
        f"The forecast has {inputs.futures} futures and {last} are needed, {first} of them to try the plan on.",
        action="Make a forecast with more futures.",
    )


def _joint(inputs: Inputs, stock: NDArray[np.int32]) -> Reals:
    """(futures, years, groups, phases, levels + 1): the last level is everyone whose place is not planned here."""
    space = inputs.space
    to_group, to_phase, to_level = _maps(space)
    seedling = np.einsum("ynk,yp,ng,kl->gpl", inputs.start.astype(np.float64), to_phase, to_group, to_level) + _SEEDED
    ages, needs = space.shape[0], space.shape[0] + space.shape[1]
    margins = [stock[..., ages:needs] @ to_group, stock[..., :ages] @ to_phase, stock[..., needs:] @ to_level]
    table = np.broadcast_to(seedling, (*stock.shape[:2], *seedling.shape)).copy()
    axes = {0: (3, 4), 1: (2, 4), 2: (2, 3)}
    for _ in range(_FIT_ROUNDS):
        for axis, summed in axes.items():
            ratio = margins[axis] / np.maximum(table.sum(axis=summed), 1e-12)
            table *= np.expand_dims(ratio, summed)
    return table


def _maps(space: Space) -> tuple[Reals, Reals, Reals]:
    groups, phases, levels = (np.zeros((size, width)) for size, width in zip(
        (space.shape[1], space.shape[0], space.shape[2]), (len(GROUPS), len(PHASES), len(LEVELS) + 1), strict=True
    ))  # fmt: skip
    names = list(GROUPS.values())
    for row, need in enumerate(space.needs):
        groups[row, next((k for k, members in enumerate(names) if need in members), 2)] = 1.0
    for row, year_group in enumerate(YEAR_GROUPS):
        phases[row, next(k for k, (low, high) in enumerate(PHASES.values()) if low <= year_group <= high)] = 1.0
    for row, kind in enumerate(space.kinds):
        levels[row, LEVELS.index(LEVEL_OF[kind]) if kind in LEVEL_OF else len(LEVELS)] = 1.0
    return groups, phases, levels


def _some_to_bases(joint: Reals, on: date) -> Reals:
    """Some children forecast in special schools could be served in a base: they count at that level, and can use either."""
    share = float(parameters.load("special_pupils_a_base_could_serve_share").at(on).value or 0)
    base, special = LEVELS.index(BASE), LEVELS.index(SPECIAL)
    moved = joint[..., special] * share
    joint[..., base] += moved
    joint[..., special] -= moved
    return joint


def _zone_shares(area: Area, zones: Zones, futures: int, first: int, seed: int) -> Reals:
    """Shares of zones (futures, zones, groups, phases), drawn for each future."""
    last = area["census"].filter(pl.col("census_year") == pl.col("census_year").max())
    counts = np.zeros((len(zones.names), len(GROUPS), len(PHASES)))
    placed = last.filter(pl.col("setting_kind").is_in(list(LEVEL_OF))).join(zones.of, on="neighbourhood_id")
    groups = {need: k for k, members in enumerate(GROUPS.values()) for need in members}
    for need, year_group, zone, people in (
        placed.group_by("need", "year_group", "zone").len().sort("need", "year_group", "zone").iter_rows()
    ):
        phase = next((k for k, (low, high) in enumerate(PHASES.values()) if low <= (year_group or 0) <= high), 0)
        counts[zone, groups.get(need, 2), phase] += people
    overall = np.maximum(counts.sum(axis=(1, 2)), 0.5)
    alpha = counts + _BORROWED * (overall / overall.sum())[:, None, None]
    drawn = np.stack([generator(seed, "places.invest.zones", first + f).standard_gamma(alpha) for f in range(futures)])
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)
