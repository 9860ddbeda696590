"""How often the time limits of assessments were met, counted as DfE's SEN2 statistics count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from rightplace.casework.deadlines import Deadline

_YEAR: Final = timedelta(weeks=52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """So many in time of so many counted."""

    in_time: int
    counted: int

    @property
    def share(self) -> float | None:
        """Share in time, 0 to 1; None when nothing was counted."""
        return self.in_time / self.counted if self.counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """The measures of a set of cases.

    ``decided_in_6_weeks``: of requests decided. ``refused_in_16_weeks``: of decisions that there will be no plan.
    ``issued_in_20_weeks``: of all new plans; ``issued_in_20_weeks_without_exceptions``: of new plans on whose limit no
    exemption is recorded, which is the figure DfE leads with. ``issued_after_52_weeks``: new plans that took longer
    (here ``in_time`` counts those plans).

    Source: DfE, Education, health and care plans, data guidance to "Timeliness - education, health and care plans issued
    within the statutory 20 week timeframe".
    """

    decided_in_6_weeks: Measure
    refused_in_16_weeks: Measure
    issued_in_20_weeks: Measure
    issued_in_20_weeks_without_exceptions: Measure
    issued_after_52_weeks: Measure


def timeliness(cases: Iterable[Sequence[Deadline]], *, year: int | None = None) -> Timeliness:
    """The measures over cases, each given as its deadlines; only what was done in a calendar year when one is given."""
    done = [
        deadline
        for case in cases
        for deadline in case
        if deadline.met is not None and (year is None or deadline.met.year == year)
    ]
    plans = [deadline for deadline in done if deadline.rule.id == "final_plan"]
    slow = sum(1 for deadline in plans if deadline.started and deadline.met and deadline.met - deadline.started > _YEAR)
    return Timeliness(
        decided_in_6_weeks=_measure([deadline for deadline in done if deadline.rule.id == "assess_decision"]),
        refused_in_16_weeks=_measure([deadline for deadline in done if deadline.rule.id == "no_plan_decision"]),
        issued_in_20_weeks=_measure(plans),
        issued_in_20_weeks_without_exceptions=_measure([deadline for deadline in plans if not deadline.excuses]),
        issued_after_52_weeks=Measure(in_time=slow, counted=len(plans)),
    )


def _measure(done: Sequence[Deadline]) -> Measure:
    in_time = sum(1 for deadline in done if deadline.due and deadline.met and deadline.met <= deadline.due)
    return Measure(in_time=in_time, counted=len(done))
