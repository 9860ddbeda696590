"""Which cases a person may see: one query for lists, and the same question asked of one case."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from rightplace.calendar import clock
from rightplace.web.cases.models import Case, Link
from rightplace.web.policy.role import ADVISERS, OFFICERS, Role


def cases(user: Any) -> QuerySet[Case]:
    """The cases whose record a person may see. An auditor reads the log and an administrator keeps accounts: no cases."""
    role = user.role
    if sees_every_case(user):
        return Case.objects.all()
    if role == Role.SCHOOL:
        return Case.objects.filter(_at(user.organisation_id))
    if role == Role.TRUST:
        return Case.objects.filter(setting__trust_id=user.organisation_id, setting__trust__isnull=False)
    kinds = {Role.PARENT: Link.Kind.PARENT, Role.YOUNG_PERSON: Link.Kind.YOUNG_PERSON, Role.PANEL: Link.Kind.PANEL}
    kind = Link.Kind.ADVISER if role in ADVISERS else kinds.get(role)
    if kind is None:
        return Case.objects.none()
    return Case.objects.filter(pk__in=_linked(user, kind))


def sees_every_case(user: Any) -> bool:
    """Whether a person may see the record of every case, so that a list of theirs need not ask which."""
    return user.role in OFFICERS


def sees(user: Any, case: Case | None) -> str:
    """Why a person may not see the record of a case; "" when they may. None is a case that does not exist."""
    if sees_every_case(user) or (case is not None and cases(user).filter(pk=case.pk).exists()):
        return ""
    return _WHY.get(user.role, "This record is not one that you work with.")


_WHY = {
    Role.PARENT: "This record is not of your child, or the rights have passed to the young person.",
    Role.YOUNG_PERSON: "This record is not yours.",
    Role.SCHOOL: "This child or young person is not at your school or college.",
    Role.TRUST: "This child or young person is not at one of your trust's schools.",
    Role.PANEL: "This record is not on the agenda of your panel.",
}


def _linked(user: Any, kind: str) -> QuerySet[Any]:
    today = clock.today()
    links = Link.objects.filter(user=user, kind=kind, since__lte=today)
    links = links.filter(Q(until__isnull=True) | Q(until__gte=today))
    if kind == Link.Kind.PARENT:
        rights = Q(case__parent_until__isnull=True) | Q(case__parent_until__gte=today)
        links = links.filter(rights | Q(kept=True))
    return links.values("case")


def _at(organisation: int | None) -> Q:
    if organisation is None:
        return Q(pk__in=())
    return Q(setting_id=organisation)
