"""The made-up area in the service: its cases, and a person of each role to try it as."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from rightplace.area import store
from rightplace.calendar import clock
from rightplace.example.make import make_example
from rightplace.progress import Progress, silent
from rightplace.returns.sen2.reader import read
from rightplace.web.accounts.models import Organisation, User
from rightplace.web.advice.from_events import take_on
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Link
from rightplace.web.load.example_since import since
from rightplace.web.load.load import Loaded, load_return
from rightplace.web.planning.models import Run
from rightplace.web.policy.role import ADVISERS, Role

PLANS: Final = 500
_NAMES: Final = {
    Role.CASE_OFFICER: "Olu Carter",
    Role.TEAM_MANAGER: "Morag Bell",
    Role.PSYCHOLOGIST: "Priya Shah",
    Role.HEALTH: "Hannah Lewis",
    Role.SOCIAL_CARE: "Sam Okafor",
    Role.THERAPIST: "Tess Moreno",
    Role.SCHOOL: "Sunita Rao",
    Role.TRUST: "Tariq Hughes",
    Role.PANEL: "Pat Novak",
    Role.PLANNER: "Piers Lang",
    Role.PARENT: "Paula Vance",
    Role.YOUNG_PERSON: "Yusuf Dale",
    Role.AUDITOR: "Audrey Finch",
    Role.ADMINISTRATOR: "Ade Morris",
}
"""Made-up people. The first officer of the area; others share the caseload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone to sign in as."""

    role: str
    user: str
    password: str


def load_example(*, plans: int = PLANS, seed: int = 1, progress: Progress = silent) -> Loaded | None:
    """Make the example area and load its return of January 2026; None where the database has cases already."""
    if Case.objects.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        made = make_example(Path(folder) / "example", plans=plans, seed=seed, progress=progress)
        area = store.load(made.folder / "area")
        if "RIGHTPLACE_AREA" not in os.environ:
            store.save(area, settings.AREA)
        ret = read([made.folder / "sen2" / "sen2_2026.xml"])[0]
    loaded = load_return(ret, settings=area["settings"], since=since, progress=progress)
    Run.objects.create(title="As things are going", asked_by="Rightplace", asked_at=clock.now(), years=10, futures=500)
    return loaded


def people() -> list[Account]:
    """A person of each role with a new password, linked to cases so that each has something to see.

    Run again, the same people get new passwords.
    """
    with transaction.atomic():
        made = [_person(role) for role in Role]
        accounts = {account.role: User.objects.get(username=account.user) for account in made}
        _share_cases(accounts)
        for role in (Role.PARENT, Role.YOUNG_PERSON, *sorted(ADVISERS), Role.PANEL):
            _link(role, accounts[role])
        log.add(who="Rightplace", action="accounts", words="Gave each person of the example a new password.")
    return made


def _person(role: Role) -> Account:
    password = secrets.token_urlsafe(12)
    user, _ = User.objects.get_or_create(
        username=role.value, defaults={"name": _NAMES[role], "role": role, "telephone": "01632 960 001"}
    )
    user.set_password(password)
    user.save(update_fields=["password"])
    return Account(role=role.value, user=user.username, password=password)


def _share_cases(accounts: dict[str, Any]) -> None:
    """Every case has an officer; the SENCOs are at the two settings with the most children and young people."""
    officers = [accounts[Role.CASE_OFFICER]]
    for number in (2, 3):
        name = f"officer_{number}"
        officers.append(
            User.objects.get_or_create(
                username=name, defaults={"name": ("Ines Grant", "Leo Hart")[number - 2], "role": Role.CASE_OFFICER}
            )[0]
        )
    for place, officer in enumerate(officers):
        Case.objects.filter(officer__isnull=True, pk__in=_every(len(officers), place)).update(officer=officer)
    busiest = _busiest()
    trust, _ = Organisation.objects.get_or_create(
        code="example-trust", defaults={"kind": Organisation.Kind.TRUST, "name": "Marl Valley Learning Trust"}
    )
    Organisation.objects.filter(pk__in=[held.pk for held in busiest]).update(trust=trust)
    User.objects.filter(pk=accounts[Role.SCHOOL].pk).update(organisation=busiest[0] if busiest else None)
    User.objects.filter(pk=accounts[Role.TRUST].pk).update(organisation=trust)


def _every(count: int, place: int) -> list[int]:
    return list(Case.objects.order_by("pk").values_list("pk", flat=True))[place::count]


def _busiest() -> list[Organisation]:
    from django.db.models import Count

    held = Organisation.objects.filter(kind=Organisation.Kind.SETTING).annotate(number=Count("cases"))
    return list(held.order_by("-number", "pk")[:2])


def _link(role: Role, user: Any) -> None:
    kinds = {Role.PARENT: Link.Kind.PARENT, Role.YOUNG_PERSON: Link.Kind.YOUNG_PERSON, Role.PANEL: Link.Kind.PANEL}
    kind = kinds.get(role, Link.Kind.ADVISER)
    if Link.objects.filter(user=user).exists():
        return
    for case in _cases_for(role):
        Link.objects.create(case=case, user=user, kind=kind, since=clock.today())
        take_on(case, user)


def _cases_for(role: Role) -> Iterator[Case]:
    today = clock.today()
    open_cases = Case.objects.filter(ended=False).select_related("person").order_by("pk")
    if role == Role.YOUNG_PERSON:
        yield from open_cases.filter(parent_until__lt=today, plan_state="in_force")[:1]
    elif role == Role.PARENT:
        children = open_cases.filter(parent_until__gt=today + timedelta(days=365))
        yield from children.filter(plan_state="in_force")[:1]
        yield from children.filter(plan_state="assessing")[:1]
    elif role == Role.PANEL:
        yield from open_cases.filter(plan_state="deciding")[:10]
    else:
        yield from open_cases.filter(plan_state="assessing")[:20]
