"""Who keeps the registers. Each case has one placement in them."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
NAMES = ("registers", "register", "register_file", "registers_case", "register_add", "register_entry")
ROUTES = dict.fromkeys(NAMES, OFFICERS)
OTHERS = OFFICERS
ADDRESS = {name: {"name": "placements"} for name in ("register", "register_file", "register_add", "register_entry")}
NUMBERS = ("register_entry",)


def number(case: Any) -> int:
    """The number of the placement of a case."""
    return int(case.contracts.get().pk)


def prepare(area: Any) -> None:
    """A placement of each case."""
    from rightplace.web.registers.models import Contract

    for case in (area.one, area.other):
        Contract.objects.create(case=case, setting=area.school, kind="special_state", payer="authority")
