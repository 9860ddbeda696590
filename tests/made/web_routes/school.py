"""Who may open the pages of schools."""

from __future__ import annotations

from typing import Any

SETTINGS = {"school", "trust"}
ROUTES = {
    "school": SETTINGS,
    "school_answer": SETTINGS,
    "school_draft": SETTINGS,
    "school_advice": SETTINGS,
    "school_done": SETTINGS,
    "school_review": SETTINGS,
    "provision_log": SETTINGS,
}
OTHERS: set[str] = set()
ADDRESS = {"school_done": {"kind": "review_invited"}, "provision_log": {"entry": 901}}


def prepare(area: Any) -> None:
    """A plan with an entry of Section F in each case, and a consultation of the setting where the person is."""
    from datetime import timedelta

    from rightplace.calendar import clock
    from rightplace.web.cases.models import OpenDeadline
    from rightplace.web.plans.models import PlanVersion

    today = clock.today()
    content = [{"section": "F", "number": 901, "values": {"text": "Speech therapy."}, "ties": []}]
    for case in (area.one, area.other):
        PlanVersion.objects.create(
            case=case, number=900, kind="final_plan_issued", day=today, event=4, content=content, seal="x",
            recorded_by="Case Officer", recorded_at=clock.now(),
        )  # fmt: skip
        OpenDeadline.objects.create(
            case=case, rule="setting_consult", about=case.setting.name, owner="setting", duty=False, started=today,
            due=today + timedelta(days=15),
        )  # fmt: skip
