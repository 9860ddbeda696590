"""Who needs a place next September, and who stays where they are."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import academic_year
from rightplace.calendar.census import census_day
from rightplace.calendar.phase_transfer import transfers
from rightplace.errors import DataError
from rightplace.places.bases import MAIN, RESOURCED, UNIT, bases
from rightplace.vocabulary import year_group as year_groups
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

CHILDREN: Final[dict[str, pl.DataType]] = {
    "person_id": pl.String(),
    "year_group": pl.Int16(),
    "need": pl.String(),
    "second_need": pl.String(),
    "provision": pl.List(pl.String()),
    "sex": pl.String(),
    "ethnicity": pl.String(),
    "easting": pl.Float64(),
    "northing": pl.Float64(),
    "neighbourhood_id": pl.String(),
    "deprivation_decile": pl.Int16(),
    "now_setting_id": pl.String(),
    "now_base": pl.String(),
    "now_kind": pl.String(),
    "family_id": pl.String(),
    "why": pl.String(),
    "preferences": pl.List(pl.String()),
    "preference_settings": pl.List(pl.String()),
    "sibling_settings": pl.List(pl.String()),
}
"""Columns of :func:`cohort`. ``year_group`` is from that September; home is the neighbourhood's central point.

``preferences`` are "setting_id/base" in the family's order ("setting_id/" where only the setting is named);
``sibling_settings`` are where brothers and sisters with plans will be staying. Null is unknown.
"""

PHASE_TRANSFER: Final = "phase_transfer"
WAITING: Final = "waiting"
ASKED_TO_MOVE: Final = "asked_to_move"
STAYING: Final = "staying"
NEEDING: Final = (PHASE_TRANSFER, WAITING, ASKED_TO_MOVE)
"""Values of ``why`` of those who need a place."""

_NOWHERE: Final = (SettingKind.NOT_IN_EDUCATION, SettingKind.NOT_RECORDED)
_LAST_YEAR_EXPECTED: Final = 13
"""Young people are to take part in education or training until 18 (Education and Skills Act 2008, section 1)."""


def cohort(area: Area, *, september: int, every: pl.DataFrame | None = None, about: str | None = None) -> pl.DataFrame:
    """Children and young people with EHC plans in that September: columns as :data:`CHILDREN`, by ``person_id``.

    They are those of the latest January before it, older by the years between; plans that have ceased by then and
    young people over 25 are left out. ``why``:

    - ``phase_transfer``: where they are does not take their next year group, or is early years;
    - ``waiting``: not in education or no placement recorded (up to 18, or with a preference), or taught at home with a
      preference for a setting;
    - ``asked_to_move``: they could stay, and the family's first preference is elsewhere;
    - ``staying``: everyone else.

    ``every`` is :func:`~rightplace.places.bases.bases` of that September, when it is at hand. With ``about``, a person_id, only of that
    one the sex, ethnicity, second need, provision and family are read: quicker, where all else is wanted of everyone alone.
    Raises ``DataError`` where the area has no January of people before that September.
    """
    year = _january(area, september)
    older = september - academic_year(census_day(year))
    rows = (
        area["census"]
        .filter(pl.col("census_year") == year)
        .join(_ceased(area["plans"], september), on="plan_id", how="anti")
        .with_columns((pl.col("year_group") + older).cast(pl.Int16), pl.col("need").fill_null(str(Need.NOT_RECORDED)))
        .filter(pl.col("year_group") <= year_groups.LAST)
    )
    known = _homes(_about(rows, area, year, about), area)
    placed = _now(known, bases(area, september=september) if every is None else every)
    asked = placed.join(_preferences(area["preferences"], september), on="person_id", how="left")
    decided = asked.with_columns(
        pl.col("preferences", "preference_settings").fill_null([]), why=_why(pl.col("preference_settings").list.first())
    )
    return _with_siblings(decided).select(list(CHILDREN)).cast(CHILDREN).sort("person_id")  # type: ignore[arg-type]


def _january(area: Area, september: int) -> int:
    """The latest January of people before a September."""
    years = [year for year in area.census_years() if academic_year(census_day(year)) < september]
    if years:
        return years[-1]
    held = area.census_years()
    raise DataError(
        f"Nobody is known before September {september}."
        if held
        else "This area has yearly counts and no people, so nobody can be placed.",
        where=area.name,
        action=f"Choose a September from {held[0]}." if held else "Load the area's own SEN2 returns.",
    )


def _ceased(plans: pl.DataFrame, september: int) -> pl.DataFrame:
    return plans.filter(pl.col("cease_date").is_not_null() & (pl.col("cease_date") <= pl.date(september, 9, 1))).select(
        "plan_id"
    )


def _about(rows: pl.DataFrame, area: Area, year: int, about: str | None) -> pl.DataFrame:
    """Sex, ethnicity, secondary need, provision of section F and family of each, or of one person and those of the family."""
    people, needs, provision, families = (area[name] for name in ("people", "needs", "provision", "families"))
    if about is not None:
        mine, kin = pl.col("person_id") == about, families.filter(pl.col("person_id") == about)["family_id"]
        plans = rows.filter(mine)["plan_id"].implode()
        people, families = people.filter(mine), families.filter(pl.col("family_id").is_in(kin.implode()))
        needs, provision = (frame.filter(pl.col("plan_id").is_in(plans)) for frame in (needs, provision))
    second = needs.filter(pl.col("census_year") == year, pl.col("rank") == 2).select("plan_id", second_need="need")
    named = provision.sort("provision").group_by("plan_id").agg("provision")
    return (
        rows.join(people.select("person_id", "sex", "ethnicity"), on="person_id", how="left")
        .join(second, on="plan_id", how="left")
        .join(named, on="plan_id", how="left")
        .join(families, on="person_id", how="left")
        .with_columns(pl.col("provision").fill_null([]))
    )


def _homes(rows: pl.DataFrame, area: Area) -> pl.DataFrame:
    places = area["neighbourhoods"].select("neighbourhood_id", "easting", "northing", "deprivation_decile")
    return rows.join(places, on="neighbourhood_id", how="left")


def _now(rows: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    """Where each is now, as a base where it is known, and whether that takes them in September."""
    columns = ("setting_id", "setting_kind", "base", "low_year_group", "high_year_group")
    alike = every.select(columns).unique(["setting_id", "setting_kind"], keep="first", maintain_order=True)
    base_of_kind = pl.col("setting_kind").replace(
        {SettingKind.SEN_UNIT: UNIT, SettingKind.RESOURCED_PROVISION: RESOURCED}
    )
    named = pl.when(base_of_kind.is_in([UNIT, RESOURCED])).then(base_of_kind).otherwise(pl.lit(MAIN))
    takes = pl.col("year_group").is_between(pl.col("low_year_group"), pl.col("high_year_group"))
    return (
        rows.join(alike, on=["setting_id", "setting_kind"], how="left")
        .with_columns(
            takes=takes,
            now_base=pl.when(pl.col("setting_id").is_not_null()).then(pl.coalesce("base", named)),
        )
        .rename({"setting_id": "now_setting_id", "setting_kind": "now_kind"})
    )


def _preferences(asked: pl.DataFrame, september: int) -> pl.DataFrame:
    """Each person's preferences for a September, in their order."""
    return (
        asked.filter(pl.col("academic_year") == september)
        .sort("person_id", "rank")
        .group_by("person_id", maintain_order=True)
        .agg(
            pl.concat_str("setting_id", pl.lit("/"), pl.col("base").fill_null("")).alias("preferences"),
            pl.col("setting_id").alias("preference_settings"),
        )
    )


def _why(first: pl.Expr) -> pl.Expr:
    kind, asks = pl.col("now_kind"), first.is_not_null()
    elsewhere = asks & first.ne_missing(pl.col("now_setting_id"))
    boundary = pl.col("year_group").is_in([transfer.entering for transfer in transfers()])
    ends = ~pl.coalesce(pl.col("takes"), ~boundary) & pl.col("now_setting_id").is_not_null()
    begins = (kind == SettingKind.EARLY_YEARS) & (pl.col("year_group") >= 0)
    nowhere = kind.is_null() | kind.is_in(_NOWHERE)
    expected = pl.col("year_group") <= _LAST_YEAR_EXPECTED
    waiting = (nowhere & (expected | asks)) | ((kind == SettingKind.HOME_EDUCATION) & asks)
    return (
        pl.when(waiting)
        .then(pl.lit(WAITING))
        .when(ends | begins)
        .then(pl.lit(PHASE_TRANSFER))
        .when(elsewhere)
        .then(pl.lit(ASKED_TO_MOVE))
        .otherwise(pl.lit(STAYING))
    )


def _with_siblings(rows: pl.DataFrame) -> pl.DataFrame:
    """Where brothers and sisters will be staying: settings of others of the family."""
    there = rows.filter(
        pl.col("why") == STAYING, pl.col("family_id").is_not_null(), pl.col("now_setting_id").is_not_null()
    ).select("family_id", sibling="person_id", sibling_settings="now_setting_id")
    pairs = (
        rows.select("person_id", "family_id")
        .join(there, on="family_id", how="inner")
        .filter(pl.col("person_id") != pl.col("sibling"))
        .group_by("person_id")
        .agg(pl.col("sibling_settings").unique().sort())
    )
    return rows.join(pairs, on="person_id", how="left").with_columns(pl.col("sibling_settings").fill_null([]))
