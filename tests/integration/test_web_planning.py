"""Planning in the service: asked for, worked out, read by those who may see every number and by those who may not."""

from __future__ import annotations

import csv
import io
import json
import runpy
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from rightplace.area import store
from rightplace.calendar import clock
from rightplace.errors import DataError
from rightplace.example.make import make_example
from rightplace.web.audit.models import Entry
from rightplace.web.planning import results, work
from rightplace.web.planning.models import Run
from rightplace.web.planning.scenario_text import scenario

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
SCENARIO = """
scenario: Fewer join
changes:
  - {rate: joining, from: 2026-09-01, by: -30%, reason: Earlier help, source: The planner's judgement}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("planned") / "example", plans=500).folder / "area"


@pytest.fixture(scope="module")
def done(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """A planner, others, and two runs that were worked out: one as things are going, one with a scenario."""
    from django.test import override_settings

    files = folder.parent / "files"
    with override_settings(AREA=folder, MEDIA_ROOT=files), django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        people = {role: _PEOPLE["person"](role) for role in ("planner", "team_manager", "school", "panel", "parent")}
        facts = {"asked_by": "Planner", "asked_at": clock.now(), "years": 3, "futures": 100}
        runs = [
            Run.objects.create(title=title, scenario=text, **facts)
            for title, text in (("Base", ""), ("Less", SCENARIO))
        ]
        for _ in runs:
            taken = work.take()
            assert taken is not None
            work.do(taken)
        yield SimpleNamespace(people=people, base=runs[0], less=runs[1], folder=folder)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def area(done: SimpleNamespace, db: None) -> SimpleNamespace:
    return done


def _page(area: SimpleNamespace, role: str, name: str, *values: Any) -> str:
    response = _PEOPLE["signed_in"](area.people[role]).get(reverse(name, args=values))
    assert response.status_code == 200
    text = response.content.decode()
    tree = PARSER.parse(text)
    assert len(list(tree.iter("h1"))) == 1
    assert " style=" not in text
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    return text


def test_runs_are_worked_out_in_the_order_asked(area: SimpleNamespace) -> None:
    states = {run.title: run.state for run in Run.objects.all()}
    assert states == {"Base": "done", "Less": "done"}
    assert Run.objects.get(title="Base").area == store.load(area.folder).name


@pytest.mark.parametrize("role", ["planner", "school"])
def test_pages_are_valid_and_hold_a_chart_and_its_table(area: SimpleNamespace, role: str) -> None:
    for name, values in (("planning", []), ("planning_run", [area.base.pk]), ("planning_run", [area.less.pk])):
        text = _page(area, role, name, *values)
        assert "<svg" in text
        assert "January" in text
    assert "Fewer join" in _page(area, role, "planning_run", area.less.pk)


def test_pages_ask_at_most_twenty_queries(area: SimpleNamespace, django_assert_max_num_queries: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    for name, values in (("planning", []), ("planning_ask", []), ("planning_run", [area.base.pk])):
        with django_assert_max_num_queries(20):
            client.get(reverse(name, args=values))


def _zip(area: SimpleNamespace, role: str, run: Run) -> dict[str, str]:
    response = _PEOPLE["signed_in"](area.people[role]).get(reverse("planning_data", args=[run.pk]))
    held = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return {name: held.read(name).decode() for name in held.namelist()}


def test_a_planner_downloads_the_numbers_that_the_command_writes(area: SimpleNamespace, tmp_path: Path) -> None:
    """The oracle is ``rightplace forecast`` itself, run by hand on the same area with the same seed."""
    from rightplace.forecast.run import forecast
    from rightplace.report.csv_files import write_forecast

    write_forecast(forecast(store.load(area.folder), years=3, futures=100, seed=1), tmp_path)
    files = _zip(area, "planner", area.base)
    assert files["summary.csv"] == (tmp_path / "summary.csv").read_text(encoding="utf-8")
    assert "seed 1" in files["notes.txt"]


def test_a_scenario_comes_with_its_difference(area: SimpleNamespace) -> None:
    """With 30% fewer joining, fewer plans are expected in every year after it starts."""
    files = _zip(area, "planner", area.less)
    rows = [row for row in csv.DictReader(io.StringIO(files["difference.csv"])) if row["dimension"] == "total"]
    assert all(float(row["mean"]) < 0 for row in rows[1:])
    assert "scenario.yaml" in files


def test_the_page_and_the_command_compare_alike(area: SimpleNamespace, tmp_path: Path) -> None:
    """The oracle is ``rightplace forecast --scenario`` run by hand: the same files to the last digit, and the page rounds their numbers."""
    import typer
    from typer.testing import CliRunner

    from rightplace.cli import forecast as command

    file, out = tmp_path / "scenario.yaml", tmp_path / "out"
    file.write_text(SCENARIO, encoding="utf-8")
    app = typer.Typer()
    app.command()(command.run)
    words = [str(area.folder), "--out", str(out), "--years", "3", "--futures", "100", "--scenario", str(file)]
    assert CliRunner().invoke(app, words).exit_code == 0
    files = _zip(area, "planner", area.less)
    for name in ("summary", "scenario_summary", "scenario_flows", "scenario_assumptions", "difference"):
        assert files[f"{name}.csv"] == (out / f"{name}.csv").read_text(encoding="utf-8"), name
    held = next(
        block["table"]
        for section in results.page(area.less, exact=True)
        for block in section["blocks"]
        if block.get("key") == "side-by-side-chart"
    )
    shown = {row[0]: [cell.replace(",", "").replace("\N{MINUS SIGN}", "-") for cell in row[1:]] for row in held["rows"]}
    for file_name, first in (("summary", 0), ("scenario_summary", 3), ("difference", 6)):
        for row in csv.DictReader(io.StringIO(files[f"{file_name}.csv"])):
            if row["dimension"] == "total" and row["year"] in shown:
                wanted = [float(row[end]) for end in ("p10", "p50", "p90")]
                found = [float(cell) for cell in shown[row["year"]][first : first + 3]]
                assert all(abs(one - other) <= 0.5 for one, other in zip(wanted, found, strict=True))


def test_runs_stand_side_by_side_with_what_was_asked_differently(area: SimpleNamespace) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    address = f"{reverse('planning_beside')}?run={area.base.pk}&run={area.less.pk}"
    text = client.get(address).content.decode()
    tree = PARSER.parse(text)
    assert [one.text for one in tree.iter("h1")] == ["Side by side"]
    assert "As written" in text
    assert "what differs is what was asked" in text
    rows = {row[0]: row for row in _rows(tree, "Plans counted and expected each January")}
    base = {
        row[0]: row
        for row in _rows(
            PARSER.parse(_page(area, "planner", "planning_run", area.base.pk)),
            "Plans counted and expected each January",
        )
    }
    assert rows["2029"][1:4] == base["2029"][2:5]
    school = _PEOPLE["signed_in"](area.people["school"]).get(address).content.decode()
    cells = [cell for row in _rows(PARSER.parse(school), "Plans counted and expected each January") for cell in row[1:]]
    assert cells
    assert all(int(cell.replace(",", "").replace("\N{MINUS SIGN}", "-")) % 5 == 0 for cell in cells if cell != "c")


def _rows(tree: Any, title: str) -> list[list[str]]:
    """The rows of the table whose caption is ``title``."""
    table = next(one for one in tree.iter("table") if one.findtext("caption") == title)
    return [["".join(cell.itertext()).strip() for cell in row] for row in table.find("tbody")]


def test_what_cannot_stand_side_by_side_is_said(area: SimpleNamespace) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    facts = {"asked_by": "x", "asked_at": clock.now(), "years": 1, "futures": 100, "state": "done"}
    other = Run.objects.create(kind="places", title="Other", **facts)
    for query, words in (
        ("", "Choose from two to 4"),
        (f"run={area.base.pk}", "Choose from two to 4"),
        (f"run={area.base.pk}&run=999999999999&run=x", "Choose from two to 4"),
        (f"run={area.base.pk}&run={other.pk}", "of one kind"),
    ):
        response = client.get(f"{reverse('planning_beside')}?{query}")
        assert response.status_code == 200
        assert words in response.content.decode()


def test_others_download_no_small_number(area: SimpleNamespace) -> None:
    """The rule of Explore Education Statistics that the disclosure page cites: 1 to 4 hidden, others to the nearest 5."""
    found = 0
    for run in (area.base, area.less):
        files = _zip(area, "school", run)
        assert "summary.csv" not in files
        assert "difference.csv" not in files
        for name in ("total-table.csv", "need-table.csv", "setting-table.csv", "side-by-side-table.csv"):
            for row in csv.reader(io.StringIO(files.get(name, ""))):
                numbers = [cell.replace(",", "") for cell in row[1:]]
                whole = [int(cell) for cell in numbers if cell.isdecimal()]
                found += len(whole)
                assert all(number % 5 == 0 for number in whole), (name, row)
    assert found > 50


def test_what_others_are_shown_is_not_what_the_planner_is_shown(area: SimpleNamespace) -> None:
    exact, published = (json.dumps(results.page(area.base, exact=exact)) for exact in (True, False))
    assert exact != published
    assert "exact numbers" in _page(area, "planner", "planning_run", area.base.pk)
    assert "published figures" in _page(area, "school", "planning_run", area.base.pk)


def test_asking_twice_with_one_form_makes_one_run(area: SimpleNamespace) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    form = {"key": "k" * 10, "version": 0, "title": "Again", "years": 2, "futures": 100, "scenario": ""}
    addresses = {client.post(reverse("planning_ask"), form)["Location"] for _ in range(2)}
    assert len(addresses) == 1
    assert Run.objects.filter(title="Again").count() == 1
    assert Entry.objects.filter(words__contains="“Again”").count() == 1
    assert "Waiting to start" in _page(area, "planner", "planning_run", Run.objects.get(title="Again").pk)


def test_mistakes_in_a_scenario_are_told_at_once(area: SimpleNamespace) -> None:
    client = _PEOPLE["signed_in"](area.people["planner"])
    wrong = SCENARIO.replace("joining", "arriving").replace("reason: Earlier help, ", "")
    form = {"key": "k2", "version": 0, "title": "Wrong", "years": 2, "futures": 100, "scenario": wrong}
    text = client.post(reverse("planning_ask"), form).content.decode()
    assert "arriving" in text
    assert "“reason” is missing" in text
    assert "There is a problem" in text


def test_a_scenario_that_grows_out_of_all_bounds_is_refused() -> None:
    """The "billion laughs" of YAML: nine aliases of nine aliases, and so on."""
    layers = "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]" for n in range(8))
    with pytest.raises(DataError, match="references"):
        scenario(f"a: &a [lol]\n{layers}")


def test_a_run_that_is_asked_to_stop_stops_and_says_so(area: SimpleNamespace) -> None:
    run = Run.objects.create(title="Long", asked_by="x", asked_at=clock.now(), years=3, futures=5000)
    client = _PEOPLE["signed_in"](area.people["planner"])
    taken = work.take()
    assert taken == run
    client.post(reverse("planning_stop", args=[run.pk]))
    work.do(taken)
    run.refresh_from_db()
    assert run.state == "stopped"
    assert results.data(run, exact=True) is None


def test_two_runs_are_never_worked_out_at_once(area: SimpleNamespace) -> None:
    facts = {"asked_by": "x", "asked_at": clock.now(), "years": 1, "futures": 100}
    first, second = (Run.objects.create(title=title, **facts) for title in ("one", "two"))
    assert work.take() == first
    assert work.take() is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=second.pk).update(state="running")


def test_a_run_whose_worker_died_is_taken_up_again(area: SimpleNamespace) -> None:
    long_ago = clock.now() - timedelta(hours=1)
    facts = {"asked_by": "x", "asked_at": long_ago, "years": 1, "futures": 100}
    run = Run.objects.create(title="Lost", state="running", beat=long_ago, done=7, steps=9, **facts)
    assert work.take() == run


def test_a_run_without_an_area_fails_in_words(area: SimpleNamespace, settings: Any, tmp_path: Path) -> None:
    settings.AREA = tmp_path / "nothing"
    facts = {"asked_by": "x", "asked_at": clock.now(), "years": 1, "futures": 100}
    run = Run.objects.create(title="Nowhere", state="running", **facts)
    work.do(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "There is no area record here" in run.trouble
    assert "There is no area record here" in _page(area, "planner", "planning")


@pytest.mark.parametrize("name", ["planning", "planning_nearest"])
def test_a_folder_of_the_server_is_named_only_to_those_who_see_the_record(
    area: SimpleNamespace, settings: Any, tmp_path: Path, name: str
) -> None:
    settings.AREA = tmp_path / "nothing"
    read = {role: _page(area, role, name) for role in ("planner", "school")}
    assert str(tmp_path) in read["planner"]
    assert str(tmp_path) not in read["school"]
    assert "The area&#39;s record cannot be read at present." in read["school"]


def test_why_a_run_failed_is_for_those_who_see_exact_figures(
    area: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    settings.AREA = tmp_path / "nothing"
    facts = {"asked_by": "x", "asked_at": clock.now(), "years": 1, "futures": 100}
    run = Run.objects.create(title="Nowhere", state="running", **facts)
    work.do(run)
    assert str(tmp_path) in _page(area, "planner", "planning_run", run.pk)
    assert str(tmp_path) not in _page(area, "school", "planning_run", run.pk)
