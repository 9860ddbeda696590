"""Who may open the papers of a case on an agenda. The meetings are made by ``panel.py``."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"panel_item": OFFICERS | {"panel"}}
OTHERS = OFFICERS
NUMBERS = ("panel_item",)


def number(case: Any) -> int:
    """The number of the item."""
    return int(case.panel_items.get().pk)
