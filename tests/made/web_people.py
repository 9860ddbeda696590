"""People of every role and two small cases of a made-up area, for the tests of the service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from rightplace.casework.events import EVENTS
from rightplace.web.accounts.models import Organisation, User
from rightplace.web.cases.models import Case, Link, Person
from rightplace.web.cases.store.open_case import open_case
from rightplace.web.cases.store.record import record
from rightplace.web.policy.role import Role

PASSWORD = "correct horse battery staple"


def day(text: str) -> date:
    """A date from text."""
    return date.fromisoformat(text)


def person(role: str, organisation: Any = None, *, name: str = "") -> User:
    """An account of a role."""
    username = name or role
    return User.objects.create(
        username=username, name=username.replace("_", " ").title(), role=role, organisation=organisation,
        password=make_password(PASSWORD),
    )  # fmt: skip


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_case(by: Any, *steps: Any, forename: str = "Ada", born: str = "2014-05-02", **facts: Any) -> Case:
    """A case with its events, each (day, kind) or (day, kind, facts), recorded as an officer would."""
    child = Person.objects.create(forename=forename, surname="Marsh", born=day(born), postcode="ZZ1 1AA")
    first, *rest = [EVENTS[step[1]](day=day(step[0]), **(step[2] if len(step) > 2 else {})) for step in steps]
    case = open_case(child, first, by=by, **facts)
    for event in rest:
        case.refresh_from_db()
        record(case, event, by=by, version=case.version)
    case.refresh_from_db()
    return case


PLAN = (
    ("2025-01-06", "request_received"),
    ("2025-02-10", "assessment_agreed"),
    ("2025-04-14", "draft_plan_sent"),
    ("2025-05-19", "final_plan_issued"),
)


def area() -> SimpleNamespace:
    """A person of each role; ``one`` is the case they are linked to, ``other`` one that only officers may see."""
    trust = Organisation.objects.create(kind="trust", code="T1", name="Marsh Trust")
    school = Organisation.objects.create(kind="setting", code="900001", name="Marsh School", trust=trust)
    elsewhere = Organisation.objects.create(kind="setting", code="900002", name="Hill School")
    people = {role: person(role) for role in Role.values if role not in ("school", "trust")}
    people["school"] = person("school", school)
    people["trust"] = person("trust", trust)
    officer = people["case_officer"]
    one = make_case(officer, *PLAN, officer=officer, setting=school)
    other = make_case(officer, *PLAN, forename="Ben", officer=officer, setting=elsewhere)
    since = day("2025-01-06")
    for role, kind in (("parent", "parent"), ("young_person", "young_person"), ("panel", "panel")):
        Link.objects.create(case=one, user=people[role], kind=kind, since=since)
    for role in ("psychologist", "health", "social_care", "therapist"):
        Link.objects.create(case=one, user=people[role], kind="adviser", since=since)
    return SimpleNamespace(people=people, one=one, other=other, school=school, trust=trust, elsewhere=elsewhere)


def moment(text: str) -> datetime:
    """A moment from text with its offset."""
    return datetime.fromisoformat(text)


def kept_area(blocker: Any) -> Iterator[SimpleNamespace]:
    """The area made once for a whole file of tests, and taken out again at its end. Tests in it also ask for ``db``."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield area()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
