"""Who may open the pages of panels."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"panel": OFFICERS | {"panel"}, "panel_set": OFFICERS, "panel_meeting": OFFICERS | {"panel"}}
OTHERS = OFFICERS
NUMBERS = ("panel_meeting",)


def prepare(area: Any) -> None:
    """A meeting with one case and the panel member, and one with the other case and nobody."""
    from rightplace.calendar import clock
    from rightplace.web.panel import save

    for case, members in ((area.one, [area.people["panel"]]), (area.other, [])):
        meeting = save.set_meeting(f"Panel {case}", clock.today(), members, key=str(case))
        save.put_on(meeting, case, "plan", "", by=area.people["case_officer"])


def number(case: Any) -> int:
    """The number of the meeting that hears a case."""
    return int(case.panel_items.get().meeting_id)
