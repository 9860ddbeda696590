"""The news of a person that they may see, and how it is shown."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.scope import cases, sees_every_case
from rightplace.web.notices.kinds import KINDS
from rightplace.web.notices.models import Notice
from rightplace.web.policy.decide import may

FIRST: Final = 5
_SHOWN: Final = (
    "kind",
    "due",
    "made_at",
    "seen_at",
    "case__reference",
    "case__person__forename",
    "case__person__surname",
)
_NAMELESS: Final = ("consulted",)
"""A setting that is asked about a place sees the name only on the page where it answers."""


def news(user: Any) -> QuerySet[Notice]:
    """The notices of a person about cases that they may still see, the newest first."""
    rows = Notice.objects.filter(user=user, kind__in=KINDS)
    if not sees_every_case(user):
        rows = rows.filter(Q(case__in=cases(user)) | Q(kind__in=_NAMELESS))
    return rows.select_related("case__person").only(*_SHOWN).order_by("-pk")


def line(notice: Notice) -> dict[str, Any]:
    """A notice as a line of a list; whom it is about, where the person may see that."""
    says = notice.says
    return {
        "number": notice.pk,
        "title": says.title,
        "do": says.do,
        "when": says.when(notice.due, clock.today()) if notice.due else "",
        "about": str(notice.case.person) if notice.kind not in _NAMELESS else "",
        "made_at": notice.made_at,
        "new": notice.seen_at is None,
    }


def leads_to(notice: Notice) -> str:
    """The address of the page that a notice is about."""
    says = notice.says
    return reverse(says.page, args=[notice.case.reference]) if says.of_case else reverse(says.page)


def for_every_page(request: HttpRequest) -> dict[str, Any]:
    """``news()`` for the first pages of roles: the newest that were not opened. Asks nothing where it is not called."""
    return {"news": lambda: _unseen(request.user)}


def _unseen(user: Any) -> list[dict[str, Any]]:
    if not user.is_authenticated or not may(user, "notices.see"):
        return []
    return [line(one) for one in news(user).filter(seen_at=None)[:FIRST]]
