"""What places cost the made-up area, and its high needs budget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rightplace.example import figures, national
from rightplace.example.figures import rate
from rightplace.example.kinds import KINDS, NEEDS
from rightplace.example.land import scale
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

YEARS: Final = (2022, 2023, 2024, 2025)
"""Financial years, by the year each starts."""

_PRICED_AT: Final = 2024
_PENCE: Final = 100
_NEED_TIMES: Final[Mapping[Need, float]] = {
    Need.PMLD: 1.35, Need.SLD: 1.15, Need.MSI: 1.3, Need.PD: 1.1, Need.SEMH: 1.1, Need.ASD: 1.05, Need.MLD: 0.85,
    Need.SPLD: 0.85, Need.SLCN: 0.9, Need.HI: 0.95, Need.VI: 0.95, Need.OTH: 1.0,
}  # fmt: skip
"""Cost of a place by need against the mean of its kind. Assumed: no national figure is published."""
_PREMIUM_KINDS: Final = (
    SettingKind.MAINSTREAM,
    SettingKind.EARLY_YEARS,
    SettingKind.HOME_EDUCATION,
    SettingKind.NOT_IN_EDUCATION,
)


def costs() -> pl.DataFrame:
    """The area's ``costs`` table: a year's cost to the high needs budget of a place, by kind and need, in pence."""
    rows = [
        {
            "financial_year": year,
            "setting_kind": str(kind),
            "need": str(need),
            "annual_cost_pence": round(rate(f"cost_{kind}") * _PENCE * _times(kind, need) * _price(year) / 1000) * 1000,
        }
        for year in YEARS
        for kind in KINDS
        for need in NEEDS
    ]
    return pl.DataFrame(
        rows,
        schema={
            "financial_year": pl.Int16,
            "setting_kind": pl.String,
            "need": pl.String,
            "annual_cost_pence": pl.Int64,
        },
    )


def budget(plans: int) -> pl.DataFrame:
    """The area's ``budget`` table: high needs income and spending lines of each year, in pence.

    Spending is England's outturn of 2021-22 by line, scaled to the area and raised with prices and plans; income is the
    high needs block for each plan. The outturn of the last year is not known yet.
    """
    share = scale(plans)
    path = national.path()
    rows = []
    for year in YEARS:
        growth = _price(year) / _price(2021) * path[year + 1] / path[2022]
        income = (
            rate("high_needs_block_a_plan")
            * path[year]
            * share
            * (1 + rate("block_growth_beyond_plans")) ** (year - 2023)
        )
        rows.append(_line(year, "High needs block of the dedicated schools grant", income, income, income=True))
        for name, million in figures.table("high_needs_lines").frame.iter_rows():
            actual = million * 1e6 * share * growth
            rows.append(_line(year, name, actual * 0.96, actual, income=False))
    return pl.DataFrame(
        rows,
        schema={
            "financial_year": pl.Int16,
            "line": pl.String,
            "income": pl.Boolean,
            "budget_pence": pl.Int64,
            "outturn_pence": pl.Int64,
        },
    )


def _line(year: int, name: str, planned: float, actual: float, *, income: bool) -> dict[str, object]:
    known = year < YEARS[-1]
    return {
        "financial_year": year,
        "line": name,
        "income": income,
        "budget_pence": round(planned) * _PENCE,
        "outturn_pence": round(actual) * _PENCE if known else None,
    }


def _times(kind: SettingKind, need: Need) -> float:
    return 1.0 if kind in _PREMIUM_KINDS else _NEED_TIMES[need]


def _price(year: int) -> float:
    return float((1 + rate("cost_growth_a_year")) ** (year - _PRICED_AT))
