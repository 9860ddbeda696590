"""Who may look at a transfer pack that came in."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"pack": OFFICERS}
OTHERS = OFFICERS
NUMBERS = ("pack",)


def number(_: Any) -> int:
    """The number of the pack that waits."""
    from rightplace.web.transfer_pack.models import PackIn

    return int(PackIn.objects.get(state="waiting").pk)


def prepare(area: Any) -> None:
    """A pack that waits: that of the first case."""
    from django.core.files.base import ContentFile

    from rightplace.calendar import clock
    from rightplace.web.transfer_pack.models import PackIn
    from rightplace.web.transfer_pack.out import make

    made = make(area.one, by=area.people["case_officer"], documents=False)
    PackIn.objects.create(
        name="Ada Marsh", authority="Elsewhere", file=ContentFile(made, name="pack"), sha256="0" * 64,
        received_by="Case Officer", received_at=clock.now(),
    )  # fmt: skip
