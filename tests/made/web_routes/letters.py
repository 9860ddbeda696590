"""Who may write and read letters."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"letters": OFFICERS, "letter_write": OFFICERS, "letter": OFFICERS | {"parent", "young_person"}}
OTHERS = OFFICERS
NUMBERS = ("letter",)


def prepare(area: Any) -> None:
    """A letter in each case."""
    from rightplace.calendar import clock
    from rightplace.web.letters.models import Letter

    for case in (area.one, area.other):
        Letter.objects.create(
            case=case, kind="final_plan_issued", event=4, day=clock.today(), title="The plan", to="Jo", body="Text",
            signed="Case Officer", verified=False, recorded_by="Case Officer", recorded_at=clock.now(),
        )  # fmt: skip


def number(case: Any) -> int:
    """The number of the letter of a case."""
    return int(case.letters.get().pk)
