"""Plans of places in the service: worked out as the commands do, and safe for those who may see published figures only."""

from __future__ import annotations

import csv
import io
import re
import runpy
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import polars as pl
import pytest
import typer
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.calendar import clock
from rightplace.cli import assign as command
from rightplace.example.make import make_example
from rightplace.web.audit.models import Entry
from rightplace.web.planning import work
from rightplace.web.planning.models import Run

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
PROPOSAL = "new_assessment_system"
ENDS = ("low", "middle", "high")
ASKED = {
    "enough": {"years": 4, "futures": 20, "proposals": PROPOSAL},
    "places": {"years": 1, "futures": 200, "september": 2026},
    "invest": {"years": 2, "futures": 10, "promise": 80, "budget_gbp": 5_000_000, "may_close": True},
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Runs of each kind on a small area, worked out in the order in which they were asked for."""
    from django.test import override_settings

    root = tmp_path_factory.mktemp("placed")
    folder = make_example(root / "example", plans=500).folder / "area"
    with override_settings(AREA=folder, MEDIA_ROOT=root / "files"), django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        people = {role: _PEOPLE["person"](role) for role in ("planner", "school", "panel", "parent", "case_officer")}
        facts = {"asked_by": "Planner", "asked_at": clock.now()}
        runs = {
            kind: Run.objects.create(kind=kind, title=f"Try {kind}", **facts, **asked) for kind, asked in ASKED.items()
        }
        while (taken := work.take()) is not None:
            work.do(taken)
        yield SimpleNamespace(people=people, folder=folder, **runs)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def area(done: SimpleNamespace, db: None) -> SimpleNamespace:
    return done


def _get(area: SimpleNamespace, role: str, name: str, *values: Any) -> str:
    response = _PEOPLE["signed_in"](area.people[role]).get(reverse(name, args=values))
    assert response.status_code == 200
    return str(response.content.decode())


def _zip(area: SimpleNamespace, role: str, run: Run) -> dict[str, str]:
    response = _PEOPLE["signed_in"](area.people[role]).get(reverse("planning_data", args=[run.pk]))
    held = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return {name: held.read(name).decode() for name in held.namelist()}


def test_every_kind_is_worked_out_and_says_what_was_asked(area: SimpleNamespace) -> None:
    for kind in ASKED:
        run = Run.objects.get(kind=kind)
        assert run.state == "done", run.trouble
    assert "Capital in all" not in _get(area, "planner", "planning_run", area.places.pk)
    assert "£5,000,000 in all" in _get(area, "planner", "planning_run", area.invest.pk)
    assert "80% of futures" in _get(area, "planner", "planning_run", area.invest.pk)
    assert "Yes, year group by year group" in _get(area, "planner", "planning_run", area.invest.pk)


@pytest.mark.parametrize("role", ["planner", "school"])
@pytest.mark.parametrize("kind", list(ASKED))
def test_pages_are_valid_with_one_heading_and_few_queries(
    area: SimpleNamespace, role: str, kind: str, django_assert_max_num_queries: Any
) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    with django_assert_max_num_queries(20):
        text = client.get(reverse("planning_run", args=[getattr(area, kind).pk])).content.decode()
    tree = PARSER.parse(text)
    assert [one.text for one in tree.iter("h1")] == [f"Try {kind}"]
    assert tree.findtext(".//title").startswith(f"Try {kind}")
    assert " style=" not in text
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {one.get("href")[1:] for one in tree.iter("a") if (one.get("href") or "").startswith("#")} <= set(ids)
    assert text.count("<table") > 1


@pytest.mark.parametrize("name", ["planning_ask", "planning_ask_enough", "planning_ask_places", "planning_ask_invest"])
def test_pages_that_ask_are_valid(area: SimpleNamespace, name: str) -> None:
    tree = PARSER.parse(_get(area, "planner", name))
    (heading,) = tree.iter("h1")
    assert tree.findtext(".//title").startswith(heading.text)
    labelled = {one.get("for") for one in tree.iter("label")}
    boxes = {one.get("id") for tag in ("input", "textarea") for one in tree.iter(tag) if one.get("type") != "hidden"}
    assert boxes <= labelled


def test_places_are_those_that_the_command_gives(area: SimpleNamespace, tmp_path: Path) -> None:
    """The oracle is ``rightplace assign`` itself on the same area: every file is the same, byte for byte."""
    app = typer.Typer()
    app.command()(command.run)
    words = [str(area.folder), "--september", "2026", "--out", str(tmp_path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    files = _zip(area, "planner", area.places)
    for name in ("assignments", "unplaced", "settings", "fairness", "second_best"):
        assert files[f"{name}.csv"] == (tmp_path / f"{name}.csv").read_text(encoding="utf-8"), name
    assert pl.read_csv(io.StringIO(files["settings.csv"]))["kept"].sum() > 0


def test_published_places_name_nobody(area: SimpleNamespace) -> None:
    """No child's number in the page or the download of those who may see published figures; the planner's has them."""
    people = set(store.load(area.folder)["people"]["person_id"])
    exact = _zip(area, "planner", area.places)["assignments.csv"]
    assert people & set(re.findall(r"\w+", exact))
    files = _zip(area, "school", area.places)
    assert "assignments.csv" not in files
    page = _get(area, "school", "planning_run", area.places.pk)
    assert not people & set(re.findall(r"\w+", " ".join([page, *files.values()])))


def _people_cells(files: dict[str, str], *, but: tuple[str, ...]) -> list[int]:
    """The whole numbers in columns that count people, of all tables: not years, pounds, shares, km and places there are."""
    found = []
    for name, text in files.items():
        if name.endswith(".csv"):
            head, *rows = csv.reader(io.StringIO(text))
            wanted = [place for place, column in enumerate(head) if place and not any(word in column for word in but)]
            found += [int(row[place]) for row in rows for place in wanted if re.fullmatch(r"-?\d+", row[place])]
    return found


def test_published_figures_hold_no_small_number(area: SimpleNamespace) -> None:
    """The rule of Explore Education Statistics that the disclosure page cites: 1 to 4 hidden, others to the nearest 5."""
    not_people = ("January", "pounds", "Places", "new", "Value", "km", "minutes", "Schemes", "Opens", "Staff", "Share")
    seen = 0
    for run in (area.enough, area.places, area.invest):
        cells = _people_cells(_zip(area, "school", run), but=not_people)
        seen += len(cells)
        assert all(cell % 5 == 0 for cell in cells), run.kind
    assert seen > 100


def test_the_published_paper_says_nothing_of_single_children(area: SimpleNamespace) -> None:
    exact, published = (_get(area, role, "planning_run", area.invest.pk) for role in ("planner", "school"))
    for words in ("Serves (children a year)", "Left without a place, mean", "Left out a year"):
        assert words in exact
        assert words not in published
    assert "schemes-why.csv" not in _zip(area, "school", area.invest)


def test_a_proposal_is_marked_wherever_its_numbers_are(area: SimpleNamespace) -> None:
    for name, values in (("planning", ()), ("planning_run", (area.enough.pk,))):
        assert "Proposed, not law" in _get(area, "school", name, *values)
    page = _get(area, "planner", "planning_run", area.enough.pk)
    assert "With and without the scenario" in page
    assert "proposed" in _zip(area, "planner", area.enough)["notes.txt"].casefold()


def test_fewer_joiners_under_the_proposal_leave_fewer_without_a_place(area: SimpleNamespace) -> None:
    """The proposal multiplies joining by at most 1 from September 2029, and chances are the same in both."""
    rows = list(csv.DictReader(io.StringIO(_zip(area, "planner", area.enough)["sufficiency-beside-years.csv"])))
    gaps = {
        int(row["January"]): [int(row[f"Scenario: {at}"]) - int(row[f"As things go: {at}"]) for at in ENDS]
        for row in rows
    }
    assert [gaps[year] for year in (2027, 2028, 2029)] == [[0, 0, 0]] * 3
    assert max(gaps[2030]) <= 0
    assert min(gaps[2030]) < 0


def test_looking_at_children_by_number_is_noted_and_published_figures_are_not(area: SimpleNamespace) -> None:
    before = Entry.objects.filter(action="read").count()
    _get(area, "school", "planning_run", area.places.pk)
    _get(area, "planner", "planning_run", area.invest.pk)
    assert Entry.objects.filter(action="read").count() == before
    _get(area, "planner", "planning_run", area.places.pk)
    assert Entry.objects.filter(action="read", words__contains="names children by number").count() == 1


def test_those_without_a_part_in_planning_see_no_run(area: SimpleNamespace) -> None:
    for role in ("parent", "case_officer"):
        client = _PEOPLE["signed_in"](area.people[role])
        for name in ("planning_run", "planning_data"):
            assert client.get(reverse(name, args=[area.places.pk])).status_code == 403
    panel = _PEOPLE["signed_in"](area.people["panel"])
    assert panel.get(reverse("planning_ask_places")).status_code == 403


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("planning_ask_places", {"september": "soon"}, "whole number from 2015 to 2100"),
        ("planning_ask_invest", {"years": 5, "futures": 20, "promise": 100}, "whole number from 1 to 99"),
        ("planning_ask_invest", {"years": 5, "futures": 20, "promise": 90, "budget_gbp": "12m"}, "with no comma"),
        ("planning_ask", {"years": 5, "futures": 100, "proposals": ["abolish"]}, "Choose from the proposals"),
        ("planning_ask_enough", {"years": 5, "futures": 9}, "whole number from 20 to 1000"),
    ],
)
def test_mistakes_are_told_and_nothing_is_asked(area: SimpleNamespace, name: str, said: Any, words: str) -> None:
    before = Run.objects.count()
    client = _PEOPLE["signed_in"](area.people["planner"])
    text = client.post(reverse(name), {"key": f"k-{words}", "version": 0, "title": "Wrong", **said}).content.decode()
    assert words in text
    assert "There is a problem" in text
    PARSER.parse(text)
    assert Run.objects.count() == before


def test_a_september_that_nobody_is_known_before_fails_in_words(area: SimpleNamespace) -> None:
    facts = {"asked_by": "x", "asked_at": clock.now(), "years": 1, "futures": 100}
    run = Run.objects.create(kind="places", title="Too soon", september=2020, state="running", **facts)
    work.do(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "2020" in run.trouble


def test_proposals_asked_for_are_kept(area: SimpleNamespace) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    form = {
        "key": "k9",
        "version": 0,
        "title": "Two",
        "years": 2,
        "futures": 100,
        "proposals": [PROPOSAL, "special_place_kept"],
    }
    client.post(reverse("planning_ask"), form)
    assert Run.objects.get(title="Two").proposals == f"{PROPOSAL},special_place_kept"
