"""Which settings a person signs in for, and which consultations they may answer."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from rightplace.calendar import clock
from rightplace.web.accounts.models import Organisation
from rightplace.web.cases.models import Case, Link, OpenDeadline
from rightplace.web.policy.role import Role


def settings_of(user: Any) -> QuerySet[Organisation]:
    """The settings of a SENCO: their own school, or every school of their trust."""
    held = Organisation.objects.filter(kind=Organisation.Kind.SETTING)
    if user.organisation_id is None:
        return held.none()
    if user.role == Role.TRUST:
        return held.filter(trust_id=user.organisation_id)
    return held.filter(pk=user.organisation_id) if user.role == Role.SCHOOL else held.none()


def consultations(user: Any) -> QuerySet[OpenDeadline]:
    """Consultations that wait for an answer of a person's settings.

    A setting is asked by its name in the event; because two can share a name, it must also be linked to the case as the
    one that was asked, or be where the child or young person is.
    """
    today = clock.today()
    mine = settings_of(user)
    links = Link.objects.filter(kind=Link.Kind.SETTING_ASKED, organisation__in=mine, since__lte=today)
    links = links.filter(Q(until__isnull=True) | Q(until__gte=today))
    linked = links.values("case")
    names = mine.values("name")
    asked = OpenDeadline.objects.filter(rule="setting_consult", about__in=names, case__ended=False)
    there = Q(case__setting__in=mine, about=F("case__setting__name"))
    return asked.filter(Q(case__in=linked) | there)


def consultation(user: Any, case: Case | None) -> OpenDeadline | None:
    """The consultation of a case that this person may answer now."""
    return consultations(user).filter(case=case).order_by("due", "pk").first() if case is not None else None
