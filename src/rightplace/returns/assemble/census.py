"""Plans in place on a January census day: one row a person, as that January's return has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from rightplace.calendar.academic import year_group_expr
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

NO_BIRTH_DATE: Final = "no date of birth that can be read: the year group is not known"
OUT_OF_AGE: Final = "outside the years a plan can cover (under 0 or over 24 on 31 August)"
SECOND_PLAN: Final = "a second open plan of the same person: the one that started last is kept"
NO_PLACEMENT: Final = "plan in place with no placement on census day: setting not recorded"
NO_NEED: Final = "plan in place with no primary need, or a need code that is not known: need not recorded"

_COLUMNS: Final = (
    "census_year",
    "person_id",
    "plan_id",
    "need",
    "setting_id",
    "setting_kind",
    "year_group",
    "neighbourhood_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Plans on one census day. ``refused`` and ``noted`` count plans by reason."""

    rows: pl.DataFrame
    refused: dict[str, int]
    noted: dict[str, int]


def snapshot(
    day: date,
    census_year: int,
    plans: pl.DataFrame,
    placements: pl.DataFrame,
    needs: pl.DataFrame,
    people: pl.DataFrame,
) -> Snapshot:
    """Plans in place on ``day``, from the plans, placements and needs of one return.

    A plan or a placement is in place from its first to its last day, both included; a missing first or last
    day leaves that end open. Of several placements the lowest rank counts, then the latest to start.
    """
    open_plans = plans.filter(_spans("start_date", "cease_date", day))
    one = open_plans.sort("start_date", "row", nulls_last=False).unique("person_id", keep="last", maintain_order=True)
    rows = one
    for beside, key in (
        (_placed(placements, day), "plan_id"),
        (needs.filter(pl.col("rank") == 1).select("plan_id", "need"), "plan_id"),
        (people.select("person_id", "birth_date", "neighbourhood_id"), "person_id"),
    ):
        rows = rows.join(beside, on=key, how="left", maintain_order="left")
    rows = rows.with_columns(
        census_year=pl.lit(census_year, pl.Int16),
        year_group=year_group_expr(pl.col("birth_date"), pl.lit(day)).cast(pl.Int16),
        need_known=pl.col("need").is_in([need.value for need in Need]).fill_null(value=False),
    )
    usable = rows.filter(pl.col("year_group").is_not_null())
    return Snapshot(
        rows=_coded(usable),
        refused={
            SECOND_PLAN: open_plans.height - one.height,
            NO_BIRTH_DATE: rows["birth_date"].null_count(),
            OUT_OF_AGE: rows.filter(pl.col("birth_date").is_not_null() & pl.col("year_group").is_null()).height,
        },
        noted={
            NO_PLACEMENT: usable["setting_kind"].null_count(),
            NO_NEED: usable.filter(~pl.col("need_known")).height,
        },
    )


def _placed(placements: pl.DataFrame, day: date) -> pl.DataFrame:
    """The placement that counts, of each plan with one on the day."""
    return (
        placements.filter(_spans("entry_date", "leaving_date", day))
        .sort(pl.col("placement_rank").fill_null(9), pl.col("entry_date"), descending=[False, True], nulls_last=True)
        .unique("plan_id", keep="first", maintain_order=True)
        .select("plan_id", "setting_id", "setting_kind")
    )


def _coded(usable: pl.DataFrame) -> pl.DataFrame:
    return usable.with_columns(
        need=pl.when("need_known").then("need").otherwise(pl.lit(Need.NOT_RECORDED.value)),
        setting_kind=pl.col("setting_kind").fill_null(SettingKind.NOT_RECORDED.value),
    ).select(_COLUMNS)


def _spans(first: str, last: str, day: date) -> pl.Expr:
    began = pl.col(first).is_null() | (pl.col(first) <= day)
    return began & (pl.col(last).is_null() | (pl.col(last) >= day))
