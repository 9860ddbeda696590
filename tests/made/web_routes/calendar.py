"""Who may have a calendar feed; the feed itself opens for whoever has its secret."""

from __future__ import annotations

from typing import Any

ROUTES = {
    "calendar": {"case_officer", "team_manager", "psychologist", "health", "social_care", "therapist"},
    "calendar_feed": "public",
}
ADDRESS = {"calendar_feed": {"secret": "a-secret-for-the-tests"}}


def prepare(area: Any) -> None:
    """A feed of the case officer."""
    from rightplace.calendar import clock
    from rightplace.web.calendar_feed.models import Feed, hashed

    Feed.objects.create(user=area.people["case_officer"], secret=hashed("a-secret-for-the-tests"), made_at=clock.now())
