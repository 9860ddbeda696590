"""Populations as read and projected, against the Office for National Statistics' own."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.folder import Found, read_folder
from rightplace.returns.statistics.population import for_authority, read_population
from rightplace.returns.statistics.shapes import POPULATION
from rightplace.vocabulary import authority


@pytest.fixture(scope="module")
def found(open_data: Path) -> Found:
    return read_folder(open_data, shapes=POPULATION)


def people(frame: pl.DataFrame, *, first: int, last: int, year: int, la_code: str = ENGLAND) -> float:
    rows = frame.filter(pl.col("age").is_between(first, last), la_code=la_code, year=year)
    return float(rows["people"].sum())


def test_england_is_the_published_total(found: Found) -> None:
    """ONS: England aged 0 to 25, mid-2022, 17,372,467; mid-2021 17,153,473; aged 0 to 17, mid-2024, 12,183,016."""
    frame = read_population(found, authority.current(2025), until_year=2030).frame
    assert people(frame, first=0, last=25, year=2022) == pytest.approx(17_372_467)
    assert people(frame, first=0, last=25, year=2021) == pytest.approx(17_153_473, rel=1e-6)
    assert people(frame, first=0, last=17, year=2024) == pytest.approx(12_183_016, rel=1e-4)
    assert frame["la_code"].n_unique() == 154
    assert not frame["people"].is_null().any()
    assert not frame["people"].is_nan().any()


def test_the_simple_projection_is_near_the_official_one(found: Found) -> None:
    """ONS 2022-based subnational projections, County Durham, left out of what the projection is given.

    Every year to 2035: aged 0 to 17 within 1.1%, aged 18 to 25 within 2.5%; the mean single age from 5 to 17 within 1.1%.
    """
    given = Found(tables=tuple(table for table in found.tables if table.shape.kind != "population_projection"))
    ours = read_population(given, authority.current(2025), until_year=2035).frame.filter(la_code="840")
    official = read_population(found, authority.current(2025), until_year=2035).frame.filter(la_code="840")
    both = ours.join(official, on=["year", "age"], suffix="_official").filter(pl.col("year") >= 2025)
    assert both["year"].n_unique() == 11
    for first, last, most in ((0, 17, 0.011), (18, 25, 0.025)):
        summed = (
            both.filter(pl.col("age").is_between(first, last))
            .group_by("year")
            .agg(pl.col("people", "people_official").sum())
        )
        assert (summed["people"] / summed["people_official"] - 1).abs().max() < most  # type: ignore[operator]
    errors = both.filter(pl.col("age").is_between(5, 17)).with_columns(
        (pl.col("people") / pl.col("people_official") - 1).abs().alias("error")
    )
    assert errors.group_by("year").agg(pl.col("error").mean())["error"].max() < 0.011  # type: ignore[operator]


def test_a_year_ahead_of_every_authority(found: Found) -> None:
    """Mid-2022 projected from mid-2021 and before, against the estimate: mean error of a single age 1.3% (5 to 17), 3.6% (18 to 25)."""
    ahead = read_population(found, authority.current(2022), until_year=2022, until=2022).frame.filter(year=2022)
    known = read_population(found, authority.current(2022), until_year=2022).frame.filter(year=2022)
    both = ahead.join(known, on=["la_code", "age"], suffix="_known").filter(
        ~pl.col("la_code").is_in([ENGLAND, "201", "420"])
    )
    error = both.with_columns((pl.col("people") / pl.col("people_known") - 1).abs().alias("error"))
    assert both["la_code"].n_unique() == 149
    assert error.filter(pl.col("age").is_between(5, 17))["error"].mean() < 0.014  # type: ignore[operator]
    assert error.filter(pl.col("age") > 17)["error"].mean() < 0.037  # type: ignore[operator]


def test_the_official_projection_is_taken_where_there_is_one(open_data: Path) -> None:
    """County Durham, ONS 2022-based: 4,750.082 aged 0 and 159,660 aged 0 to 25 in 2035."""
    durham = for_authority(open_data, "840", 2040)
    assert durham.filter(year=2035, age=0)["people"].item() == pytest.approx(4750.082)
    assert durham.filter(year=2035)["people"].sum() == pytest.approx(159_660, abs=1)
    assert durham.filter(year=2040).height == 26


def test_the_official_projection_of_June_2025_is_not_known_in_January_2025(open_data: Path) -> None:
    durham = for_authority(open_data, "840", 2035, until=2025)
    assert durham.filter(year=2035, age=0)["people"].item() != pytest.approx(4750.082, abs=5)


def test_codes_of_every_year_reach_the_authorities_of_today(found: Found) -> None:
    """Mid-2019 has Northamptonshire and Cumbria; their people are shared to their successors by age and none are lost."""
    frame = read_population(found, authority.current(2025), until_year=2025).frame
    for parts, year, total in ((("940", "941"), 2019, "928"), (("942", "943"), 2021, "909")):
        whole = read_population(found, [total], until_year=year, until=year + 1).frame.filter(year=year, la_code=total)
        shared = sum(people(frame, first=0, last=25, year=year, la_code=code) for code in parts)
        assert shared == pytest.approx(float(whole["people"].sum()))
