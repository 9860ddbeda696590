"""Who may open the pages about the setting that a plan names."""

from __future__ import annotations

from datetime import date
from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = dict.fromkeys(
    ("placement", "placement_consult", "placement_answer", "placement_findings", "placement_decide", "stays", "stay"),
    OFFICERS,
)
OTHERS = OFFICERS
NUMBERS = ("stay",)


def number(case: Any) -> int:
    """The number of its one placement."""
    return int(case.stays.get().pk)


def prepare(area: Any) -> None:
    """A placement in each case, where the person is already."""
    from rightplace.web.placement.stays import begin

    for case in (area.one, area.other):
        given = {"rank": "1", "setting": case.setting_id, "kind": "", "other": "", "entry": date(2024, 9, 3)}
        given |= {"sen_unit": False, "resourced": False, "residential": "", "work_based": "", "key": f"stay-{case.pk}"}
        begin(case, given, by=area.people["case_officer"])
