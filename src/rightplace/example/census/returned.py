"""A whole SEN2 return, drawn from the lives as they stood one January."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rightplace.example import words
from rightplace.example.census import planned
from rightplace.example.census.asked import Window, asked, c
from rightplace.example.life.record import Life
from rightplace.returns.sen2.frames import NUMBER, whole
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return

_GENDER: Final = {"M": "1", "F": "2"}
_WORK: Final = ("residential", "work_based")


def return_at(life: Life, census_year: int) -> Sen2Return:
    """The authority's return for a January, 2023 to 2026.

    It has a plan in place on census day or ceased since the 1 January before the last, and every request open on
    census day or ended since then. The edition is that of the year.
    """
    window = Window(year=census_year)
    requests = _numbered(asked(life, window))
    people = requests.select("person").unique(maintain_order=True).with_row_index("person_row")
    requests = requests.join(people, on="person", how="left", maintain_order="left")
    assessments = _numbered(requests.filter("has_assessment").rename({"row": "requests_row"}))
    tables = {
        "sen2": _header(window),
        "person": _people(life, people, window),
        "requests": requests,
        "assessment": assessments,
        **_planned(life, assessments, window),
    }
    frames = {name: _as_returned(name, frame, census_year) for name, frame in tables.items()}
    return Sen2Return(edition=census_year, source=f"sen2_{census_year}.xml", sha256="", tables=whole(frames))


def _planned(life: Life, assessments: pl.DataFrame, window: Window) -> dict[str, pl.DataFrame]:
    """The five tables about plans and where people are."""
    plans = _plans(life, assessments)
    stays = planned.stays(life, window, plans)
    current = stays.filter(c("current"), c("rank") == 1).select("plan", "setting_kind", *_WORK)
    plans = plans.join(current, on="plan", how="left", maintain_order="left")
    reviews = planned.reviewed(life, window, plans)
    active = _numbered(reviews.join(_active(plans, window), on="plan", how="left", maintain_order="left"))
    named = planned.named(stays, life, window).rename({"rank": "placement_rank"})
    if window.year == 2023:
        stays = planned.attendance(stays, _births(life, plans), window)
    placements = stays.rename({"residential": "res", "work_based": "wbp", "rank": "placement_rank"})
    return {
        "namedplan": plans.with_columns(
            cease_date=window.shown("cease_date"),
            cease_reason=pl.when(window.seen(c("cease_date"))).then("cease_reason"),
            plan_res="residential",
            plan_wbp="work_based",
            **planned.budgets(c("setting_kind"), c("budget_luck")),
        ),
        "plandetail": _numbered(_below(named, plans, "namedplan_row")),
        "activeplans": active,
        "placementdetail": _numbered(_below(placements, active)),
        "senneed": _numbered(_below(planned.needs(plans, window), active)),
    }


def _plans(life: Life, assessments: pl.DataFrame) -> pl.DataFrame:
    has = assessments.filter("has_plan").select(
        "plan", "requests_row", "start_date", "cease_date", "cease_reason", "transfer_la", assessment_row="row"
    )
    about = life.plans.select(
        "plan", "person", "need", "second_need", "later_need", "need_changed", "down_syndrome", "budget_luck"
    )
    return _numbered(has.join(about, on="plan", how="left", maintain_order="left"))


def _active(plans: pl.DataFrame, window: Window) -> pl.DataFrame:
    held = plans.select("plan", "requests_row", "transfer_la", *_WORK)
    if window.year > 2023:
        return held.drop(_WORK)
    return held.rename({"residential": "res", "work_based": "wbp"})


def _below(rows: pl.DataFrame, parents: pl.DataFrame, name: str = "activeplans_row") -> pl.DataFrame:
    """Rows of plans put under the record of each plan in another table, in the order of those records."""
    above = parents.select("plan", pl.col("row").alias(name))
    return rows.join(above, on="plan", how="inner", maintain_order="left").sort(name, maintain_order=True)


def _people(life: Life, people: pl.DataFrame, window: Window) -> pl.DataFrame:
    rows = people.join(life.people, on="person", how="left", maintain_order="left")
    known = window.seen(c("numbered"))
    return rows.with_columns(
        row=c("person_row"),
        sen2_row=pl.lit(0),
        sex=c("sex"),
        gender_current=c("sex").replace_strict(_GENDER),
        upn=pl.when(known).then("upn"),
        uln=pl.when(known & window.seen(c("learner_from"))).then("uln"),
        upn_unknown=pl.when(~known).then("no_number"),
    )


def _births(life: Life, plans: pl.DataFrame) -> pl.DataFrame:
    return plans.select("plan", "person").join(life.people.select("person", "birth_date"), on="person").drop("person")


def _header(window: Window) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row": [0], "collection": ["SEN2"], "year": [str(window.year)], "reference_date": [window.census],
            "source_level": ["L"], "lea": [words.AUTHORITY_CODE], "software_code": ["Rightplace example"],
            "release": ["1"], "serial_no": ["001"], "date_time": [f"{window.year}-02-20T09:30:00"], "dmo": ["Y"],
            "dco": ["Y"], "dsco": ["R"],
        }
    )  # fmt: skip


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop("row", strict=False).with_row_index("row")


def _as_returned(name: str, frame: pl.DataFrame, edition: int) -> pl.DataFrame:
    """A table with its own columns: the numbers, and every item as text, filled where the edition has it."""
    table = BY_NAME[name]
    items: Mapping[str, pl.Expr] = {
        item.name: pl.col(item.name).cast(pl.String)
        if item.in_edition(edition) and item.name in frame.columns
        else pl.lit(None, pl.String)
        for item in table.items
    }
    above = [] if table.parent is None else [pl.col(f"{table.parent}_row").cast(NUMBER)]
    return frame.select(pl.col("row").cast(NUMBER), *above, pl.lit(0, NUMBER).alias("line"), **items)
