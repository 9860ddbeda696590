"""A service that can be made to fail in the middle of a request, its database, and what is in it afterwards.

Run, it makes tables, people and cases, and prints what they are as JSON. As a WSGI module it is the service itself, which does
as the header of a request tells: ``X-Die`` holds a piece of a statement, after which the process is killed, or "response", to
be killed when everything is done but the answer is not sent; ``X-Full`` lets an SQLite file grow no more. ``/state`` tells, as
JSON, what is there.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.web.settings")
CASES = 8


def prepare() -> dict[str, Any]:
    """Tables, the made-up area, cases with a plan, and the session of an officer."""
    from rightplace.web import service

    service.start(None, migrate=True)
    people = runpy.run_path(str(Path(__file__).with_name("web_people.py")))
    area = people["area"]()
    officer = area.people["case_officer"]
    more = [people["make_case"](officer, *people["PLAN"], forename=f"Child{n}", officer=officer) for n in range(CASES)]
    client = people["signed_in"](officer)
    return {
        "references": [case.reference for case in more],
        "session": client.cookies["sessionid"].value,
        "manager": area.people["team_manager"].pk,
    }


def state() -> dict[str, Any]:
    """Kinds of events of each case, how often it was handed over and looked at, and what is broken in the log."""
    from django.db.models import Count

    from rightplace.web.audit.models import Entry
    from rightplace.web.audit.verify import verify
    from rightplace.web.cases.models import Case

    return {
        "events": {case.reference: [row.kind for row in case.events.order_by("number")] for case in Case.objects.all()},
        "versions": {case.reference: case.version for case in Case.objects.all()},
        "handovers": {case.reference: case.handovers.count() for case in Case.objects.all()},
        "looks": dict(Entry.objects.filter(action="read").values_list("case").annotate(Count("pk")).order_by()),
        "broken": verify().broken,
    }


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The service, failing as the request asks; ``/state`` is not the service's own."""
    from django.db import close_old_connections, connection

    if environ["PATH_INFO"] == "/state":
        close_old_connections()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(state()).encode()]
    dies, full = environ.get("HTTP_X_DIE", ""), bool(environ.get("HTTP_X_FULL"))

    def fail(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if full:
            _as_many_pages_as_now(connection.connection)
        done = execute(sql, params, many, context)
        if dies and dies in sql:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    with connection.execute_wrapper(fail):
        answer = service(environ, start_response)
    if dies == "response":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


def _as_many_pages_as_now(database: Any) -> None:
    most = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {most}")


if __name__ != "__main__":
    from rightplace.web.wsgi import application as service
else:
    print(json.dumps(prepare()))
