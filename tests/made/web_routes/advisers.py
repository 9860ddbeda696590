"""Who may open the pages of those who give advice. The request itself is made by ``advice.py``."""

from __future__ import annotations

from typing import Any

ROUTES = {"advice_owed": {"psychologist", "health", "social_care", "therapist"}, "advice_give": {"psychologist"}}
OTHERS: set[str] = set()
NUMBERS = ("advice_give",)


def number(case: Any) -> int:
    """The number of the request in a case."""
    return int(case.advice_requests.get().pk)
