"""Whom a case has to tell: its family, its officer, its school."""

from __future__ import annotations

from typing import Any

from rightplace.web.accounts.models import User
from rightplace.web.cases.models import Case, Link
from rightplace.web.cases.scope import sees
from rightplace.web.policy.role import FAMILY, Role


def family(case: Case) -> list[User]:
    """The parents, carers or young person who may see the record now: never one whose rights have passed."""
    kinds = (Link.Kind.PARENT, Link.Kind.YOUNG_PERSON)
    people = User.objects.filter(links__case=case, links__kind__in=kinds, role__in=FAMILY, is_active=True).distinct()
    return [user for user in people if not sees(user, case)]


def officers(case: Case) -> list[User]:
    """The officer of a case; where nobody has it, the team managers."""
    if case.officer_id is not None and case.officer.is_active:
        return [case.officer]
    return list(User.objects.filter(role=Role.TEAM_MANAGER, is_active=True))


def school(case: Case) -> list[User]:
    """The SENCOs of the setting where the person is."""
    return people_of(case.setting_id)


def people_of(organisation: int | None) -> list[Any]:
    """The SENCOs of a setting; where it has none with an account, those of its trust."""
    if organisation is None:
        return []
    people = User.objects.filter(is_active=True)
    own = people.filter(role=Role.SCHOOL, organisation_id=organisation)
    return list(own) or list(people.filter(role=Role.TRUST, organisation__settings=organisation))
