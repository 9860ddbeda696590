"""The nearest special school, unit or resourced provision: the command, and the page of the service."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import polars as pl
import pytest
import typer
from django.urls import reverse
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.cli import nearest as command
from rightplace.errors import DataError, UserError

MADE = Path(__file__).parents[1] / "made"
CASE = SimpleNamespace(**runpy.run_path(str(MADE / "places_case.py")))
PEOPLE = runpy.run_path(str(MADE / "web_people.py"))


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Primaries at 0 and 12 km; special schools for ASD at 3 km and (of another area) 10 km, one for SEMH at 5 km."""
    older = {"low_age": 11, "high_age": 16, "capacity": 9, "roll": 0}
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", "mainstream", easting=12000.0),
        CASE.setting("3", "special_state", **older, needs=["ASD"], easting=3000.0),
        CASE.setting("4", "special_state", **older, needs=["ASD"], easting=10000.0, la_code="998"),
        CASE.setting("5", "special_state", **older, needs=["SEMH"], easting=5000.0),
    ]
    store.save(CASE.area(settings, [CASE.child("P1", 6, "mainstream", "1")]), tmp_path / "area")
    return tmp_path / "area"


def run(*words: object) -> Any:
    app = typer.Typer()
    app.command()(command.run)
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_nearest_by_hand(area: Path, tmp_path: Path) -> None:
    """For ASD school 1 has 3 km and school 2 has 2 km, over the border; for SEMH both have school 5: 5 and 7 km."""
    page, table = tmp_path / "page.html", tmp_path / "table.csv"
    wanted = {
        "ASD": {"1": ("3", 3.0, False), "2": ("4", 2.0, True)},
        "SEMH": {"1": ("5", 5.0, False), "2": ("5", 7.0, False)},
    }
    for need, rows in wanted.items():
        said = run(area, "--out", page, "--need", need.lower(), "--september", 2026, "--table", table)
        assert said.exit_code == 0, said.output
        found = pl.read_csv(table, schema_overrides={"school_id": pl.String, "setting_id": pl.String})
        assert {
            one: (to, km, out)
            for one, to, km, out in found.select("school_id", "setting_id", "km", "outside").iter_rows()
        } == rows
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.read_text(encoding="utf-8"))
    assert "social, emotional and mental health" in "".join(root.find(".//h1").itertext())


def test_a_year_group_that_nothing_takes_and_a_need_that_is_none_are_said(area: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    none = run(area, "--out", page, "--year-group", 2, "--september", 2026).exception
    assert isinstance(none, DataError)
    assert "No base is known" in str(none)
    wrong = run(area, "--out", page, "--need", "XYZ").exception
    assert isinstance(wrong, UserError)
    assert "not a code of need" in str(wrong)
    assert not page.exists()


def test_the_page_of_the_service_shows_the_same_to_all_who_plan(area: Path, settings: Any, db: None) -> None:
    settings.AREA = area
    texts = []
    for role in ("planner", "school"):
        client = PEOPLE["signed_in"](PEOPLE["person"](role))
        response = client.get(reverse("planning_nearest"), {"need": "ASD", "year_group": 8})
        assert response.status_code == 200
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
        (table,) = tree.iter("table")
        texts.append([["".join(cell.itertext()).strip() for cell in row] for row in table.find("tbody")])
    assert texts[0] == texts[1]
    assert [row[0] for row in texts[0]] == ["School 1", "School 2"]
    assert [row[-1] for row in texts[0]] == ["3.0", "2.0"]


@pytest.mark.parametrize("query", [{"need": "XYZ"}, {"year_group": "nine"}, {"year_group": "99"}, {"year_group": "1"}])
def test_the_page_says_what_cannot_be_shown(area: Path, settings: Any, db: None, query: dict[str, str]) -> None:
    settings.AREA = area
    client = PEOPLE["signed_in"](PEOPLE["person"]("planner"))
    response = client.get(reverse("planning_nearest"), query)
    assert response.status_code == 200
    text = response.content.decode()
    assert "There is a problem" in text or "No base is known" in text
    html5lib.HTMLParser(strict=True).parse(text)
