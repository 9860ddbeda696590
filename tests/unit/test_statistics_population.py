"""Residents by age: reading, ageing on, and keeping to totals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.returns.statistics import projection
from rightplace.returns.statistics.folder import read_folder
from rightplace.returns.statistics.population import for_authority, read_population
from rightplace.returns.statistics.projection import Known, project
from rightplace.returns.statistics.shapes import POPULATION

EMPTY = pl.DataFrame(schema={"la_code": pl.String, "year": pl.Int16, "age": pl.Int16, "people": pl.Float64})


def ages(code: str, year: int, people: list[float]) -> pl.DataFrame:
    return pl.DataFrame(
        {"la_code": [code] * 26, "year": [year] * 26, "age": list(range(26)), "people": people},
        schema=EMPTY.schema,
    )


def grid(frame: pl.DataFrame, code: str, year: int) -> list[float]:
    return frame.filter(la_code=code, year=year).sort("age")["people"].to_list()


def test_with_one_year_known_everyone_grows_a_year_older_and_births_go_on() -> None:
    start = [1000.0 - 10 * age for age in range(26)]
    made = project(Known(estimates=ages("302", 2022, start), children=EMPTY, projections=EMPTY), until_year=2024)
    assert grid(made, "302", 2023)[:18] == [1000.0, *start[:17]]
    assert grid(made, "302", 2024)[:18] == [1000.0, 1000.0, *start[:16]]
    assert made.filter(year=2022)["projected"].to_list() == [False] * 26
    assert made.filter(year=2024)["projected"].to_list() == [True] * 26


def test_a_place_that_never_changes_is_projected_to_stay_as_it_is() -> None:
    """Oracle: a stationary population, a textbook fixed point of any cohort method."""
    still = [500.0 + (300.0 if 18 <= age <= 21 else 0.0) for age in range(26)]
    estimates = pl.concat([ages(code, year, still) for code in ("302", "303") for year in (2021, 2022)])
    made = project(Known(estimates=estimates, children=EMPTY, projections=EMPTY), until_year=2035)
    assert grid(made, "302", 2035) == pytest.approx(still, rel=1e-9)


def test_students_are_replaced_not_aged_out_of_town() -> None:
    """With estimates a year apart a university town keeps its bulge; by ageing alone it would lose it in four years."""
    town = [500.0 + (1500.0 if 18 <= age <= 20 else 0.0) for age in range(26)]
    other = [5000.0] * 26
    estimates = pl.concat(
        [ages(code, year, people) for year in (2021, 2022) for code, people in (("840", town), ("302", other))]
    )
    made = project(Known(estimates=estimates, children=EMPTY, projections=EMPTY), until_year=2032)
    assert grid(made, "840", 2032)[19] == pytest.approx(2000.0, rel=0.05)


def test_children_are_kept_to_their_published_total_and_adults_are_not_scaled() -> None:
    start = [100.0] * 26
    children = pl.DataFrame({"la_code": ["302"], "year": [2023], "age": [0], "people": [3600.0]}, schema=EMPTY.schema)
    made = project(Known(estimates=ages("302", 2022, start), children=children, projections=EMPTY), until_year=2024)
    after = grid(made, "302", 2023)
    assert sum(after[:18]) == pytest.approx(3600.0)
    assert after[18:] == pytest.approx([100.0] * 8)


def test_a_published_projection_is_taken_and_carried_on_after_its_end() -> None:
    start, given = [100.0] * 26, [120.0] * 26
    known = Known(estimates=ages("302", 2022, start), children=EMPTY, projections=ages("302", 2023, given))
    made = project(known, until_year=2025)
    assert grid(made, "302", 2023) == given
    assert grid(made, "302", 2024)[1:10] == given[:9]


def test_a_change_of_series_is_no_change_of_people() -> None:
    """Mid-2021 is the first estimate based on Census 2021: the step from mid-2020 must not be taken for movement."""
    assert projection.BREAKS == (2021,)
    estimates = pl.concat([ages("302", 2020, [100.0] * 26), ages("302", 2021, [200.0] * 26)])
    made = project(Known(estimates=estimates, children=EMPTY, projections=EMPTY), until_year=2022)
    assert np.allclose(grid(made, "302", 2022), 200.0)


def files(folder: Path) -> None:
    rows = [
        (year, code, old, age, 100 + age)
        for year in (2021, 2022)
        for code, old in (("E09000003", "302"), ("E06000065", None))
        for age in range(26)
    ]
    pl.DataFrame(rows, schema=["year", "code", "old_la_code", "age", "population"], orient="row").write_csv(
        folder / "mye_single_year.csv"
    )
    text = ["time_period,geographic_level,old_la_code,new_la_code,age_group,population_estimate"]
    text += [f"{year},Local authority,302,E09000003,Children aged 0 to 17 years,{3000 + year}" for year in (2023, 2024)]
    text += ["2023,Regional,,E12000007,Children aged 0 to 17 years,9", "2023,Local authority,302,E09000003,Adults,5"]
    (folder / "mye_0_17.csv").write_text("\n".join(text))


def test_files_are_read_by_either_code_and_the_rest_is_counted(tmp_path: Path) -> None:
    files(tmp_path)
    read = read_population(read_folder(tmp_path, shapes=POPULATION), ["302", "815"], until_year=2030)
    assert set(read.frame["la_code"]) == {"302", "815", "ENG"}
    assert sum(grid(read.frame, "302", 2024)[:18]) == pytest.approx(5024.0)
    assert grid(read.frame, "ENG", 2022)[0] == 200.0
    children = next(source for source in read.sources if source.kind == "population_0_17")
    assert (children.rows_in, children.rows_kept, children.refused[0].rows) == (4, 2, 2)


def test_until_a_January_no_later_mid_year_is_used(tmp_path: Path) -> None:
    files(tmp_path)
    made = for_authority(tmp_path, "302", 2030, until=2022)
    assert made.filter(~pl.col("projected"))["year"].unique().to_list() == [2021]
    assert made.columns == ["year", "age", "people", "projected"]
    assert for_authority(tmp_path, "302", 2030, until=2021).is_empty()
    later = for_authority(tmp_path, "302", 2030, until=2024)
    assert sum(later.filter(year=2023).sort("age")["people"][:18]) == pytest.approx(5023.0)
    assert sum(later.filter(year=2024).sort("age")["people"][:18]) != pytest.approx(5024.0, abs=1)
