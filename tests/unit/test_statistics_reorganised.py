"""Counts of authorities that ended, carried to those that took their area."""

from __future__ import annotations

import polars as pl
import pytest

from rightplace.returns.statistics.history import COLUMNS
from rightplace.returns.statistics.relocated import relocated
from rightplace.returns.statistics.reorganised import Change, carried, changes, successors_in_force
from rightplace.vocabulary import authority


def history(*rows: tuple[str, int, str, str, float | None]) -> pl.DataFrame:
    """Counts of plans: authority, January, dimension, value, people."""
    data = [(code, year, "plans", dimension, value, people, "file") for code, year, dimension, value, people in rows]
    return pl.DataFrame(data, schema=list(COLUMNS), orient="row", schema_overrides={"people": pl.Float64})


def test_the_reorganisations_are_those_of_the_record() -> None:
    """Dorset, Poole and Bournemouth ended together in 2019, and Christchurch changed hands: only the three match the two."""
    found = {change.began: change.ended for change in changes(authority.current(2025))}
    assert found[("838", "839")] == ("835", "836", "837")
    assert found[("940", "941")] == ("928",)
    assert found[("942", "943")] == ("909",)
    assert ("942", "943") not in {change.began for change in changes(authority.current(2023))}
    assert changes(authority.current(2025))[0] == Change(ended=("820",), began=("822", "823"))


def test_successors_stop_at_the_authorities_in_force() -> None:
    assert successors_in_force("909", authority.current(2023)) == ["909"]
    assert successors_in_force("909", authority.current(2024)) == ["942", "943"]
    assert successors_in_force("837", authority.current(2024)) == ["839"]


def test_predecessors_are_shared_by_the_first_year_all_successors_have() -> None:
    rows = history(
        ("909", 2022, "total", "total", 1000.0),
        ("909", 2022, "setting", "mainstream", 400.0),
        ("909", 2022, "setting", "special_state", None),
        ("909", 2023, "total", "total", 1200.0),
        ("942", 2024, "total", "total", 750.0),
        ("943", 2024, "total", "total", 500.0),
        ("ENG", 2022, "total", "total", 9000.0),
    )
    made = carried(rows, authority.current(2024), "ENG").filter(pl.col("la_code").is_in(["942", "943", "909"]))
    people = {
        (code, year, value): n for code, year, value, n in made.select("la_code", "year", "value", "people").rows()
    }
    assert people[("942", 2022, "total")] == pytest.approx(600.0)
    assert people[("943", 2023, "total")] == pytest.approx(480.0)
    assert people[("942", 2022, "mainstream")] == pytest.approx(240.0)
    assert people[("942", 2022, "special_state")] is None
    assert not [key for key in people if key[0] == "909"]
    assert (
        "derived: 60.0% of Cumbria, the part of the total in 2024" in made.filter(la_code="942", year=2022)["source"][0]
    )


def test_what_successors_counted_themselves_stands_and_shares_need_all_of_them() -> None:
    rows = history(("909", 2022, "total", "total", 1000.0), ("942", 2024, "total", "total", 750.0))
    made = carried(rows, authority.current(2024), "ENG")
    assert made.select("la_code", "year").rows() == [("942", 2024)]


def test_schools_of_an_ended_authority_go_to_the_nearest_successor() -> None:
    near = pl.DataFrame({"la_code": ["942", "943"], "easting": [0.0, 100.0], "northing": [0.0, 0.0]})
    schools = pl.DataFrame(
        {
            "setting_id": ["1", "2", "3", "4"],
            "la_code": ["909", "909", "302", "836"],
            "easting": [10.0, 90.0, 5.0, None],
            "northing": [0.0] * 4,
        }
    )
    assert relocated(schools, near, authority.current(2025))["la_code"].to_list() == ["942", "943", "302", "839"]
