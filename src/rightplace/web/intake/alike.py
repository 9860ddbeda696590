"""Whether we know somebody already: people alike to the one a form names."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from rightplace.web.cases.models import Case


def alike(*, forename: str, surname: str, born: date | None, upn: str, besides: Case | None = None) -> list[Case]:
    """Cases of people with the same pupil number, or born the same day with the same last or first name.

    ``besides`` is a case to leave out: that of the person themselves.
    """
    same = Q(pk__in=())
    if born:
        same = Q(person__born=born) & (Q(person__surname__iexact=surname) | Q(person__forename__iexact=forename))
    if upn:
        same |= Q(person__upn=upn)
    rows = Case.objects.select_related("person", "officer").filter(same)
    return list((rows.exclude(pk=besides.pk) if besides else rows).order_by("pk")[:10])
