"""What the published route needs of England: every authority's counts, or the reference that comes with Rightplace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import polars as pl

from rightplace.errors import DataError, UserError
from rightplace.forecast.published import growth, panel, pattern, reference
from rightplace.forecast.published.growth import Growth
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.pattern import Pattern


class National(Protocol):
    """Published statistics of every authority: ``history`` and ``population`` are the area's tables with ``la_code``."""

    @property
    def la_codes(self) -> tuple[str, ...]:
        """The authorities in force."""

    @property
    def history(self) -> pl.DataFrame:
        """Yearly counts."""

    @property
    def population(self) -> pl.DataFrame:
        """Residents by age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What is known of England: growth of totals and pattern of plans, and where each is from, in words."""

    growth: Growth
    pattern: Pattern
    growth_source: str
    pattern_source: str


def from_reference() -> Grounds:
    """The reference that comes with Rightplace: DfE's statistics to January 2025."""
    return Grounds(
        growth=reference.GROWTH,
        pattern=reference.pattern(),
        growth_source=reference.SOURCE,
        pattern_source=reference.SOURCE,
    )


def from_national(national: National) -> tuple[Grounds, Panel]:
    """The same from every authority's counts, as far as they go; and their totals.

    Raises ``UserError`` where no authority has plans in two Januaries running.
    """
    plans = panel.from_history(national.history.filter(pl.col("la_code").is_in(list(national.la_codes))))
    if len(plans.years) < 2:
        raise UserError(
            "At least two January counts of plans are needed for a forecast.",
            action="Add the release 'Education, health and care plans' of more years to the statistics folder.",
        )
    held = f"{len(plans.codes)} authorities' counts, January {plans.years[0]} to {plans.years[-1]}"
    try:
        shape = pattern.build(pattern.complete(national.history, plans.years[-1]), plans.years[-1])
        source = held
    except DataError:
        shape, source = reference.pattern(), reference.SOURCE
    fitted = growth.fit(plans)
    return Grounds(growth=fitted, pattern=shape, growth_source=held, pattern_source=source), plans
