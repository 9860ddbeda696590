"""What the published route needs of England: every authority's counts, or the reference that comes with Rightplace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import polars as pl

from rightplace.errors import DataError, UserError
from rightplace.forecast.published import composition, composition_fit, growth, likeness, panel, pattern, reference
from rightplace.forecast.published.composition_fit import Composition
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
    """What is known of England: growth of totals and pattern of plans, and where each is from, in words.

    ``settings`` and ``ages`` are how shares of settings and age bands are foretold; None where too few are published.
    """

    growth: Growth
    pattern: Pattern
    growth_source: str
    pattern_source: str
    settings: Composition | None = None
    ages: Composition | None = None


def from_reference() -> Grounds:
    """The reference that comes with Rightplace: DfE's statistics to January 2025."""
    return Grounds(
        growth=reference.GROWTH,
        pattern=reference.pattern(),
        growth_source=reference.SOURCE,
        pattern_source=reference.SOURCE,
        settings=reference.composition("setting"),
        ages=reference.composition("age_band"),
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
    shape, source = pattern_of(national.history, plans.years[-1], held)
    grounds = Grounds(
        growth=growth.fit(plans),
        pattern=shape,
        growth_source=held,
        pattern_source=source,
        settings=_composition(national.history, "setting"),
        ages=_composition(national.history, "age_band"),
    )
    return grounds, plans


def pattern_of(history: pl.DataFrame, january: int, held: str) -> tuple[Pattern, str]:
    """The pattern of the January itself, as far as it is published: nothing later is borrowed while its margins are known."""
    try:
        return pattern.build(pattern.complete(history, january), january), held
    except DataError:
        pass
    try:
        known = likeness.build(likeness.england_of(history), january)
    except DataError:
        return reference.pattern(), f"borrowed from January {reference.YEAR}: {reference.SOURCE}"
    return known, f"{held}; settings by age as settings are meant, needs not told apart: neither is published for it"


def _composition(history: pl.DataFrame, dimension: str) -> Composition | None:
    shares = composition.read(history, dimension)
    return None if shares is None else composition_fit.fit(shares)
