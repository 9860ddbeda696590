"""Caseloads in counts, and the duties nearest to being late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from rightplace.casework.states import State
from rightplace.casework.terms import Owner
from rightplace.web.accounts.models import User
from rightplace.web.cases.models import Case, OpenDeadline
from rightplace.web.policy.role import OFFICERS

SOON: Final = timedelta(days=14)
_OURS: Final = (Owner.AUTHORITY.value, Owner.OLD_AUTHORITY.value, Owner.NEW_AUTHORITY.value)

_BEFORE_PLAN: Final = tuple(
    state.value for state in (State.DECIDING, State.MUST_ASSESS, State.ASSESSING, State.MUST_DRAFT, State.DRAFT)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one officer holds: open cases, those without a plan yet, and duties late, due soon and owed by others.

    ``number`` is that of the account, None for cases that nobody holds.
    """

    number: int | None
    name: str
    cases: int
    without_plan: int
    late: int
    soon: int
    others_late: int


def loads(on: date) -> list[Load]:
    """Every officer with what they hold, the most late first. Three queries, whatever the size."""
    held = Case.objects.filter(ended=False).values("officer").order_by()
    cases = held.annotate(n=Count("pk"), new=Count("pk", filter=Q(plan_state__in=_BEFORE_PLAN)))
    ours = Q(owner__in=_OURS)
    duties = duties_open().values("case__officer").order_by()
    counts = duties.annotate(
        late=Count("pk", filter=ours & Q(due__lt=on)),
        soon=Count("pk", filter=ours & Q(due__gte=on, due__lte=on + SOON)),
        others=Count("pk", filter=~ours & Q(due__lt=on)),
    )
    by_officer = {row["officer"]: row for row in cases}
    due = {row["case__officer"]: row for row in counts}
    officers: dict[int | None, str] = {
        user.pk: str(user) for user in User.objects.filter(Q(role__in=sorted(OFFICERS)) | Q(pk__in=by_officer))
    }
    if None in by_officer:
        officers[None] = "Nobody yet"
    found = [_load(number, name, by_officer.get(number), due.get(number)) for number, name in officers.items()]
    return sorted(found, key=lambda one: (-one.late, -one.soon, -one.cases, one.name))


def _load(number: int | None, name: str, cases: Any, due: Any) -> Load:
    cases, due = cases or {}, due or {}
    return Load(
        number=number,
        name=name,
        cases=cases.get("n", 0),
        without_plan=cases.get("new", 0),
        late=due.get("late", 0),
        soon=due.get("soon", 0),
        others_late=due.get("others", 0),
    )


def duties_open() -> QuerySet[OpenDeadline]:
    """Duties that are running or late and not excused, of cases that go on."""
    return OpenDeadline.objects.filter(duty=True, excused=False, due__isnull=False)


def at_risk(officer: str, on: date) -> QuerySet[OpenDeadline]:
    """Our own duties of one officer ("none": of nobody; "": of everyone), the longest late first."""
    rows = duties_open().filter(owner__in=_OURS)
    if officer == "none":
        rows = rows.filter(case__officer__isnull=True)
    elif officer.isdecimal():
        rows = rows.filter(case__officer=int(officer))
    return rows.select_related("case__person", "case__officer").order_by("due", "pk")
