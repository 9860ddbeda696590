"""Who may open the pages of exemptions."""

from __future__ import annotations

from datetime import date
from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"exemptions": OFFICERS, "exemption_record": OFFICERS, "exemption_withdraw": OFFICERS}
OTHERS = OFFICERS
ADDRESS = {"exemption_record": {"rule": "final_plan"}}
NUMBERS = ("exemption_withdraw",)


def number(case: Any) -> int:
    """The number of its one exemption."""
    return int(case.exemptions.get().pk)


def prepare(area: Any) -> None:
    """An exemption in each case."""
    from rightplace.casework.exemptions import Exemption, ExemptionGround
    from rightplace.web.exemptions import save

    for case in (area.one, area.other):
        absence = Exemption(
            deadline="final_plan", ground=ExemptionGround.ABSENCE, starts=date(2025, 3, 3), ends=date(2025, 3, 30),
            evidence="Letter", decided_by="Mo Dean",
        )  # fmt: skip
        save.record(case, absence, by=area.people["case_officer"])
