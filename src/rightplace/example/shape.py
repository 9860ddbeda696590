"""How plans in place, and new plans, fall by age, need and setting together, raked from published pairs.

DfE publishes age against setting, need against age and need against setting, never the three together.
The three-way table here is the one closest to independence that agrees with all three pairs
(iterative proportional fitting: Deming and Stephan 1940, Annals of Mathematical Statistics 11).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import figures
from rightplace.example.kinds import Flags, Floats, allowed

AGED_AT_CENSUS: Final = 137 / 365
"""Years from 31 August to the middle of January: the share of a year group that has had a birthday by then."""
_YOUNGER: Final = (1 - AGED_AT_CENSUS) ** 2 / 2
_OLDER: Final = AGED_AT_CENSUS**2 / 2
"""Of a year's new plans, those whose holder was, at the start, a year younger or older than on the 31 August before
the January that ends it, when birthdays and starts both fall evenly."""
_ROUNDS: Final = 200


def rake(mask: Flags, age_kind: Floats, age_need: Floats, need_kind: Floats) -> Floats:
    """Fit a table of shape (ages, needs, kinds) to its three two-way margins.

    ``mask`` (ages, kinds) says where a cell may be filled. ``age_kind`` sets the totals; the other two
    margins are scaled to its totals by age and by kind, since published totals differ a little.
    """
    age_kind = age_kind * mask
    age_need = age_need * _ratio(age_kind.sum(axis=1), age_need.sum(axis=1))[:, None]
    need_kind = need_kind * _ratio(age_kind.sum(axis=0), need_kind.sum(axis=0))[None, :]
    cells = np.repeat(mask[:, None, :], age_need.shape[1], axis=1).astype(float)
    for _ in range(_ROUNDS):
        cells *= _ratio(need_kind, cells.sum(axis=0))[None, :, :]
        cells *= _ratio(age_need, cells.sum(axis=2))[:, :, None]
        cells *= _ratio(age_kind, cells.sum(axis=1))[:, None, :]
    return cells


@lru_cache(maxsize=1)
def in_place() -> Floats:
    """Plans in place in January 2025, shape (ages, needs, kinds), in plans of England."""
    return rake(
        allowed(),
        _spread(
            figures.kinds_by_age("stock_by_age_and_setting"),
            figures.by_age("stock_by_age_and_setting", ["not_recorded"]),
        ),
        figures.by_age("need_by_age", figures.need_columns()),
        figures.by_kind("need_by_setting", figures.need_columns()).T,
    )


@lru_cache(maxsize=1)
def new() -> Floats:
    """Plans started in 2024, by age on 31 August 2024, shape (ages, needs, kinds), in plans of England.

    DfE's table of new plans by setting goes by age on census day in January 2025, and its table of new plans by
    need by age on the day the plan started. (Its notes do not say so: plans in place by age a year apart
    leave no other reading.) Both are turned here into age on 31 August.
    """
    settings = _spread(
        figures.kinds_by_age("new_plans_by_age_and_setting"),
        figures.by_age("new_plans_by_age_and_setting", ["not_recorded"]),
    )
    needs = figures.by_age("new_plan_need_by_age", figures.need_columns())
    totals = _by_august(settings.sum(axis=1))
    at_start = _blend(needs, {-1: _YOUNGER, 0: 1 - _YOUNGER - _OLDER, 1: _OLDER})
    at_census = _blend(settings, {0: 1 - AGED_AT_CENSUS, 1: AGED_AT_CENSUS}) * allowed()
    return rake(
        allowed(),
        at_census * _ratio(totals, at_census.sum(axis=1))[:, None],
        at_start,
        figures.by_kind("new_plan_need_by_setting", figures.need_columns()).T,
    )


def _by_august(on_census_day: Floats) -> Floats:
    """Counts by age on 31 August, from counts by age on census day: a share have had a birthday in between."""
    out = np.zeros_like(on_census_day)
    for row, count in enumerate(on_census_day):
        had_birthday = AGED_AT_CENSUS * out[row - 1] if row else 0.0
        out[row] = max(count - had_birthday, 0.0) / (1 - AGED_AT_CENSUS)
    return np.asarray(out * on_census_day.sum() / out.sum())


def _blend(rows: Floats, weights: dict[int, float]) -> Floats:
    """Each row mixed with its neighbours; a neighbour beyond the first or last age is that age."""
    last = len(rows) - 1
    return np.asarray(sum(w * rows[np.clip(np.arange(len(rows)) + step, 0, last)] for step, w in weights.items()))


def _spread(known: Floats, unknown: Floats) -> Floats:
    """Counts with those not recorded shared out in the proportions of those that are."""
    total = known.sum(axis=1, keepdims=True)
    return known * (1 + _ratio(unknown, total))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
