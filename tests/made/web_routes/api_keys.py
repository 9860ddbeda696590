"""Who makes and ends keys for programs. They belong to no case."""

from __future__ import annotations

from typing import Any

ROUTES = {"api_keys": {"administrator"}, "api_key_end": {"administrator"}}
OTHERS = {"administrator"}
ADDRESS = {"api_key_end": {"number": 990001}}


def prepare(area: Any) -> None:
    """A key that can be ended."""
    from rightplace.calendar import clock
    from rightplace.web.api.models import Key

    Key.objects.create(
        pk=990001, user=area.people["school"], name="A program", scope="pupils", secret="0" * 64, mark="0000",
        made_by="Administrator", made_at=clock.now(), until=clock.today(),
    )  # fmt: skip
