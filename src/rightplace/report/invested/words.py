"""What the parts of the paper share: the source, shares and millions of pounds."""

from __future__ import annotations

from typing import Final

from rightplace.report.model import Share

SOURCE: Final = "Rightplace investment plan from the area record and its simulated futures"
MILLION: Final = 1e6


def share(value: float | None) -> Share:
    """A share of futures in whole per cent."""
    return Share(percent=None, text="x") if value is None else Share(percent=round(100 * value), text=f"{value:.0%}")


def millions(value: float) -> str:
    """Pounds in millions."""
    return f"£{value / MILLION:,.1f} million"
