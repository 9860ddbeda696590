"""Who may open the pages of plans."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
READERS = OFFICERS | {"parent", "young_person", "school", "trust", "panel"}
ROUTES = {
    "plan": OFFICERS,
    "plan_add": OFFICERS,
    "plan_part": OFFICERS,
    "plan_issue": OFFICERS,
    "plan_version": READERS,
    "plan_changes": READERS,
}
OTHERS = OFFICERS
ADDRESS = {
    "plan_add": {"letter": "F"},
    "plan_part": {"number": 1},
    "plan_issue": {"kind": "amended_plan_issued"},
    "plan_version": {"number": 1},
}


def prepare(area: Any) -> None:
    """An entry and a version in each case."""
    from rightplace.calendar import clock
    from rightplace.web.plans import save
    from rightplace.web.plans.models import PlanVersion
    from rightplace.web.plans.written import seal_of, to_json

    for case in (area.one, area.other):
        save.add_part(case, "B", {"text": "Finds long sentences hard to follow."}, by=area.people["case_officer"])
        entries = save.in_hand(case)
        PlanVersion.objects.create(
            case=case, number=1, kind="final_plan_issued", day=clock.today(), event=4, content=to_json(entries),
            seal=seal_of(entries), recorded_by="Case Officer", recorded_at=clock.now(),
        )  # fmt: skip
