"""Who has news, and that nobody opens another's: the notice of each case is for the parent, who may see one of the two."""

from __future__ import annotations

from typing import Any

TOLD = {
    "case_officer",
    "team_manager",
    "psychologist",
    "health",
    "social_care",
    "therapist",
    "school",
    "trust",
    "parent",
    "young_person",
}
ROUTES = {"notices": TOLD, "notices_how": TOLD, "notice": {"parent"}}
OTHERS: set[str] = set()
NUMBERS = ("notice",)


def number(case: Any) -> int:
    """The number of the notice of a case."""
    return int(case.notices.get(key=f"k {case.reference}").pk)


def prepare(area: Any) -> None:
    """A notice of each case for the parent."""
    from rightplace.calendar import clock
    from rightplace.web.notices.models import Notice

    for case in (area.one, area.other):
        Notice.objects.create(
            case=case, user=area.people["parent"], kind="message", key=f"k {case.reference}", made_at=clock.now()
        )
