"""The open deadlines of a person's cases, in the groups in which people work through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from rightplace.casework.terms import Owner
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.policy.role import Role

SOON: Final = timedelta(days=14)
SHOWN: Final = (
    "rule", "about", "owner", "due", "case__reference", "case__stage", "case__person__forename", "case__person__surname",
)  # fmt: skip
_OURS: Final = (Owner.AUTHORITY.value, Owner.OLD_AUTHORITY.value, Owner.NEW_AUTHORITY.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of open deadlines: its name in the address, its words, and how many there are."""

    name: str
    words: str
    count: int


def mine(user: Any) -> QuerySet[OpenDeadline]:
    """Open deadlines of the cases a person holds; of every case for a manager."""
    rows = OpenDeadline.objects.filter(duty=True, excused=False, due__isnull=False)
    return rows if user.role == Role.TEAM_MANAGER else rows.filter(case__officer=user)


def conditions(on: date) -> dict[str, tuple[str, Q]]:
    """The groups: name to words and the condition of a row."""
    ours = Q(owner__in=_OURS)
    return {
        "late": ("Late", ours & Q(due__lt=on)),
        "soon": ("Due in the next two weeks", ours & Q(due__gte=on, due__lte=on + SOON)),
        "waiting": ("Waiting for others", ~ours),
        "later": ("Later", ours & Q(due__gt=on + SOON)),
    }


def groups(rows: QuerySet[OpenDeadline], on: date) -> list[Group]:
    """Each group with its count. One query."""
    asked = conditions(on)
    counts = rows.aggregate(**{name: Count("pk", filter=condition) for name, (_, condition) in asked.items()})
    return [Group(name=name, words=words, count=counts[name]) for name, (words, _) in asked.items()]


def of_group(rows: QuerySet[OpenDeadline], name: str, on: date) -> QuerySet[OpenDeadline, tuple[Any, ...]]:
    """The values ``SHOWN`` of each row of a group, the soonest first."""
    chosen = rows.filter(conditions(on)[name][1])
    return chosen.order_by("due", "case__reference", "pk").values_list(*SHOWN)
