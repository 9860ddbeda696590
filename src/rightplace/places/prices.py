"""What a place costs the high needs budget for a year: the area's own costs, else published ones, else not known."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace import parameters
from rightplace.vocabulary.setting import SettingKind

UNKNOWN: Final = "not known"
OWN: Final = "the area's costs, {year}-{next:02d}"
_APRIL: Final = 4
_PENCE: Final = 100

_PUBLISHED: Final = {
    SettingKind.MAINSTREAM: "top_up_mainstream_gbp",
    SettingKind.SPECIAL_STATE: "place_cost_special_state_gbp",
    SettingKind.SPECIAL_NON_MAINTAINED: "place_cost_independent_or_non_maintained_gbp",
    SettingKind.SPECIAL_INDEPENDENT: "place_cost_special_independent_gbp",
    SettingKind.SPECIALIST_POST_16: "place_cost_specialist_post_16_gbp",
    SettingKind.OTHERWISE_THAN_AT_SCHOOL: "place_cost_otherwise_than_at_school_gbp",
}
"""Published cost of a place by kind; other kinds have none that is used here."""

_KIND_COST: Final = {"setting_kind": pl.String, "kind_cost_gbp": pl.Float64, "kind_cost_basis": pl.String}


def by_kind(costs: pl.DataFrame, day: date) -> pl.DataFrame:
    """``setting_kind``, ``kind_cost_gbp`` (mean over needs) and ``kind_cost_basis`` in words, for kinds with a cost.

    The area's own costs are those of the latest financial year begun by ``day``, else of its earliest.
    """
    own = _latest(costs, day)
    mean = own.group_by("setting_kind", "financial_year").agg(
        (pl.col("annual_cost_pence").mean() / _PENCE).round(2).alias("kind_cost_gbp")
    )
    rows = [
        (kind, cost, _basis(year)) for kind, year, cost in mean.sort("setting_kind").iter_rows() if cost is not None
    ]
    held = {row[0] for row in rows}
    for kind, name in _PUBLISHED.items():
        value = parameters.load(name).find(day)
        if kind not in held and value is not None:
            rows.append((str(kind), float(value.value or 0), value.source_title))
    return pl.DataFrame(rows, schema=_KIND_COST, orient="row")


def table(bases: pl.DataFrame, costs: pl.DataFrame, needs: tuple[str, ...], day: date) -> npt.NDArray[np.float64]:
    """Pounds a year of a place, shape (bases, needs): the base's own cost, else that of its kind and the need.

    ``needs`` are codes. Not a number where nothing is known.
    """
    own = _latest(costs, day).select("setting_kind", "need", gbp=pl.col("annual_cost_pence") / _PENCE)
    known = {(kind, need): gbp for kind, need, gbp in own.iter_rows() if gbp is not None}
    anyway = bases["annual_cost_gbp"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    out = np.repeat(anyway[:, None], len(needs), axis=1)
    stated = bases["cost_basis"].to_list()
    for row, (kind, basis) in enumerate(zip(bases["setting_kind"].to_list(), stated, strict=True)):
        if basis.startswith("the area's costs"):
            out[row] = [known.get((kind, need), out[row, place]) for place, need in enumerate(needs)]
    return np.asarray(out, dtype=np.float64)


def _latest(costs: pl.DataFrame, day: date) -> pl.DataFrame:
    """Costs of one financial year."""
    if costs.is_empty():
        return costs
    now = day.year - (day.month < _APRIL)
    years = costs["financial_year"].unique().drop_nulls().sort().to_list()
    begun = [year for year in years if year <= now]
    return costs.filter(pl.col("financial_year") == (begun[-1] if begun else years[0]))


def _basis(year: int) -> str:
    return OWN.format(year=year, next=(year + 1) % 100)
