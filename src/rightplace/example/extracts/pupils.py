"""The pupils of a few of the area's schools, term by term: those with plans, and others of their classes."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from rightplace.calendar.academic import year_group_expr
from rightplace.example.identity import upns
from rightplace.example.kinds import ALTERNATIVE, MAINSTREAM, SPECIAL_STATE, Floats
from rightplace.example.life.record import Life
from rightplace.example.setting import INDEPENDENT, Setting

TERMS: Final = tuple(
    (year, term, date(year + later, *first), date(year + later, *last), sessions)
    for year in (2022, 2023, 2024, 2025)
    for term, later, first, last, sessions in (
        ("autumn", 0, (9, 10), (12, 10), 140),
        ("spring", 1, (1, 15), (3, 20), 120),
        ("summer", 1, (4, 25), (7, 10), 120),
    )
    if (year, term) <= (2025, "autumn")
)
"""Academic year, term, first and last day of the heart of the term, and half-day sessions in it."""

_MAINSTREAM_SCHOOLS: Final = 18
_OTHER_SCHOOLS: Final = 12
_SUPPORTED, _OTHERS = 2, 5
"""Pupils in each year group of a school in the sample who have SEN support, and who have none."""


def sampled(life: Life) -> list[int]:
    """Places of the schools in the sample: the area's state special schools and provision, and some mainstream schools."""
    draw = life.world.draw("sampled schools")
    rows = list(enumerate(life.world.settings.rows))
    special = [place for place, row in rows if row.own and row.kind in (SPECIAL_STATE, ALTERNATIVE)][:_OTHER_SCHOOLS]
    mainstream = [place for place, row in rows if row.kind == MAINSTREAM and row.type_code != INDEPENDENT]
    picked = draw.permutation(len(mainstream))[:_MAINSTREAM_SCHOOLS]
    return sorted([*special, *(mainstream[at] for at in picked.tolist())])


def terms_at_school(life: Life) -> pl.DataFrame:
    """One row a pupil, school and term.

    Columns: ``pupil`` (number), ``pupil_id``, ``person_id`` (null without a plan), ``setting_id``, ``phase`` (primary, secondary or
    special), ``academic_year``, ``term``, ``sessions``, ``year_group``, ``sen_status`` (E, K, N) and ``need`` (null without a plan).
    """
    schools = sampled(life)
    planned = _planned(life, schools)
    others = _others(life, schools)
    columns = planned.columns
    return pl.concat([planned, others.select(columns)]).sort("setting_id", "pupil", "academic_year", "term")


def _planned(life: Life, schools: list[int]) -> pl.DataFrame:
    people = life.people.select("person", "upn", "birth_date").filter(pl.col("upn").is_not_null())
    stays = (
        life.placements.filter(pl.col("rank") == 1, pl.col("setting").is_in(schools))
        .join(life.plans.select("plan", "person", "start_date", "cease_date", "need"), on="plan", maintain_order="left")
        .join(people, on="person", maintain_order="left")
    )
    phase = {place: _phase(life.world.settings.rows[place]) for place in schools}
    parts = []
    for year, term, first, last, sessions in TERMS:
        there = (pl.col("entry_date") <= first) & (pl.col("leaving_date").is_null() | (pl.col("leaving_date") >= last))
        held = pl.col("cease_date").is_null() | (pl.col("cease_date") > first)
        status = pl.when(pl.col("start_date") <= first).then(pl.lit("E")).otherwise(pl.lit("K"))
        parts.append(
            stays.filter(there & held).unique("person", keep="last", maintain_order=True).select(
                pupil="person", pupil_id="upn", person_id="upn", setting_id="urn",
                phase=pl.col("setting").replace_strict(phase, return_dtype=pl.String), academic_year=pl.lit(year, pl.Int16),
                term=pl.lit(term), sessions=pl.lit(sessions),
                year_group=year_group_expr(pl.col("birth_date"), pl.lit(first)).cast(pl.Int16), sen_status=status, need="need",
            )
        )  # fmt: skip
    return pl.concat(parts).filter(pl.col("year_group") >= 0)


def _others(life: Life, schools: list[int]) -> pl.DataFrame:
    """Pupils with no plan in the mainstream schools: a few of every year group, moving up together."""
    first_number = life.people.height
    rows = []
    for place in schools:
        row = life.world.settings.rows[place]
        if row.kind != MAINSTREAM:
            continue
        groups = range(max(row.low, 4) - 4, min(row.high, 16) - 4)
        for cohort in range(groups.start - 3, groups.stop):
            rows.append((row.urn, _phase(row), cohort, groups.start, groups.stop - 1))
    frame = pl.DataFrame(rows, schema=["urn", "phase", "cohort", "low", "high"], orient="row")
    each = _SUPPORTED + _OTHERS
    frame = frame.select(pl.all().repeat_by(each).explode()).with_row_index("at")
    numbers = upns(first_number + frame.height)[first_number:]
    pupils = frame.with_columns(
        pupil=pl.col("at").cast(pl.Int64) + first_number,
        pupil_id=pl.Series(numbers),
        sen_status=pl.when(pl.col("at") % each < _SUPPORTED).then(pl.lit("K")).otherwise(pl.lit("N")),
    )
    parts = []
    for year, term, _, _, sessions in TERMS:
        group = pl.col("cohort") + (year - TERMS[0][0])
        parts.append(
            pupils.filter(group.is_between("low", "high")).select(
                "pupil", "pupil_id", pl.lit(None, pl.String).alias("person_id"), pl.col("urn").cast(pl.String).alias("setting_id"),
                "phase", pl.lit(year, pl.Int16).alias("academic_year"), pl.lit(term).alias("term"),
                pl.lit(sessions).alias("sessions"), group.cast(pl.Int16).alias("year_group"), "sen_status",
                pl.lit(None, pl.String).alias("need"),
            )
        )  # fmt: skip
    return pl.concat(parts)


def _phase(setting: Setting) -> str:
    if setting.kind != MAINSTREAM:
        return "special"
    return "primary" if setting.high == 11 else "secondary"


def effects(life: Life, stream: str, pupil: pl.Series, spread: Floats) -> Floats:
    """A number for each row that is the same for every row of one pupil: lognormal, of mean 1, with a spread for each row."""
    codes = pupil.rank("dense").to_numpy() - 1
    luck = life.world.draw(stream).standard_normal(int(codes.max(initial=0)) + 1)
    return np.asarray(np.exp(spread * luck[codes] - spread**2 / 2))
