"""What a place costs the high needs budget in a year: spending divided by the plans it was spent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.area.tables import BY_NAME
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.finance import PENCE, SPENDING_YEAR
from rightplace.vocabulary.setting import SettingKind

SCHEMA: Final = {"la_code": pl.String(), **BY_NAME["costs"].schema}
FEWEST_PLANS: Final = 20
"""An authority with fewer plans in a kind of setting is given England's cost of it."""
FARTHEST: Final = 2.5
"""So is one whose own figure is more than this many times England's, or less than one part in it."""

_STATE: Final = "Top-up funding, state settings: "
_INDEPENDENT: Final = "Top-up funding, non-maintained and independent settings: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the yearly cost of a place in ``kinds`` is made: spending on ``lines`` over plans in ``over``, and place funding.

    ``place_gbp`` is paid for each place whoever fills it. Source: Education and Skills Funding Agency, High needs
    funding 2021 to 2022 operational guide.
    """

    kinds: tuple[str, ...]
    lines: tuple[str, ...]
    over: tuple[str, ...]
    place_gbp: int = 0


_MAINSTREAM: Final = (SettingKind.MAINSTREAM.value, SettingKind.RESOURCED_PROVISION.value, SettingKind.SEN_UNIT.value)
_SPECIAL: Final = (SettingKind.SPECIAL_INDEPENDENT.value, SettingKind.SPECIAL_NON_MAINTAINED.value)
_SCHOOLS: Final = (f"{_STATE}primary", f"{_STATE}secondary")

RECIPES: Final = (
    Recipe(kinds=_MAINSTREAM[:1], lines=_SCHOOLS, over=_MAINSTREAM),
    Recipe(kinds=_MAINSTREAM[1:], lines=_SCHOOLS, over=_MAINSTREAM, place_gbp=6_000),
    Recipe(
        kinds=(SettingKind.SPECIAL_STATE.value,),
        lines=(f"{_STATE}special schools",),
        over=(SettingKind.SPECIAL_STATE.value,),
        place_gbp=10_000,
    ),
    Recipe(kinds=_SPECIAL, lines=(f"{_INDEPENDENT}special schools",), over=_SPECIAL),
    Recipe(
        kinds=(SettingKind.FURTHER_EDUCATION.value,),
        lines=(f"{_STATE}post-school",),
        over=(SettingKind.FURTHER_EDUCATION.value,),
        place_gbp=6_000,
    ),
    Recipe(
        kinds=(SettingKind.SPECIALIST_POST_16.value,),
        lines=(f"{_INDEPENDENT}post-school",),
        over=(SettingKind.SPECIALIST_POST_16.value,),
        place_gbp=6_000,
    ),
)
"""Kinds of setting whose spending is published apart. Alternative provision is not here: most of what is spent on it is
for pupils without a plan."""


def unit_costs(budget: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """Yearly cost of a place by kind of setting: ``la_code`` and the columns of the area's costs table, need null.

    Spending is the outturn of the year in ``budget``; plans are the mean of the Januaries before and in it, in
    ``history``. Empty where either is not known. England's own cost is under its code.
    """
    plans = _plans(history)
    spent = budget.filter(
        (pl.col("financial_year") == SPENDING_YEAR) & pl.col("outturn_pence").is_not_null() & ~pl.col("income")
    )
    made = [_cost(recipe, spent, plans) for recipe in RECIPES]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *made])


def _plans(history: pl.DataFrame) -> pl.DataFrame:
    """Plans by authority and kind of setting, the mean of the two Januaries around the financial year."""
    januaries = (SPENDING_YEAR, SPENDING_YEAR + 1)
    rows = history.filter(
        (pl.col("measure") == "plans") & (pl.col("dimension") == "setting") & pl.col("year").is_in(januaries)
    )
    return rows.group_by("la_code", "value").agg(pl.col("people").mean())


def _cost(recipe: Recipe, spent: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    pence = spent.filter(pl.col("line").is_in(recipe.lines)).group_by("la_code").agg(pl.col("outturn_pence").sum())
    people = plans.filter(pl.col("value").is_in(recipe.over)).group_by("la_code").agg(pl.col("people").sum())
    own = pence.join(people, on="la_code").filter(pl.col("people") > 0)
    if own.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    england = float(own["outturn_pence"].sum()) / float(own["people"].sum())
    each = pl.col("outturn_pence") / pl.col("people")
    credible = (pl.col("people") >= FEWEST_PLANS) & each.is_between(england / FARTHEST, england * FARTHEST)
    codes = pl.concat([plans.select("la_code").unique(), pl.DataFrame({"la_code": [ENGLAND]})]).unique()
    top_up = own.select("la_code", pl.when(credible).then(each).alias("pence"))
    rows = (
        codes.sort("la_code")
        .join(top_up, on="la_code", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("la_code") == ENGLAND)
            .then(pl.lit(england))
            .otherwise(pl.col("pence").fill_null(england))
            .alias("pence")
        )
    )
    return pl.concat([_row(rows, kind, recipe.place_gbp) for kind in recipe.kinds])


def _row(rows: pl.DataFrame, kind: str, place_gbp: int) -> pl.DataFrame:
    return rows.select(
        "la_code",
        pl.lit(SPENDING_YEAR, pl.Int16).alias("financial_year"),
        pl.lit(kind).alias("setting_kind"),
        pl.lit(None, pl.String).alias("need"),
        (pl.col("pence") + place_gbp * PENCE).round(0).cast(pl.Int64).alias("annual_cost_pence"),
    )
