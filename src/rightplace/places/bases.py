"""Where places are: every base of every setting, with who it takes, how many, and what is not known of it.

A base is places of one kind at a setting: its main school or college, a SEN unit, a resourced provision. The area's
``bases`` table comes first; a base of a kind that it does not state for a setting follows from the register of settings.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.casework.placement_facts import SettingStatus
from rightplace.places import prices
from rightplace.vocabulary import year_group as year_groups
from rightplace.vocabulary.setting import SettingKind

BASES: Final[dict[str, pl.DataType]] = {
    "setting_id": pl.String(),
    "base": pl.String(),
    "name": pl.String(),
    "setting_kind": pl.String(),
    "needs": pl.List(pl.String()),
    "low_year_group": pl.Int16(),
    "high_year_group": pl.Int16(),
    "capacity": pl.Int32(),
    "roll": pl.Int32(),
    "sex": pl.String(),
    "residential": pl.Boolean(),
    "provides": pl.List(pl.String()),
    "easting": pl.Float64(),
    "northing": pl.Float64(),
    "annual_cost_gbp": pl.Float64(),
    "status": pl.String(),
    "section_41": pl.Boolean(),
    "trust": pl.String(),
    "la_code": pl.String(),
    "capacity_basis": pl.String(),
    "cost_basis": pl.String(),
}
"""Columns of :func:`bases`. ``status`` is a code of :class:`~rightplace.casework.placement_facts.SettingStatus`;
``capacity_basis`` and ``cost_basis`` say in words where capacity and cost come from. Null is unknown, never none."""

MAIN: Final = "main"
UNIT: Final = "unit"
RESOURCED: Final = "resourced"

WHOLE: Final = "the register's places for all pupils"
NOT_APART: Final = "not known: the register counts places for all pupils, not for those with EHC plans"
NOT_STATED: Final = "not known: none is stated"
OF_BASE: Final = "the register's places in the base"
STATED: Final = "the area's table of bases"

_WHOLLY_FOR_PLANS: Final = (
    SettingKind.SPECIAL_STATE,
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.SPECIALIST_POST_16,
)
_LEAVING_AGE_TO_YEAR: Final = 1
_COLLEGE: Final = (16, 25)
_ACADEMIES: Final = (28, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 44, 45, 46)
_MAINTAINED: Final = (1, 2, 3, 5, 7, 12)
_NURSERY: Final = 15
_COLLEGES: Final = (18, 31)
_BY_KIND: Final = {
    SettingKind.MAINSTREAM: SettingStatus.MAINTAINED_SCHOOL,
    SettingKind.RESOURCED_PROVISION: SettingStatus.MAINTAINED_SCHOOL,
    SettingKind.SEN_UNIT: SettingStatus.MAINTAINED_SCHOOL,
    SettingKind.SPECIAL_STATE: SettingStatus.MAINTAINED_SCHOOL,
    SettingKind.SPECIAL_NON_MAINTAINED: SettingStatus.NON_MAINTAINED_SPECIAL,
    SettingKind.SPECIAL_INDEPENDENT: SettingStatus.INDEPENDENT_SPECIAL,
    SettingKind.SPECIALIST_POST_16: SettingStatus.INDEPENDENT_SPECIAL,
    SettingKind.FURTHER_EDUCATION: SettingStatus.FURTHER_EDUCATION,
}


def bases(area: Area, *, september: int) -> pl.DataFrame:
    """Every base open in a September: columns as :data:`BASES`, one row a base, by ``setting_id`` and ``base``.

    A mainstream school's or college's places for children and young people with EHC plans are unknown unless the
    area states them: unknown is not unlimited. Units and resourced provision are bases of their own.
    """
    day = first_day(september)
    settings = _open(area["settings"], day)
    stated = _stated(area["bases"], settings)
    derived = _derived(settings).join(stated, on=["setting_id", "setting_kind"], how="anti")
    rows = pl.concat([stated, derived])
    return _with_costs(rows, area, day).select(list(BASES)).cast(BASES).sort("setting_id", "base")  # type: ignore[arg-type]


def _open(settings: pl.DataFrame, day: date) -> pl.DataFrame:
    """Settings open on a day, with the year groups they take and what they are in law."""
    low = (pl.col("low_age") - year_groups.age(0)).clip(year_groups.FIRST, year_groups.LAST)
    high = (pl.col("high_age") - _LEAVING_AGE_TO_YEAR - year_groups.age(0)).clip(year_groups.FIRST, year_groups.LAST)
    college = pl.col("setting_kind").is_in([SettingKind.FURTHER_EDUCATION, SettingKind.SPECIALIST_POST_16])
    ages = pl.col("low_age").is_null() & pl.col("high_age").is_null() & college
    first, last = (year_groups.of_age(age) for age in (_COLLEGE[0], _COLLEGE[1] - _LEAVING_AGE_TO_YEAR))
    return settings.filter(
        pl.col("close_date").is_null() | (pl.col("close_date") > day),
        pl.col("open_date").is_null() | (pl.col("open_date") <= day),
    ).with_columns(
        low_year_group=pl.when(ages).then(first).otherwise(low),
        high_year_group=pl.when(ages).then(last).otherwise(high),
        status=_status(),
    )


def _status() -> pl.Expr:
    """What a setting is in law, from its type in the register, else from its kind.

    A pupil referral unit is not a maintained school of the Act (Children and Families Act 2014, section 83(2)).
    """
    gias = pl.col("gias_type")
    by_kind = pl.col("setting_kind").replace_strict(
        {str(kind): str(status) for kind, status in _BY_KIND.items()}, default=str(SettingStatus.OTHER)
    )
    trusted = pl.col("trust").is_not_null() & pl.col("setting_kind").is_in(
        [SettingKind.MAINSTREAM, SettingKind.SPECIAL_STATE, SettingKind.ALTERNATIVE_PROVISION]
    )
    return (
        pl.when(gias.is_in(_ACADEMIES) | (gias.is_null() & trusted))
        .then(pl.lit(str(SettingStatus.ACADEMY)))
        .when(gias.is_in(_MAINTAINED))
        .then(pl.lit(str(SettingStatus.MAINTAINED_SCHOOL)))
        .when(gias == _NURSERY)
        .then(pl.lit(str(SettingStatus.MAINTAINED_NURSERY)))
        .when(gias.is_in(_COLLEGES))
        .then(pl.lit(str(SettingStatus.FURTHER_EDUCATION)))
        .when(gias.is_in([8, 10, 32]) | gias.is_null())
        .then(by_kind)
        .otherwise(pl.lit(str(SettingStatus.OTHER)))
    )


_CARRIED: Final = ("status", "section_41", "trust", "la_code", "easting", "northing", "name")


def _stated(stated: pl.DataFrame, settings: pl.DataFrame) -> pl.DataFrame:
    """Bases the area states, with what the register adds. A setting the register lacks keeps its number as its name."""
    found = stated.join(
        settings.select("setting_id", *_CARRIED, setting_sex="sex", low="low_year_group", high="high_year_group"),
        on="setting_id",
        how="left",
    )
    return found.select(
        "setting_id",
        "base",
        _name(pl.coalesce("name", "setting_id"), pl.col("base")).alias("name"),
        "setting_kind",
        pl.col("needs").fill_null([]),
        pl.coalesce("low_year_group", "low").alias("low_year_group"),
        pl.coalesce("high_year_group", "high").alias("high_year_group"),
        "capacity",
        "roll",
        pl.coalesce("sex", "setting_sex").alias("sex"),
        "residential",
        pl.col("provides").fill_null([]),
        "easting",
        "northing",
        (pl.col("annual_cost_pence") / 100).alias("annual_cost_gbp"),
        pl.coalesce(
            "status",
            pl.col("setting_kind").replace_strict(
                {str(kind): str(status) for kind, status in _BY_KIND.items()}, default=str(SettingStatus.OTHER)
            ),
        ).alias("status"),
        "section_41",
        "trust",
        "la_code",
        pl.when(pl.col("capacity").is_null())
        .then(pl.lit(NOT_STATED))
        .otherwise(pl.lit(STATED))
        .alias("capacity_basis"),
    )


def _derived(settings: pl.DataFrame) -> pl.DataFrame:
    """Bases that the register of settings shows."""
    parts = [_main(settings), _apart(settings, UNIT, "unit"), _apart(settings, RESOURCED, "resourced")]
    return pl.concat(parts, how="diagonal_relaxed").select(
        "setting_id",
        "base",
        _name(pl.coalesce("name", "setting_id"), pl.col("base")).alias("name"),
        "setting_kind",
        pl.col("needs").fill_null([]),
        *("low_year_group", "high_year_group", "capacity", "roll", "sex"),
        pl.lit(None, pl.Boolean).alias("residential"),
        pl.lit([], pl.List(pl.String)).alias("provides"),
        *("easting", "northing"),
        pl.lit(None, pl.Float64).alias("annual_cost_gbp"),
        *("status", "section_41", "trust", "la_code", "capacity_basis"),
    )


def _main(settings: pl.DataFrame) -> pl.DataFrame:
    """Each setting's main school or college. A mainstream school's needs in the register are those of its bases."""
    wholly = pl.col("setting_kind").is_in(_WHOLLY_FOR_PLANS)
    for_needs = wholly | (pl.col("setting_kind") == SettingKind.ALTERNATIVE_PROVISION)
    return settings.with_columns(
        base=pl.lit(MAIN),
        capacity=pl.when(wholly).then("capacity"),
        roll=pl.when(wholly).then("roll"),
        needs=pl.when(for_needs).then("needs").otherwise(pl.lit([], pl.List(pl.String))),
        capacity_basis=pl.when(~wholly)
        .then(pl.lit(NOT_APART))
        .when(pl.col("capacity").is_null())
        .then(pl.lit(NOT_STATED))
        .otherwise(pl.lit(WHOLE)),
    )


def _apart(settings: pl.DataFrame, base: str, column: str) -> pl.DataFrame:
    """The units, or the resourced provision, of the mainstream schools that the register says have one."""
    places, pupils = f"{column}_capacity", f"{column}_roll"
    there = (pl.col(places) > 0) | (pl.col(pupils) > 0)
    unstated = pl.col(places).is_null()
    return settings.filter(there, ~pl.col("setting_kind").is_in(_WHOLLY_FOR_PLANS)).with_columns(
        base=pl.lit(base),
        setting_kind=pl.lit(str(SettingKind.SEN_UNIT if base == UNIT else SettingKind.RESOURCED_PROVISION)),
        capacity=pl.col(places),
        roll=pl.col(pupils),
        capacity_basis=pl.when(unstated).then(pl.lit(NOT_STATED)).otherwise(pl.lit(OF_BASE)),
    )


def _name(setting: pl.Expr, base: pl.Expr) -> pl.Expr:
    words = base.replace({UNIT: "SEN unit", RESOURCED: "resourced provision"})
    return pl.when(base == MAIN).then(setting).otherwise(pl.concat_str(setting, pl.lit(", "), words))


def _with_costs(rows: pl.DataFrame, area: Area, day: date) -> pl.DataFrame:
    """A year's cost of a place at each base, whatever the need, and where it comes from."""
    kinds = prices.by_kind(area["costs"], day)
    known = rows.join(kinds, on="setting_kind", how="left")
    own = pl.col("annual_cost_gbp").is_not_null()
    return known.with_columns(
        annual_cost_gbp=pl.coalesce("annual_cost_gbp", "kind_cost_gbp"),
        cost_basis=pl.when(own).then(pl.lit(STATED)).otherwise(pl.coalesce("kind_cost_basis", pl.lit(prices.UNKNOWN))),
    )
