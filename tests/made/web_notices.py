"""An area whose people all have e-mail addresses, on Monday 4 May 2026, and what may happen in it that is news."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import time_machine

from rightplace.casework.events import EVENTS
from rightplace.web.cases.models import Case, Link
from rightplace.web.cases.store.record import record
from rightplace.web.messages.send import send

PEOPLE = runpy.run_path(str(Path(__file__).with_name("web_people.py")))
day = PEOPLE["day"]


def area_with_addresses(settings: Any) -> Iterator[Any]:
    """The area of ``web_people.py``, where e-mails are sent; the day lasts until the next value is asked for."""
    settings.MAIL_ON, settings.SITE_ADDRESS = True, "https://plans.marlshire.example"
    with time_machine.travel("2026-05-04T12:00:00+01:00", tick=False):
        made = PEOPLE["area"]()
        for role, user in made.people.items():
            user.email = f"{role}@marlshire.example"
            user.save()
        yield made


def note(area: Any, case: Case, kind: str, on: str = "2026-05-04", **facts: Any) -> None:
    """The manager records an event."""
    case.refresh_from_db()
    record(case, EVENTS[kind](day=day(on), **facts), by=area.people["team_manager"], version=case.version)


def write(
    area: Any, by: str = "case_officer", key: str = "k1", text: str = "Ada saw Dr Pike about her hearing."
) -> None:
    """Somebody sends a message about Ada."""
    send(area.one, text, by=area.people[by], key=key)


def in_assessment(area: Any) -> Case:
    """Another case, of the parent's child Cai, that is being assessed."""
    steps = (("2026-04-01", "request_received"), ("2026-04-20", "assessment_agreed"))
    case = PEOPLE["make_case"](
        area.people["team_manager"], *steps, forename="Cai", officer=area.people["case_officer"], setting=area.school
    )
    Link.objects.create(case=case, user=area.people["parent"], kind="parent", since=day("2026-04-01"))
    return case
