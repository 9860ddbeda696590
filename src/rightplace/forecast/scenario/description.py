"""A scenario: dated changes to the rates of a forecast, each a range with a reason and a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.errors import DataError
from rightplace.forecast.chosen import Choices, Chosen
from rightplace.forecast.cohort import effects

RATES: Final[dict[str, int]] = {
    "joining": effects.JOINING,
    "leaving": effects.LEAVING,
    "moving": effects.MOVING,
    "need_change": effects.NEED_CHANGE,
}
"""The rates a change may act on, and the engine's number of each."""

OWN: Final = "Scenario"
PROPOSED: Final = "Proposed, not law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One dated change to a rate.

    ``rate`` is joining, leaving, moving or need_change. It acts from ``start`` until the day before ``until`` (None: for good) on
    people of these ``year_groups``, ``needs`` and ``settings`` (empty: all), and for moving on moves to ``to_settings``
    (empty: to any). Year groups are those of the January before, of joiners those of the January they are first counted.

    In each future the rate is multiplied by a number drawn evenly from ``low`` to ``high``: once, or with ``every_year`` again in each year
    until ``until``, where it then stays. ``owner`` says whose it is: :data:`OWN` or :data:`PROPOSED`.
    """

    name: str
    rate: str
    start: date
    until: date | None = None
    year_groups: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    to_settings: tuple[str, ...] = ()
    low: float
    high: float
    every_year: bool = False
    reason: str
    source: str
    owner: str = OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A name, its changes, and the trends it chooses (``assumptions``).

    Where two changes act on one rate of the same people, both multiply it.
    """

    name: str
    changes: tuple[Change, ...]
    assumptions: tuple[Chosen, ...] = ()

    @property
    def choices(self) -> Choices:
        """The trends it chooses, by kind."""
        return Choices(all=self.assumptions)


def mistakes_found(wrong: list[tuple[str, str, str]], file: str) -> DataError:
    """One error for all mistakes, each given as where ("change 3"), what is wrong, and what to do."""
    if len(wrong) == 1:
        place, what, action = wrong[0]
        return DataError(_sentence(what), where=", ".join(part for part in (file, place) if part), action=action)
    told = "; ".join(
        ": ".join(part for part in (place, f"{what} ({action.rstrip('.')})") if part) for place, what, action in wrong
    )
    return DataError(f"The scenario has {len(wrong)} mistakes.", where=file, action=f"Mend: {told}.")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
