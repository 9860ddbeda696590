"""Which deadlines belong to disagreements: those that mediation, an appeal, an order or giving way starts."""

from __future__ import annotations

from typing import Final

from rightplace.casework import events as ev
from rightplace.casework.deadlines import RULES

_STARTS: Final = (ev.MediationContacted, ev.MediationHeld, ev.AppealLodged, ev.AppealConceded, ev.TribunalOrdered)
DISPUTE: Final = tuple(rule.id for rule in RULES if any(match.event in _STARTS for match in rule.starts))
"""Rules of mediation, and of orders and concessions (regulations 36 to 39, 44 and 45)."""
STEPS: Final = (
    "mediation_contacted", "mediation_held", "certificate_issued", "appeal_lodged", "appeal_conceded", "appeal_withdrawn",
    "tribunal_ordered",
)  # fmt: skip
"""Events of a disagreement."""
