"""Registers of schools as read, against published counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.returns.gias.coordinates import to_national_grid
from rightplace.returns.gias.links import read_links
from rightplace.returns.gias.published import SHAPES, published_settings
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.statistics.folder import read_folder


def test_special_schools_of_January_2022(open_data: Path) -> None:
    """School census, January 2022: 735 independent special schools, 338 pupil referral units and AP academies, 59 non-maintained."""
    settings, source = read_gias(open_data / "schools" / "special_and_ap_schools_2021_22.parquet")
    kinds = dict(settings["setting_kind"].value_counts().rows())
    assert kinds == {
        "special_state": 1132,
        "special_independent": 735,
        "alternative_provision": 338,
        "special_non_maintained": 59,
    }
    open_then = settings.filter(pl.col("setting_kind") == "special_state", pl.col("roll").is_not_null())
    # 141,437 on roll in the 1,013 state special schools of the census.
    assert open_then["roll"].sum() == pytest.approx(141_437, rel=0.01)
    assert (source.rows_in, source.rows_kept) == (2264, 2264)


def test_mainstream_schools_of_January_2022(open_data: Path) -> None:
    settings, source = read_gias(open_data / "schools" / "mainstream_schools_2021_22.parquet")
    assert source.rows_kept == 22264
    assert settings.filter(setting_kind="mainstream").height == 21927
    assert settings.filter(setting_kind="further_education").height == 309


def test_bases_and_units_of_the_subset(open_data: Path) -> None:
    """390 schools of the subset have resourced provision, a SEN unit or both; 36 are closed with no date."""
    settings, source = read_gias(open_data / "schools" / "gias_mainstream_subset_with_capacity_2026.parquet")
    assert (source.rows_in, source.rows_kept, source.refused[0].rows) == (1924, 1888, 36)
    assert settings["capacity"].null_count() < 40
    assert settings["trust"].null_count() < settings.height


def test_one_authority_and_points_are_registers_too(open_data: Path) -> None:
    trafford, _ = read_gias(open_data / "schools" / "trafford_gias_full.csv")
    assert trafford.height == 103
    assert trafford.filter(setting_kind="special_state").height == 6
    assert trafford["easting"].null_count() == 0
    points, source = read_gias(open_data / "schools" / "open_schools_points_2026.parquet")
    assert points.height == 25119
    assert source.noted[0].rows == 25119


def test_points_on_the_grid_agree_with_the_registers_own(open_data: Path) -> None:
    """GIAS gives schools' eastings and northings; the points of the same schools, on Airy's spheroid, fall on them.

    Taken for satellite degrees they would fall 112 metres away.
    """
    subset, _ = read_gias(open_data / "schools" / "gias_mainstream_subset_with_capacity_2026.parquet")
    points, _ = read_gias(open_data / "schools" / "open_schools_points_2026.parquet")
    both = subset.join(points, on="urn", suffix="_point").drop_nulls(["easting", "easting_point"])
    assert both.height > 1800
    away = np.hypot(both["easting"] - both["easting_point"], both["northing"] - both["northing_point"])
    assert np.percentile(away, 95) < 1.5


def test_one_authoritys_satellite_degrees_agree_with_the_registers_metres(open_data: Path) -> None:
    """Trafford's list has WGS84 degrees made from GIAS's metres: the way back gives the metres."""
    subset, _ = read_gias(open_data / "schools" / "gias_mainstream_subset_with_capacity_2026.parquet")
    trafford, _ = read_gias(open_data / "schools" / "trafford_gias_full.csv")
    both = subset.join(trafford, on="urn", suffix="_point")
    assert both.height == 7
    assert np.hypot(both["easting"] - both["easting_point"], both["northing"] - both["northing_point"]).max() < 1.5


def test_neighbourhoods_on_the_grid_agree_with_their_degrees(open_data: Path) -> None:
    ground = pl.read_parquet(open_data / "geography" / "lsoa21_imd2025_child_population.parquet").head(2000)
    east, north = to_national_grid(ground["lat"].to_numpy(), ground["lon"].to_numpy())
    assert np.abs(east - ground["easting"].to_numpy()).max() < 10
    assert np.abs(north - ground["northing"].to_numpy()).max() < 10


def test_links_reach_schools_that_are_open(open_data: Path) -> None:
    """Of special schools whose successor another publisher found in 2026, our links reach the same URN."""
    links = read_links(open_data / "schools" / "gias_links_2026.parquet").frame
    special = pl.read_parquet(open_data / "schools" / "special_and_ap_schools_2021_22.parquet").filter(
        pl.col("coord_source") == "successor"
    )
    both = special.select(urn=pl.col("URN").cast(pl.String), expected=pl.col("URN_2026").cast(pl.String)).join(
        links, on="urn", how="left"
    )
    agreed = (both["current_urn"] == both["expected"]).sum()
    assert both.height == 219
    assert agreed >= 210


def test_all_registers_together(open_data: Path) -> None:
    settings, sources = published_settings(read_folder(open_data, shapes=SHAPES))
    assert not settings["setting_id"].is_duplicated().any()
    assert settings.height > 24_000
    assert settings["easting"].null_count() < 500
    assert len(sources) == 6
