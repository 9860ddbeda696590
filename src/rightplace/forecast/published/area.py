"""An area's stock and rates from published counts, read by England's pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Destinations, Joining, Ladder, Model, NeedChanges
from rightplace.forecast.published import fitting, net_change, steer
from rightplace.forecast.published.history_cells import axes, band_slices, bands, cells, total
from rightplace.forecast.published.pattern import MARGINS, Pattern
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]

OWN_NEW: Final = 30.0
"""Prior weight, in new plans of a year group, of England's ages of joiners against the area's own."""
OWN_MIX: Final = 50.0
"""Prior weight, in new plans, of England's needs and settings of joiners against the area's own."""
OWN_CEASED: Final = 100.0
"""Prior weight, in ceased plans, of England's rates of leaving against the area's own."""
OWN_PROFILE: Final = 50.0
"""Prior weight, in plans of a year group, of England's mix at that age against the area's own."""
RATE_WORTH: Final = 200.0
"""People that a rate taken from England is worth: how sure it is for one area."""
NOT_RECORDED: Final = SettingKind.NOT_RECORDED.value
"""What a kind of setting, and a need, is called where none is recorded."""
_EXACT: Final = 1e6
_MOST_OF: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where an area starts: plans in place in whole people and as fitted (Y, N, K), and the own dimensions used."""

    people: NDArray[np.int32]
    fitted: Reals
    used: tuple[str, ...]


def start(
    history: pl.DataFrame, january: int, plans: int, pattern: Pattern, carried: Mapping[str, Reals] | None = None
) -> Start:
    """Plans in place, adding up to ``plans``: England's table fitted to what the area publishes for that January.

    ``carried`` has the area's shares by setting (K,) or age band (B,) carried on from an earlier January, in the place of
    what is not published, or not believed, in this one.
    """
    carried = carried or {}
    table = pattern.stock + pattern.stock.sum() * 1e-9
    last_counts_most = ("setting", "need", "age", *reversed(MARGINS))
    found = {
        name: cells(history, "plans", january, name, pattern.space)
        for name in last_counts_most
        if not ("setting" in carried and "setting" in name)
    }
    if "setting" in carried:
        found = {"setting": carried["setting"] * plans, **found}
    margins = {
        name: counts for name, counts in found.items() if counts is not None and counts.sum() >= _MOST_OF * plans
    }
    used = list(margins)
    by_band = carried["age_band"] * plans if "age_band" in carried else bands(history, january)
    if not any(name.startswith("age") for name in used) and by_band is not None:
        for part, people in zip(band_slices(), by_band, strict=True):
            table[part] *= (people + 1e-9) / table[part].sum()
        used.append("age_band")
    fitted = fitting.fit(table, [(axes(name), counts) for name, counts in margins.items()], float(plans))
    return Start(people=fitting.whole(fitted, plans), fitted=fitted, used=tuple(used))


def model(history: pl.DataFrame, january: int, residents: Reals, pattern: Pattern, stock: Reals) -> tuple[Model, Reals]:
    """What the area's futures draw from, and the weight of each kind of setting as a destination (Y, K).

    ``residents`` (Y,) are those of the last January, ``stock`` its fitted plans.
    """
    leave = _leave(history, january, pattern)
    joining, joined = _joining(history, january, residents, pattern)
    steady = _steadied(stock, pattern)
    move, gained = net_change.moves(steady.sum(axis=1), leave, joined.sum(axis=1))
    move, to = net_change.none_impossible(move, gained, steady.sum(axis=1))
    onward = net_change.onward(to)
    change, becomes = net_change.need_changes(steady.sum(axis=2), leave, joined.sum(axis=2))
    cell = np.zeros(pattern.space.shape)
    by_kind = np.zeros(move.shape)
    found = Model(
        leaving=Ladder(
            year=RATE_WORTH * np.stack([leave, 1.0 - leave], axis=1), kind_yes=by_kind, kind_no=by_kind,
            cell_yes=cell, cell_no=cell, weights=np.array([RATE_WORTH, _EXACT]),
        ),
        moving=Ladder(
            year=np.ones((len(move), 2)), kind_yes=RATE_WORTH * move, kind_no=RATE_WORTH * (1.0 - move),
            cell_yes=cell, cell_no=cell, weights=np.array([1e-9, _EXACT]),
        ),
        destinations=Destinations(kind=RATE_WORTH * onward, cell=np.zeros((*cell.shape, cell.shape[2])), weight=_EXACT),
        need_changes=NeedChanges(change=RATE_WORTH * np.stack([change, 1.0 - change], axis=1), becomes=RATE_WORTH * becomes),
        joining=joining,
    )  # fmt: skip
    return found, to


def mean_rates(model: Model, to: Reals) -> steer.Rates:
    """The mean rates of a model with destinations ``to`` (Y, K), needs together; ``join`` is joiners per resident, (1, Y)."""
    by_year = model.leaving.year
    kinds = to.shape[1]
    split = model.joining.split.reshape(len(by_year), -1, kinds).sum(axis=1)
    moved = model.moving.kind_yes / np.maximum(model.moving.kind_yes + model.moving.kind_no, 1e-12)
    return steer.Rates(
        leave=by_year[:, 0] / by_year.sum(axis=1),
        move=moved,
        to=to,
        join=(model.joining.rate[:, 0] / model.joining.rate[:, 1])[None],
        split=split / np.maximum(split.sum(axis=1, keepdims=True), 1e-12),
    )


def leave_factor(history: pl.DataFrame, january: int, pattern: Pattern) -> float:
    """How the area's plans cease against England's rates at the same ages, drawn towards 1.

    Plans that ceased in the year before, less moves to other authorities, over those expected of the
    ages a year earlier or, where these are not known, of the January itself.
    """
    ceased, away = (total(history, measure, january - 1) for measure in ("ceased_plans", "transferred_out"))
    ages = cells(history, "plans", january - 1, "age", pattern.space)
    if ages is None:
        ages = cells(history, "plans", january, "age", pattern.space)
    if ceased is None or ages is None:
        return 1.0
    expected = float((ages * pattern.leave).sum())
    return (max(ceased - (away or 0.0), 0.0) + OWN_CEASED) / (expected + OWN_CEASED)


def _leave(history: pl.DataFrame, january: int, pattern: Pattern) -> Reals:
    """England's shares leaving (Y,), their odds multiplied by the area's factor."""
    odds = leave_factor(history, january, pattern) * pattern.leave / np.maximum(1.0 - pattern.leave, 1e-9)
    share: Reals = odds / (1.0 + odds)
    return share


def _steadied(stock: Reals, pattern: Pattern) -> Reals:
    """The area's plans with each year group's mix drawn towards England's at that age, fitted to the area's totals."""
    totals: list[fitting.Margin] = [
        ((axis,), stock.sum(axis=other)) for axis, other in ((0, (1, 2)), (1, (0, 2)), (2, (0, 1)))
    ]
    usual = fitting.fit(pattern.stock + pattern.stock.sum() * 1e-9, totals, stock.sum())
    by_age = stock.sum(axis=(1, 2), keepdims=True)
    shrunk: Reals = (stock + OWN_PROFILE * usual / np.maximum(by_age, 1e-9)) * (by_age / (by_age + OWN_PROFILE))
    return shrunk


def _joining(history: pl.DataFrame, january: int, residents: Reals, pattern: Pattern) -> tuple[Joining, Reals]:
    """Joining rates and splits, and the joiners of a year that they amount to (Y, N, K)."""
    own = cells(history, "new_plans", january - 1, "age", pattern.space)
    plans = total(history, "new_plans", january - 1) or (own.sum() if own is not None else 0.0) or 100.0
    expected = pattern.new_by_age * (plans / pattern.new_by_age.sum())
    shape = OWN_NEW + (expected if own is None else own * (plans / own.sum()))
    joiners = pattern.joiners.sum(axis=(1, 2))
    mean = joiners * (plans / joiners.sum()) * shape / (OWN_NEW + expected)
    here = (mean > 0) & (residents > 0)
    rate = np.where(here[:, None], np.stack([shape, shape * residents / np.maximum(mean, 1e-9)], axis=1), [0.0, 1.0])
    mix = _own_mix(history, january, pattern)
    share = mix / np.maximum(mix.sum(axis=(1, 2), keepdims=True), 1e-12)
    split = (share * shape[:, None, None]).reshape(len(mean), -1)
    return Joining(rate=rate, split=split), share * mean[:, None, None]


def _own_mix(history: pl.DataFrame, january: int, pattern: Pattern) -> Reals:
    """England's joiners (Y, N, K) with the needs and settings of the area's own, in part."""
    table = pattern.joiners
    margins = []
    for name, labels in (("need", pattern.space.needs), ("setting", pattern.space.kinds)):
        own = cells(history, "new_plans", january - 1, name, pattern.space)
        if own is not None:
            usual = table.sum(axis=(0, 2) if name == "need" else (0, 1))
            own = _recorded_since(own, cells(history, "plans", january, name, pattern.space), usual, labels)
            margins.append((axes(name), own + OWN_MIX * usual / usual.sum()))
    return fitting.fit(table, margins, table.sum()) if margins else table


def _recorded_since(new: Reals, held: Reals | None, usual: Reals, labels: tuple[str, ...]) -> Reals:
    """New plans by need or setting, those not recorded no more than are still so in the January after.

    A plan is often issued before its need or setting is entered: by January most have one, so as joiners they have it too.
    Where the January is not published either (``held`` is None) England's share, ``usual``, is the most. Where most new
    plans are without one, and more than that, the return did not say, and nothing is known of the area's own: all noughts.
    """
    if NOT_RECORDED not in labels:
        return new
    place = labels.index(NOT_RECORDED)
    most = usual[place] / usual.sum() * new.sum() if held is None else held[place]
    if new[place] > max(most, new.sum() / 2):
        return np.zeros_like(new)
    out = new.copy()
    out[place] = min(new[place], most)
    return out
