"""Who may open the pages of advice."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {
    "advice": OFFICERS,
    "advice_read": OFFICERS | {"psychologist", "parent", "young_person", "panel"},
    "advice_chase": OFFICERS,
    "advice_received": OFFICERS,
}
OTHERS = OFFICERS
NUMBERS = ("advice_read", "advice_chase", "advice_received")


def prepare(area: Any) -> None:
    """Advice that the psychologist owes in one case, and advice on paper in the other."""
    from rightplace.calendar import clock
    from rightplace.web.advice.models import Request

    for case, user in ((area.one, area.people["psychologist"]), (area.other, None)):
        given = {"given_on": clock.today(), "given_by": "x", "source": "here"}
        Request.objects.create(
            case=case, adviser="psychologist", user=user, asked_of="Somebody", asked_on=clock.today(), event=1, **given
        )


def number(case: Any) -> int:
    """The number of the request in a case."""
    return int(case.advice_requests.get().pk)
