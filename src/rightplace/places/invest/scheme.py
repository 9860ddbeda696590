"""A scheme: new places of one kind at one place, that could be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace import parameters
from rightplace.errors import UserError

BASE: Final = "base"
SPECIAL: Final = "special"
COLLEGE: Final = "college"
ALTERNATIVE: Final = "alternative"
LEVELS: Final = (BASE, SPECIAL, COLLEGE, ALTERNATIVE)
"""Levels of provision: a base in a mainstream school, a special school, a specialist college, alternative provision."""

KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "sen_unit": ("SEN unit in a mainstream school", (BASE,)),
    "resourced_provision": ("Resourced provision in a mainstream school", (BASE,)),
    "special_expansion": ("More places at a special school", (SPECIAL, BASE)),
    "special_satellite": ("Satellite of a special school at a mainstream school", (SPECIAL, BASE)),
    "new_special_school": ("New special school", (SPECIAL, BASE)),
    "college_places": ("Specialist places in a college", (COLLEGE,)),
    "contracted_independent": ("Contracted places in independent special schools", (SPECIAL, BASE)),
    "alternative_provision": ("Places in alternative provision", (ALTERNATIVE,)),
}
"""Kind of scheme to its name and the levels of provision it can give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """New places that could be made: where, for whom, how many, what they cost and how long they take.

    ``needs`` empty is all needs. Year groups are inclusive. Money is in pounds: ``capital_gbp`` once, ``capital_per_place_gbp``
    for each place, ``place_gbp`` for each open place a year whether used or not, ``child_gbp`` for each child a year.
    ``earliest`` is the first September it can open. Places open in equal parts over ``phase_in_years``.
    """

    scheme: str
    name: str
    kind: str
    setting_id: str | None
    easting: float
    northing: float
    needs: tuple[str, ...]
    low_year_group: int
    high_year_group: int
    least_places: int
    most_places: int
    capital_gbp: float
    capital_per_place_gbp: float
    place_gbp: float
    child_gbp: float
    earliest: int
    phase_in_years: int
    staff_per_place: float

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UserError(
                f"There is no kind of scheme called {self.kind!r}.",
                where=self.scheme,
                action=f"Use one of {', '.join(KINDS)}.",
            )
        if not 0 < self.least_places <= self.most_places or self.phase_in_years < 1:
            raise UserError(
                f"The scheme has from {self.least_places} to {self.most_places} places.",
                where=self.scheme, action="Give at least one place, and no fewer at most than at least.",
            )  # fmt: skip
        if min(self.capital_gbp, self.capital_per_place_gbp, self.place_gbp, self.child_gbp) < 0:
            raise UserError("A cost is below 0.", where=self.scheme, action="Give costs of 0 or more.")

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels of provision it can give."""
        return KINDS[self.kind][1]

    def capital(self, places: int) -> float:
        """Capital for this many places, pounds."""
        return self.capital_gbp + self.capital_per_place_gbp * places

    def sizes(self) -> tuple[int, ...]:
        """The sizes that are weighed up: the least, the most and half way."""
        return tuple(sorted({self.least_places, (self.least_places + self.most_places) // 2, self.most_places}))


def usual(kind: str, on: date) -> dict[str, float]:
    """The usual costs, sizes and times of a kind of scheme (:mod:`rightplace.parameters`, making new places)."""
    names = ("capital_per_place_gbp", "lead_years", "least_places", "most_places", "place_gbp", "child_gbp")
    every = (*names, "staff_per_place", "phase_in_years")
    return {name: float(parameters.load(f"{kind}_{name}").at(on).value or 0) for name in every}
