"""How good an answer is known to be: the answer's cost, a bound no answer can beat, and the gap between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CLOSED: Final = 1e-6
"""A relative gap below which an answer is called optimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """``incumbent``: cost of the best answer found. ``bound``: a cost that no answer goes below. ``nodes``: cases looked at.

    Both numbers come from :mod:`rightplace.places.siting.evaluate` (the answer itself costed; the dual prices costed), never
    from a solver's own report. Costs are minimised.
    """

    incumbent: float
    bound: float
    nodes: int = 1

    @property
    def gap(self) -> float:
        """How far the answer could be from the best, as a share of its cost; infinite where there is no answer."""
        if self.incumbent == float("inf"):
            return float("inf")
        return max(0.0, self.incumbent - self.bound) / max(abs(self.incumbent), 1e-12)

    @property
    def optimal(self) -> bool:
        """Whether the gap is closed, to one part in a million."""
        return self.gap <= CLOSED
