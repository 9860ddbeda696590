"""England's own registers of special schools become bases, in every area."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.area.record import Area
from rightplace.places.bases import bases
from rightplace.returns.statistics.build import national_from_statistics

STATE_SPECIAL_PUPILS = 141_437
"""Pupils of state special schools, January 2022 (DfE, school performance tables: school information)."""


@pytest.fixture(scope="module")
def areas(open_data: Path) -> list[Area]:
    national = national_from_statistics(open_data)
    return [national.area(code) for code in national.la_codes]


def test_every_area_of_england_has_bases_and_its_special_schools_pupils(areas: list[Area]) -> None:
    """All 153 authorities load. Special schools' rolls add up to what DfE published, within 2% (closures since)."""
    every = pl.concat([bases(area, september=2022).with_columns(area=pl.lit(area.la_code)) for area in areas])
    assert every["area"].n_unique() == len(areas) > 150
    assert not every.select("setting_id", "base").is_duplicated().any()
    special = every.filter(pl.col("setting_kind") == "special_state")
    assert special["roll"].sum() == pytest.approx(STATE_SPECIAL_PUPILS, rel=0.02)
    assert special["easting"].null_count() < 0.01 * special.height
    mainstream = every.filter(pl.col("setting_kind") == "mainstream", pl.col("base") == "main")
    assert mainstream["capacity"].null_count() == mainstream.height > 20_000


def test_what_is_not_published_is_unknown_and_said(areas: list[Area]) -> None:
    """The published list of special schools has no capacity, so none is known; each base says why."""
    every = pl.concat([bases(area, september=2026) for area in areas])
    unknown = every.filter(pl.col("capacity").is_null())
    assert unknown["capacity_basis"].str.starts_with("not known").all()
    assert every.filter(pl.col("annual_cost_gbp").is_null())["cost_basis"].eq("not known").all()


def test_every_state_special_school_listed_is_a_base(areas: list[Area], open_data: Path) -> None:
    """DfE's list of January 2022 against bases of 2026, by postcode, as an academy has a new number; 2% may have moved."""
    listed = pl.read_parquet(open_data / "schools" / "special_and_ap_schools_2021_22.parquet")
    state = listed.filter(
        pl.col("SCHOOLTYPE").is_in(
            ["Community special school", "Foundation special school", "Academy special converter",
             "Academy special sponsor led", "Free schools special"]
        ),
        pl.col("SCHSTATUS") == "Open",
    )  # fmt: skip
    assert state.height > 900
    held = set[str]()
    for area in areas:
        postcodes = area["settings"].select("setting_id", pl.col("postcode").str.replace_all(" ", ""))
        with_base = bases(area, september=2026).select("setting_id").unique().join(postcodes, on="setting_id")
        held |= set(with_base["postcode"].drop_nulls())
    lost = [
        name
        for name, code in state.select("SCHNAME", "POSTCODE").iter_rows()
        if code and code.replace(" ", "") not in held
    ]
    assert len(lost) <= 0.02 * state.height, lost
