"""How fast the service answers many people at once: work list, case page and search, at the 95th percentile.

Makes cases in bulk in an empty database, starts the service with gunicorn, and has people sign in and ask for pages at the same time.

    python benchmarks/web_load.py --database postgresql://USER@127.0.0.1:PORT/NAME [--cases 50000] [--people 20] [--asks 30]

Without --database it starts a throw-away PostgreSQL with tools/start_postgresql.sh. The target is 200 ms with 50,000 cases and 20 people.
The cases are copies of courses that the law's process allows, with their days spread over 20 years; events are sealed as those
recorded one by one are. It runs where nothing else does, or its times are of something else.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TARGET_MS = 200
PASSWORD = "a long password for the load test"
SPREAD_YEARS = 20
OFFICERS = 250
_COURSE: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (0, "request_received", {}),
    (35, "assessment_agreed", {}),
    (98, "draft_plan_sent", {}),
    (133, "final_plan_issued", {}),
)
_REVIEWS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (330, "review_meeting_held", {}),
    (342, "review_report_sent", {}),
    (355, "review_decided", {"outcome": None}),
)


def main() -> None:
    """Make, serve, ask, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database")
    asked.add_argument("--cases", type=int, default=2000)
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--asks", type=int, default=15)
    options = asked.parse_args()
    stop = None
    if not options.database:
        options.database, stop = _throw_away()
    os.environ |= {
        "RIGHTPLACE_DATABASE": options.database,
        "RIGHTPLACE_HTTP": "plain",
        "RIGHTPLACE_MFA": "choice",
        "RIGHTPLACE_SECRET_KEY": "for this load test only, and for nothing else",
        "DJANGO_SETTINGS_MODULE": "rightplace.web.settings",
    }
    try:
        events = _make(options.cases, options.people)
        print(
            f"{options.cases:,} cases, {events:,} events, {options.people} people at once, {os.cpu_count()} processors"
        )
        _measured(options.people, options.asks)
    finally:
        if stop:
            subprocess.run(stop, check=False)


def _throw_away() -> tuple[str, list[str]]:
    script = str(Path(__file__).parents[1] / "tools" / "start_postgresql.sh")
    said = subprocess.run(["sh", script], check=True, capture_output=True, text=True).stdout
    found = dict(re.findall(r"^export (\w+)=(.*)$", said, re.MULTILINE))
    return found["RIGHTPLACE_TEST_DATABASE"], ["sh", script, "stop", found["POSTGRESQL_FOLDER"]]


def _make(cases: int, people: int) -> int:
    """Officers, people, cases and their events, in bulk; an empty database is needed."""
    from rightplace.web import service

    service.start(None, migrate=True)
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from rightplace.web.accounts.models import Organisation, User
    from rightplace.web.cases.models import Case, Person

    if Case.objects.exists():
        raise SystemExit("The database holds cases already: give an empty one.")
    hashed = make_password(PASSWORD)
    User.objects.bulk_create(
        User(username=f"officer{n}", name=f"Officer {n}", role="case_officer", password=hashed)
        for n in range(max(OFFICERS, people))
    )
    officers = list(User.objects.order_by("pk"))
    settings = [Organisation(kind="setting", code=f"9{n:05}", name=f"School {n}") for n in range(200)]
    Organisation.objects.bulk_create(settings)
    events = 0
    for start in range(0, cases, 1000):
        numbers = range(start, min(start + 1000, cases))
        born = [Person(surname=_name(n), forename=_name(n * 7 + 3), born=_born(n)) for n in numbers]
        Person.objects.bulk_create(born)
        rows = [
            Case(
                reference=f"R{n + 1:06}",
                person=one,
                officer=officers[n % OFFICERS],
                setting=settings[n % len(settings)],
            )
            for n, one in zip(numbers, born, strict=True)
        ]
        Case.objects.bulk_create(rows)
        events += _lived(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return events


def _lived(cases: list[Any]) -> int:
    """Events of cases, and the columns and open deadlines that follow from them."""
    from rightplace.calendar import clock
    from rightplace.casework.case import view
    from rightplace.web.cases.models import Case, CaseEvent, OpenDeadline
    from rightplace.web.cases.store import fresh
    from rightplace.web.cases.store.read import as_events
    from rightplace.web.cases.store.record import new_row

    rows: list[Any] = []
    open_now: list[Any] = []
    for case in cases:
        last, mine = None, []
        for day, kind, facts in _course(int(case.reference[1:])):
            last = new_row(case, last, kind=kind, day=day, facts=facts, by="Load test", source="Load test")
            mine.append(last)
        events = as_events(mine)
        case.version = len(mine)
        open_now += fresh.put(case, view(events, (), clock.today(), born=case.person.born), events)
        rows += mine
    CaseEvent.objects.bulk_create(rows, batch_size=2000)
    Case.objects.bulk_update(cases, fresh.COLUMNS, batch_size=500)
    OpenDeadline.objects.bulk_create(open_now, batch_size=2000)
    return len(rows)


def _course(number: int) -> list[tuple[date, str, dict[str, Any]]]:
    """A request some time in the last years, a plan, and a review each year until now, or until it would be in the future."""
    from rightplace.calendar import clock
    from rightplace.vocabulary.codes import ReviewOutcome

    today = clock.today()
    first = max(today - timedelta(days=(number * 379) % (SPREAD_YEARS * 365)), date(2014, 9, 1))
    steps = [*_COURSE]
    for year in range(SPREAD_YEARS):
        steps += [(133 + year * 365 + day - 30, kind, facts) for day, kind, facts in _REVIEWS]
    lived = [
        (first + timedelta(days=day), kind, {"outcome": ReviewOutcome.MAINTAIN.value} if facts else {})
        for day, kind, facts in steps
    ]
    return [step for step in lived if step[0] <= today]


def _born(number: int) -> date:
    from rightplace.calendar import clock

    return clock.today() - timedelta(days=365 * 6 + number * 131 % (365 * 15))


def _name(number: int) -> str:
    """A made-up name: many begin alike, as names do."""
    parts = ("ma", "be", "lo", "ti", "ra", "no", "ke", "su", "da", "vi")
    return "".join(parts[int(digit)] for digit in f"{number % 9973:04}").capitalize()


def _measured(people: int, asks: int) -> None:
    from rightplace.web.server import free_address

    host, port = free_address(0)
    command = [
        "gunicorn",
        "rightplace.web.wsgi:application",
        "--workers",
        "4",
        "--threads",
        "4",
        "--bind",
        f"{host}:{port}",
    ]
    served = subprocess.Popen([sys.executable, "-m", *command, "--log-level", "error"])
    try:
        _wait(host, port)
        with ThreadPoolExecutor(people) as pool:
            told = list(pool.map(lambda n: _person(host, port, n, asks), range(people)))
    finally:
        served.terminate()
        served.wait()
    for page in ("work list", "case page", "search"):
        times = sorted(taken for one in told for name, taken in one if name == page)
        at = times[min(len(times) - 1, int(0.95 * len(times)))]
        middle = times[len(times) // 2]
        verdict = "within" if at <= TARGET_MS else "OVER"
        print(f"{page:10} {len(times):5} asks   middle {middle:6.0f} ms   95th {at:6.0f} ms   {verdict} {TARGET_MS} ms")


def _wait(host: str, port: int) -> None:
    for _ in range(200):
        try:
            if _ask(HTTPConnection(host, port, timeout=5), "/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The service did not start.")


def _person(host: str, port: int, number: int, asks: int) -> list[tuple[str, float]]:
    """One person: sign in, then ask for the three pages in turn. The time of each, in milliseconds."""
    link = HTTPConnection(host, port, timeout=60)
    status, text, cookies = _ask(link, "/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert status == 200, "There is no sign-in page."
    assert token is not None, "The sign-in page has changed."
    form = {"login": f"officer{number}", "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    status, _, more = _ask(link, "/accounts/login/", form=form, cookies=cookies)
    assert status == 302, "Could not sign in."
    cookies |= more
    _, text, _ = _ask(link, "/today/?show=later", cookies=cookies)
    held = re.findall(r"/cases/(R\d+)/", text) or ["R000001"]
    told = []
    for turn in range(asks):
        word = _name(number * 31 + turn)[:3]
        for page, address in (
            ("work list", "/today/"),
            ("case page", f"/cases/{held[turn % len(held)]}/"),
            ("search", f"/cases/?words={word}"),
        ):
            before = time.perf_counter()
            status, _, _ = _ask(link, address, cookies=cookies)
            assert status == 200, (address, status)
            told.append((page, 1000 * (time.perf_counter() - before)))
    return told


def _ask(
    link: HTTPConnection, address: str, *, form: dict[str, str] | None = None, cookies: dict[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    if form is None:
        link.request("GET", address, headers=heads)
    else:
        heads["Content-Type"] = "application/x-www-form-urlencoded"
        link.request("POST", address, urlencode(form), heads)
    answer = link.getresponse()
    text = answer.read().decode("utf-8", "replace")
    given = [one.split(";")[0].partition("=") for one in answer.headers.get_all("Set-Cookie") or ()]
    return answer.status, text, {name: value for name, _, value in given}


if __name__ == "__main__":
    main()
