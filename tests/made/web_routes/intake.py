"""Who may enter a request, confirm families, see caseloads and hand cases over."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {
    "intake": OFFICERS,
    "claims": OFFICERS,
    "claim": OFFICERS,
    "family_accounts": OFFICERS,
    "caseload": {"team_manager"},
    "hand_over": OFFICERS,
}
OTHERS = OFFICERS
NUMBERS = ("claim",)


def number(case: Any) -> int:
    """The number of its one claim."""
    return int(case.claims.get().pk)


def prepare(area: Any) -> None:
    """A claim on each record."""
    from rightplace.web.intake.claims import claim

    for case in (area.one, area.other):
        claim(case, area.people["parent"], own=False)
