"""Local authorities against the codes DfE and the ONS publish."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.vocabulary import authority


@pytest.fixture(scope="module")
def published(open_data: Path) -> pl.DataFrame:
    """DfE's lookup of authorities: ONS code, three-digit code, name, region, first and last academic year."""
    return pl.read_csv(open_data / "lookups" / "la_codes_regions.csv", infer_schema=False)


def test_every_published_authority_is_known_by_each_of_its_codes(published: pl.DataFrame) -> None:
    """DfE, Education, health and care plans 2025: codes, names and regions."""
    for row in published.iter_rows(named=True):
        known = authority.AUTHORITIES[row["old_la_code"]]
        assert (known.name, known.region) == (row["la_name"], row["region_name"])
        assert authority.ONS_CODES[row["new_la_code"]] == known.code
        assert authority.find(row["new_la_code"]) is known


def test_nothing_is_known_that_was_not_published_but_two_codes_of_before_2010(published: pl.DataFrame) -> None:
    """Bedfordshire and Cheshire ended in 2009, before DfE's series starts, and are marked unverified."""
    extra = set(authority.AUTHORITIES) - set(published["old_la_code"])
    assert extra == {"820", "875"}
    assert {a.code for a in authority.AUTHORITIES.values() if not a.verified} == extra


@pytest.mark.parametrize("year", range(2019, 2026))
def test_codes_in_force_are_those_that_returned(open_data: Path, year: int) -> None:
    """DfE caseload: the authorities with a row for each January, 2019 to 2025."""
    period = f"{year - 1}{year % 100:02d}"
    caseload = pl.read_parquet(open_data / "ehcp_2025" / "caseload.parquet").filter(
        (pl.col("time_period") == period) & (pl.col("geographic_level") == "Local authority")
    )
    assert authority.current(year) == sorted(caseload["old_la_code"].unique())


def test_districts_lie_in_authorities_that_are_known(open_data: Path) -> None:
    """The ONS list of districts of April 2023 with DfE's code for each."""
    districts = pl.read_csv(open_data / "lookups" / "ltla_utla_2023_sen2.csv", infer_schema=False)
    for row in districts.iter_rows(named=True):
        assert authority.ONS_CODES[row["UTLA23CD"]] == row["old_la_code"]
    assert set(districts["old_la_code"]) == set(authority.current(2024))


def test_reorganised_areas_lead_to_the_authorities_in_force() -> None:
    """The structural changes of 2019, 2021 and 2023."""
    assert authority.successors("909") == ("942", "943")
    assert authority.successors("928") == ("940", "941")
    assert authority.successors("835") == ("838", "839")
    assert authority.successors("837") == authority.successors("836") == ("839",)
    assert authority.successors("302") == ("302",)
    for code, held in authority.AUTHORITIES.items():
        assert bool(held.into) == (held.last_year is not None), code
        assert all(authority.AUTHORITIES[later].last_year is None for later in authority.successors(code))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("302", "302"),
        (" barnet ", "302"),
        ("London Borough of Barnet", "302"),
        ("E10000023", "815"),
        ("e06000065", "815"),
        ("St Helens", "342"),
        ("Bristol", "801"),
        ("Hull", "810"),
        ("Durham", "840"),
        ("Telford & Wrekin", "894"),
        ("Stoke on Trent", "861"),
        ("City of London", "201"),
        ("Dorset", "838"),
        ("Cumbria", "909"),
    ],
)
def test_people_find_an_authority_by_what_they_call_it(text: str, code: str) -> None:
    """Codes, ONS codes and everyday names."""
    assert authority.find(text).code == code


def test_every_name_finds_an_authority_of_that_name() -> None:
    """A former authority that shares its name (Dorset) gives way to the one in force."""
    for held in authority.AUTHORITIES.values():
        assert authority.find(held.name).name == held.name
        assert authority.name(held.code) == held.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Barnett", "302 (Barnet)"),
        ("Kingston", "314 (Kingston upon Thames)"),
        ("999", "three-digit|such as 302"),
        ("", "such as 302"),
    ],
)
def test_what_cannot_be_found_is_answered_with_near_names(text: str, told: str) -> None:
    """The message says what was asked and what to do."""
    with pytest.raises(UserError) as caught:
        authority.find(text)
    assert repr(text) in caught.value.what
    assert any(part in caught.value.action for part in told.split("|"))
