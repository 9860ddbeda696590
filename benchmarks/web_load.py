"""How fast the service answers many people at once: work list, case page and search, at the 95th percentile.

Makes cases in bulk in an empty PostgreSQL database, starts the service as the documentation tells, and has people sign in and ask for
pages at the same time: first each asks for the next as soon as the last has come, then each reads a page for a second first.

    python benchmarks/web_load.py --database postgresql://USER@127.0.0.1:PORT/NAME [--cases 50000] [--people 20] [--asks 30]

Without --database it starts a throw-away PostgreSQL with tools/start_postgresql.sh. The target is 200 ms with 50,000 cases and 20 people
on a machine that does nothing else. Beside the times it prints the processor time that one page takes, and how busy others kept the
processors meanwhile: where they did, the times are of something else. Give --again to ask once more of a database that it made before.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from made import processor_time
from made.web_cases import OFFICERS, make, name

TARGET_MS = 200
READING = 1.0
"""Seconds between a page and the next, of a quick reader."""
PASSWORD = "a long password for the load test"
PAGES = ("work list", "case page", "search")
SERVICE = "rightplace.web.wsgi:application --workers 5 --preload --timeout 120 --log-level error"

Told = list[tuple[str, float]]
"""Pages, and how long each took, in milliseconds."""
Address = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Somebody who has signed in: where, their cookies, and the cases they hold."""

    number: int
    address: Address
    cookies: dict[str, str]
    held: list[str]


def main() -> None:
    """Make, serve, ask, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--database")
    asked.add_argument("--cases", type=int, default=2000)
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--asks", type=int, default=15)
    asked.add_argument("--again", action="store_true", help="the database holds the cases already")
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
        _made(options.cases, again=options.again)
        with _served() as (service, address), ThreadPoolExecutor(options.people) as pool:
            people = list(pool.map(lambda n: _sign_in(address, n), range(options.people)))
            # The first pages of each process are slower: nobody's are counted.
            list(pool.map(lambda one: _ask_for_pages(one, 4), people))
            print("one person:")
            _measured(service, lambda: [_ask_for_pages(people[0], options.asks)])
            print(f"{options.people} people at once:")
            _measured(service, lambda: list(pool.map(lambda one: _ask_for_pages(one, options.asks), people)))
            print(f"{options.people} people at once who read each page for {READING:g} s:")
            _measured(service, lambda: list(pool.map(lambda one: _ask_for_pages(one, options.asks, READING), people)))
    finally:
        if stop:
            subprocess.run(stop, check=False)


def _throw_away() -> tuple[str, list[str]]:
    script = str(Path(__file__).parents[1] / "tools" / "start_postgresql.sh")
    said = subprocess.run(["sh", script], check=True, capture_output=True, text=True).stdout
    found = dict(re.findall(r"^export (\w+)=(.*)$", said, re.MULTILINE))
    return found["RIGHTPLACE_TEST_DATABASE"], ["sh", script, "stop", found["POSTGRESQL_FOLDER"]]


def _made(cases: int, *, again: bool) -> None:
    """Officers and cases, in an empty database; or, ``again``, those that are there."""
    from rightplace.web import service

    service.start(None, migrate=True)
    from django.contrib.auth.hashers import make_password
    from django.core.cache import cache
    from django.db import connection

    from rightplace.web.accounts.models import User
    from rightplace.web.cases.models import Case, CaseEvent

    before = time.perf_counter()
    cache.clear()
    if not again:
        if Case.objects.exists():
            raise SystemExit("The database holds cases already: give an empty one, or --again.")
        hashed = make_password(PASSWORD)
        User.objects.bulk_create(
            User(username=f"officer{n}", name=f"Officer {n}", role="case_officer", password=hashed)
            for n in range(OFFICERS)
        )
        make(cases)
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(cursor.db.settings_dict['NAME'])} SET random_page_cost = 1.1")  # fmt: skip
    print(
        f"{Case.objects.count():,} cases, {CaseEvent.objects.count():,} events, {os.cpu_count()} processors"
        f" (made in {time.perf_counter() - before:.0f} s)"
    )


@contextmanager
def _served() -> Iterator[tuple[int, Address]]:
    """The service, as a process with its number, and its address."""
    from rightplace.web.server import free_address

    address = free_address(0)
    command = [sys.executable, "-m", "gunicorn", *SERVICE.split(), "--bind", f"{address[0]}:{address[1]}"]
    served = subprocess.Popen([*command, *os.environ.get("GUNICORN_MORE", "").split()])
    try:
        for _ in range(200):
            try:
                if _ask(address, "/health")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        else:
            raise SystemExit("The service did not start.")
        yield served.pid, address
    finally:
        served.terminate()
        served.wait()


def _measured(service: int, ask: Callable[[], list[Told]]) -> None:
    """Ask, and print the times of each page, and the processor time of one page."""
    before, machine, began = _worked(service), processor_time.of_machine(), time.perf_counter()
    told = ask()
    lasted = time.perf_counter() - began
    after = _worked(service)
    ours = [now - then for now, then in zip(after, before, strict=True)]
    count = sum(len(one) for one in told)
    for page in PAGES:
        times = sorted(taken for one in told for what, taken in one if what == page)
        at = times[min(len(times) - 1, int(0.95 * len(times)))]
        verdict = "within" if at <= TARGET_MS else "OVER"
        middle = times[len(times) // 2]
        print(
            f"  {page:10} {len(times):5} asks   middle {middle:6.1f} ms   95th {at:6.1f} ms   {verdict} {TARGET_MS} ms"
        )
    each = [1000 * seconds / count for seconds in ours]
    others = (processor_time.of_machine() - machine - sum(ours)) / lasted
    print(
        f"  {count / lasted:.0f} pages a second; one page takes {sum(each):.1f} ms of a processor: service {each[0]:.1f},"
        f" database {each[1]:.1f}, asking {each[2]:.1f}. Others kept {others:.1f} processors busy."
    )


def _worked(service: int) -> tuple[float, float, float]:
    """Seconds that the service, its database connections, and we have worked until now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        backends = [row[0] for row in cursor.fetchall()]
    return (
        processor_time.of_processes(processor_time.children(service)),
        processor_time.of_processes(backends),
        processor_time.of_processes([os.getpid()]),
    )


def _sign_in(address: Address, number: int) -> Signed:
    status, text, cookies = _ask(address, "/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert status == 200, "There is no sign-in page."
    assert token is not None, "The sign-in page has changed."
    form = {"login": f"officer{number}", "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    status, _, more = _ask(address, "/accounts/login/", form=form, cookies=cookies)
    assert status == 302, "Could not sign in."
    cookies |= more
    _, text, _ = _ask(address, "/today/?show=later", cookies=cookies)
    held = re.findall(r"/cases/(R\d+)/", text)
    assert held, "This person holds no cases."
    return Signed(number=number, address=address, cookies=cookies, held=held)


def _ask_for_pages(who: Signed, asks: int, reading: float = 0.0) -> Told:
    """Ask in turn for each page, so many times. Those who read a page first do not all begin at the same moment."""
    told = []
    time.sleep(reading * (who.number * 0.618 % 1))
    for turn in range(asks):
        word = name(who.number * 31 + turn)[:3]
        for page, page_at in zip(
            PAGES, ("/today/", f"/cases/{who.held[turn % len(who.held)]}/", f"/cases/?words={word}"), strict=True
        ):
            before = time.perf_counter()
            status, _, _ = _ask(who.address, page_at, cookies=who.cookies)
            assert status == 200, (page_at, status)
            told.append((page, 1000 * (time.perf_counter() - before)))
            time.sleep(reading)
    return told


def _ask(
    service: Address, page: str, *, form: dict[str, str] | None = None, cookies: dict[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    """The status, text and cookies of a page, over a connection of its own, as a web server in front asks for it."""
    link = HTTPConnection(*service, timeout=60)
    heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    if form is None:
        link.request("GET", page, headers=heads)
    else:
        heads["Content-Type"] = "application/x-www-form-urlencoded"
        link.request("POST", page, urlencode(form), heads)
    answer = link.getresponse()
    text = answer.read().decode("utf-8", "replace")
    link.close()
    given = [one.split(";")[0].partition("=") for one in answer.headers.get_all("Set-Cookie") or ()]
    return answer.status, text, {name: value for name, _, value in given}


if __name__ == "__main__":
    main()
