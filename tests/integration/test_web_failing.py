"""The service killed in the middle of saving, clicked twice at once, without its database, without room: nothing is lost or doubled.

A real service with several processes, and a database of its own in a file, or in PostgreSQL where RIGHTPLACE_TEST_DATABASE names one.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

MADE = Path(__file__).parents[1] / "made"
POSTGRESQL = os.environ.get("RIGHTPLACE_TEST_DATABASE", "")
NAME = f"rightplace_failing_{os.getpid()}"
PLAN = ["request_received", "assessment_agreed", "draft_plan_sent", "final_plan_issued"]


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if not POSTGRESQL:
        yield f"sqlite:///{folder}/it.sqlite3"
        return
    _told_to_postgresql(f"CREATE DATABASE {NAME}")
    try:
        yield urlsplit(POSTGRESQL)._replace(path=f"/{NAME}").geturl()
    finally:
        _told_to_postgresql(f"DROP DATABASE {NAME} WITH (FORCE)")


def _told_to_postgresql(statement: str, database: str = POSTGRESQL) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("failing")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RIGHTPLACE", "DJANGO"))}
    with _database(folder) as database, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        more = {
            "RIGHTPLACE_DATABASE": database, "RIGHTPLACE_HTTP": "plain", "RIGHTPLACE_MFA": "choice",
            "RIGHTPLACE_SECRET_KEY": "only for these tests, where it guards nothing at all", "PYTHONPATH": str(MADE),
        }  # fmt: skip
        one = SimpleNamespace(folder=folder, env=kept | more, port=port, database=database)
        one.made = _prepared(one)
        words = ["-m", "gunicorn", "web_failing:application", "--workers", "2", "--preload", "--log-level", "critical"]
        process = subprocess.Popen(
            [sys.executable, *words, "--bind", f"127.0.0.1:{port}"], cwd=folder, env=one.env, stderr=subprocess.DEVNULL
        )
        try:
            _ready(one)
            yield one
        finally:
            process.terminate()
            process.wait(timeout=30)


def _prepared(served: Any) -> Any:
    done = subprocess.run(
        [sys.executable, str(MADE / "web_failing.py")], env=served.env, cwd=served.folder, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _state(served: Any) -> Any:
    return json.loads(_ask(served, "/state")[1])


def _ready(served: Any) -> None:
    for _ in range(300):
        try:
            if _ask(served, "/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The service did not start.")


def _ask(served: Any, page: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    link = HTTPConnection("127.0.0.1", served.port, timeout=60)
    heads = {"Cookie": f"sessionid={served.made['session']}", **headers}
    if form is None:
        link.request("GET", page, headers=heads)
    else:
        heads["Cookie"] += f"; csrftoken={form['csrfmiddlewaretoken']}"
        heads["Content-Type"] = "application/x-www-form-urlencoded"
        link.request("POST", page, urlencode(form), heads)
    try:
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


def _form(served: Any, page: str) -> dict[str, str]:
    """A form as it is opened: its hidden fields."""
    _, text = _ask(served, page)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', text)
    return dict(hidden) | {"csrfmiddlewaretoken": "c" * 32}


def _meeting(served: Any, number: int) -> tuple[str, str, dict[str, str]]:
    """A case, and the form that records a review meeting of it."""
    reference = served.made["references"][number]
    page = f"/cases/{reference}/record/review_meeting_held/"
    day = {"day_day": "2", "day_month": "3", "day_year": "2026"}
    return reference, page, _form(served, page) | day


@pytest.mark.parametrize(
    ("number", "dies", "recorded"),
    [
        (0, 'INSERT INTO "cases_caseevent"', False),
        (1, "audit_head", False),
        (2, "response", True),
    ],
)
def test_killed_while_saving_all_or_nothing_is_there_and_sending_again_records_it_once(
    served: Any, number: int, dies: str, *, recorded: bool
) -> None:
    reference, page, form = _meeting(served, number)
    with pytest.raises((HTTPException, OSError)):
        _ask(served, page, form, **{"X-Die": dies})
    after = _state(served)
    assert after["events"][reference] == [*PLAN, *(["review_meeting_held"] if recorded else [])]
    assert after["versions"][reference] == len(after["events"][reference])
    assert after["broken"] == []
    assert _ask(served, page, form)[0] == 302
    again = _state(served)
    assert again["events"][reference] == [*PLAN, "review_meeting_held"]
    assert again["broken"] == []


def test_clicked_many_times_at_once_it_is_recorded_once_and_everyone_is_told_so(served: Any) -> None:
    reference, page, form = _meeting(served, 4)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: _ask(served, page, form)[0], range(6)))
    assert answers == [302] * 6
    assert _state(served)["events"][reference] == [*PLAN, "review_meeting_held"]


def test_of_many_officers_at_one_case_at_once_one_records_and_the_others_see_what_was_recorded(served: Any) -> None:
    reference, page, form = _meeting(served, 5)
    assert _ask(served, f"/cases/{reference}/")[0] == 200
    forms = [form | {"key": f"officer-{number}"} for number in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda one: _ask(served, page, one), forms))
    assert sorted(status for status, _ in answers) == [302, 409, 409, 409, 409]
    assert all("Review meeting held" in text for status, text in answers if status == 409)
    after = _state(served)
    assert after["events"][reference] == [*PLAN, "review_meeting_held"]
    assert after["broken"] == []


def test_every_one_of_many_looks_at_once_is_in_the_log_and_the_log_is_whole(served: Any) -> None:
    reference = served.made["references"][5]
    before = _state(served)["looks"][reference]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: _ask(served, f"/cases/{reference}/")[0], range(24)))
    after = _state(served)
    assert answers == [200] * 24
    assert (after["looks"][reference] - before, after["broken"]) == (24, [])


@contextmanager
def _no_room(served: Any) -> Iterator[dict[str, str]]:
    """PostgreSQL tells of a full disk by an error of its own; the file of SQLite may grow no more."""
    if not POSTGRESQL:
        yield {"X-Full": "1"}
        return
    _told_to_postgresql(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
        " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;"
        " CREATE TRIGGER full_disk BEFORE INSERT ON caseload_handover EXECUTE FUNCTION full_disk()",
        served.database,
    )
    try:
        yield {}
    finally:
        _told_to_postgresql("DROP TRIGGER full_disk ON caseload_handover; DROP FUNCTION full_disk", served.database)


def test_without_room_a_plain_page_says_so_keeps_the_text_and_nothing_is_half_saved(served: Any) -> None:
    reference = served.made["references"][6]
    page = f"/caseload/hand-over/{reference}/"
    note = "The family was promised a call. " * 300
    form = _form(served, page) | {"officer": str(served.made["manager"]), "note": note}
    with _no_room(served) as headers:
        status, text = _ask(served, page, form, **headers)
        assert _ask(served, f"/cases/{reference}/")[0] in (200, 503)
    assert status == 503
    assert "There is no room left to save" in text
    assert "a form that is sent twice is recorded once" in text
    assert note.strip() in text
    assert form["key"] not in text
    after = _state(served)
    assert (after["handovers"][reference], after["broken"]) == (0, [])
    assert _ask(served, page, form)[0] == 302
    assert _ask(served, page, form)[0] == 302
    assert _state(served)["handovers"][reference] == 1


if POSTGRESQL:

    def test_when_the_database_was_started_again_nobody_notices(served: Any) -> None:
        page = f"/cases/{served.made['references'][7]}/"
        for _ in range(6):
            assert _ask(served, page)[0] == 200
        end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NAME}'"
        _told_to_postgresql(end)
        assert [_ask(served, page)[0] for _ in range(6)] == [200] * 6

    def test_without_the_database_one_plain_page_says_what_to_do_and_then_all_goes_on(served: Any) -> None:
        page = f"/caseload/hand-over/{served.made['references'][7]}/"
        form = _form(served, page) | {"officer": str(served.made["manager"]), "note": "Likes to be rung after four."}
        _told_to_postgresql(f"ALTER DATABASE {NAME} ALLOW_CONNECTIONS false")
        _told_to_postgresql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NAME}'")
        try:
            status, text = _ask(served, page, form)
            health = _ask(served, "/health")[0]
        finally:
            _told_to_postgresql(f"ALTER DATABASE {NAME} ALLOW_CONNECTIONS true")
        assert (status, health) == (503, 503)
        assert "We cannot reach the records just now" in text
        assert "Likes to be rung after four." in text
        assert "Traceback" not in text
        assert _ask(served, page, form)[0] == 302
        assert _state(served)["broken"] == []
