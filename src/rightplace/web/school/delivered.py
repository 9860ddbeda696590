"""The log of provision: putting a line in it, and summing it up by term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.design.words import day as in_words
from rightplace.web.plans.written import Written
from rightplace.web.school.models import Delivered
from rightplace.web.school.terms import Term, term_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One entry of the plan in one term: how often it was given and not given, and for how many minutes in all."""

    entry: int
    term: Term
    given: int
    missed: int
    minutes: int


def add(case: Case, entry: Written, *, day: date, given: bool, by: Any, key: str, **more: Any) -> Delivered:
    """Log that provision was given or not. ``more``: ``minutes``, ``who``, ``why_not``. A form sent twice counts once."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Delivered.objects.filter(key=key).first()
        if before is not None:
            return before
        made = Delivered.objects.create(
            case=case, entry=entry.number, promised=entry.said(), day=day, given=given, key=key,
            recorded_by=str(by), recorder=by.pk, recorded_at=clock.now(), **more,
        )  # fmt: skip
        words = f"Logged provision of {in_words(day)}: {'given' if given else 'not given'}."
        log.add(who=by, action="provision_logged", words=words, case=case.reference)
        return made


def by_term(case: Case) -> list[Given]:
    """What was given of each entry in each term, the latest term first. One query."""
    rows = (
        Delivered.objects.filter(case=case)
        .annotate(month=TruncMonth("day"))
        .values("entry", "month")
        .annotate(yes=Count("pk", filter=Q(given=True)), no=Count("pk", filter=Q(given=False)), minutes=Sum("minutes"))
        .order_by("entry", "month")
    )
    found: dict[tuple[Term, int], list[int]] = {}
    for row in rows:
        held = found.setdefault((term_of(row["month"]), row["entry"]), [0, 0, 0])
        for place, count in enumerate((row["yes"], row["no"], row["minutes"] or 0)):
            held[place] += count
    ordered = sorted(found.items(), key=lambda item: (-item[0][0].year, -item[0][0].place, item[0][1]))
    return [
        Given(entry=entry, term=term, given=yes, missed=no, minutes=minutes)
        for (term, entry), (yes, no, minutes) in ordered
    ]
