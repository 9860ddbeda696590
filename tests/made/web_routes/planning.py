"""Who may open the pages of planning."""

from __future__ import annotations

from typing import Any

EXACT = {"planner", "team_manager"}
READERS = EXACT | {"school", "trust", "panel"}
ROUTES = {
    "planning": READERS,
    "planning_ask": EXACT,
    "planning_ask_enough": EXACT,
    "planning_ask_places": EXACT,
    "planning_ask_invest": EXACT,
    "planning_beside": READERS,
    "planning_nearest": READERS,
    "planning_run": READERS,
    "planning_stop": EXACT,
    "planning_data": READERS,
}
ADDRESS = {"planning_run": {"run": 1}, "planning_stop": {"run": 1}, "planning_data": {"run": 1}}


def prepare(area: Any) -> None:
    """A run that has finished, with its files."""
    from pathlib import Path

    from django.conf import settings

    from rightplace.calendar import clock
    from rightplace.web.planning.models import Run

    run = Run(pk=1, title="Base", asked_by="Planner", asked_at=clock.now(), years=1, futures=100, state="done")
    run.save(force_insert=True)
    folder = Path(settings.MEDIA_ROOT) / "runs" / "1"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("exact", "published"):
        (folder / f"{name}.json").write_text("[]", encoding="utf-8")
        (folder / f"{name}.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
