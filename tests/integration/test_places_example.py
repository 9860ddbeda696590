"""The example area has what placing children needs, and what real areas lack."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from rightplace.area import store
from rightplace.area.record import Area
from rightplace.area.tables import BY_NAME
from rightplace.calendar.academic import first_day
from rightplace.example.extracts.placing import TABLES
from rightplace.example.make import make_example
from rightplace.places.bases import bases
from rightplace.places.candidates import candidates
from rightplace.places.children import NEEDING, cohort
from rightplace.places.fit.coded import code
from rightplace.places.travel.travel import travel
from rightplace.returns.extracts import read_extract

NAO_SEND_TRANSPORT = 8_116
"""Pounds a child with special needs who is transported, 2023-24 (National Audit Office, Home to school transport, 2025)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("made") / "example", plans=3000, seed=1).folder


@pytest.fixture(scope="module")
def area(folder: Path) -> Area:
    return store.load(folder / "area")


@pytest.fixture(scope="module")
def children(area: Area) -> pl.DataFrame:
    return cohort(area, september=2026)


def test_the_files_load_into_the_tables_that_came_with_them(folder: Path, area: Area) -> None:
    for table in TABLES:
        extract = read_extract(folder / f"{table}.csv")
        assert not extract.source.refused, table
        assert extract.frame.equals(area[table]), table
        assert area[table].height > 0
    assert {source.kind for source in area.lineage} >= {f"extract: {table}" for table in TABLES}


def test_the_same_seed_makes_the_same_tables(folder: Path, tmp_path: Path) -> None:
    small = [make_example(tmp_path / name, plans=500, seed=3).folder for name in ("one", "two")]
    for table in TABLES:
        first, again = (hashlib.sha256((each / f"{table}.csv").read_bytes()).hexdigest() for each in small)
        assert first == again, table
        assert (small[0] / f"{table}.csv").read_bytes() != (folder / f"{table}.csv").read_bytes()


def test_everything_named_is_in_the_area(area: Area) -> None:
    people, settings = area["people"]["person_id"].implode(), area["settings"]["setting_id"].implode()
    for table in TABLES:
        if "person_id" in BY_NAME[table].schema:
            assert area[table]["person_id"].is_in(people).all(), table
        if "setting_id" in BY_NAME[table].schema:
            assert area[table]["setting_id"].is_in(settings).all(), table
    ranks = area["preferences"].group_by("person_id").agg(pl.col("rank").sort())
    assert all(each == list(range(1, len(each) + 1)) for each in ranks["rank"].to_list())


def test_the_cohort_has_the_cases_that_make_placing_hard(area: Area, children: pl.DataFrame) -> None:
    """A first choice that cannot all be met, brothers and sisters, a base whose places nobody knows, every reason to need one."""
    every = bases(area, september=2026)
    needing = children.filter(pl.col("why").is_in(NEEDING))
    assert set(needing["why"]) == set(NEEDING)
    assert 0.05 < needing.height / children.height < 0.2
    assert (needing["sibling_settings"].list.len() > 0).any()
    assert (children["provision"].list.len() == 0).any()
    specialist = every.filter(pl.col("setting_kind").str.starts_with("special") | (pl.col("base") != "main"))
    assert 0 < specialist["capacity"].null_count() < specialist.height / 2
    coded = code(children, every, travel(area, on=first_day(2026)))
    first = children.select(pl.col("preference_settings").list.first().alias("setting_id")).drop_nulls()
    asked = first.group_by("setting_id").len()
    free = every.with_columns(free=pl.Series(coded.places.free)).filter(
        pl.col("capacity").is_not_null(), pl.col("free") > -1000
    )
    over = (
        free.group_by("setting_id")
        .agg(pl.col("free").sum())
        .join(asked, on="setting_id")
        .filter(pl.col("len") > pl.col("free"))
    )
    assert over.height > 0


def test_everyone_who_needs_a_place_has_somewhere_to_go(area: Area, children: pl.DataFrame) -> None:
    every = bases(area, september=2026)
    frame = candidates(children, every, travel(area, on=first_day(2026)), costs=area["costs"], on=first_day(2026))
    needing = children.with_row_index("child").filter(pl.col("why").is_in(NEEDING))
    assert needing.join(frame, on="child", how="anti").height <= 0.01 * needing.height
    assert frame.group_by("child").len()["len"].max() == 30


def test_transport_costs_are_near_the_national_audit_offices_mean(area: Area, children: pl.DataFrame) -> None:
    """For those who travel at the authority's cost to where they are, by anything but a bus pass: within a quarter."""
    every = bases(area, september=2026)
    frame = candidates(children, every, travel(area, on=first_day(2026)))
    paid = frame.filter(pl.col("stays"), pl.col("transport_gbp") > 1_000)
    assert paid["transport_gbp"].mean() == pytest.approx(NAO_SEND_TRANSPORT, rel=0.25)


def test_outcomes_have_ranges_around_them(area: Area) -> None:
    known = area["setting_outcomes"]
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()
    assert known["value"].mean() == pytest.approx(1, abs=0.1)
