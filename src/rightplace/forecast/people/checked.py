"""Returns and residents that cannot be as they are given: what is done about each, said in the assumptions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.assumption import DATA, Assumption
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.transitions import Transitions
from rightplace.forecast.residents import Residents
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, label

Reals = NDArray[np.float64]

_SUPPOSED: Final = 1000.0
_MANY: Final = 0.2
"""Share of plans in the last January without a need or a setting from which it is said."""


def residents(counted: Tally, parts: list[Residents]) -> tuple[list[Residents], list[Assumption]]:
    """Residents that can be: year groups with none take the mean of those beside them; where plans outnumber residents, none are believed.

    ``parts`` are the residents of the Januaries of evidence first, then others of the same table.
    """
    if not parts[0].known:
        return parts, []
    empty = np.flatnonzero(np.any([(part.people <= 0).any(axis=0) for part in parts], axis=0))
    known = [replace(part, people=_filled(part.people)) for part in parts]
    most = counted.stock.sum(axis=(1, 2)) / (len(counted.years) + 1.0)
    over = np.flatnonzero(most > np.maximum(known[0].people.mean(axis=0), 0.0))
    if len(over) or not all((part.people > 0).all() for part in known):
        basis = "the population is not believed: joiners follow their own counts, not the number of residents"
        flat = [replace(part, people=np.full_like(part.people, _SUPPOSED), known=False, basis=basis) for part in parts]
        return flat, [_row(f"Population not used: more plans than residents in {_groups(over) or 'every year group'}", "a rate above 1 is not possible")]  # fmt: skip
    if not len(empty):
        return known, []
    return known, [
        _row(f"No residents given in {_groups(empty)}: taken to be as in the year groups beside", "population table")
    ]


def returns(transitions: Transitions) -> list[Assumption]:
    """Januaries that are in no pair, codes that were new, and needs and settings that are mostly not recorded."""
    used = {year for first in transitions.years for year in (first, first + 1)}
    januaries = sorted(int(year) for year in transitions.stock["year"].unique())
    out = [
        _row(f"January {year} is beside no other return: {_use(year, transitions)}", "census table")
        for year in januaries
        if year not in used
    ]
    for word, people in transitions.recoded.items():
        out.append(
            Assumption(
                name=f"Plans with the code {word} in the first return that knew it, taken to have been so before", value=float(people),
                unit="plans", source="census table; DfE, SEN2 return, technical specifications", owner=DATA,
            )
        )  # fmt: skip
    last = transitions.stock.filter(pl.col("year") == transitions.seed_year)
    plans = float(last["people"].sum())
    for name, column, word in (("need", "need", str(Need.NOT_RECORDED)), ("setting", "kind", str(SettingKind.NOT_RECORDED))):  # fmt: skip
        unknown = float(last.filter(pl.col(column) == word)["people"].sum()) / max(plans, 1.0)
        if unknown >= _MANY:
            out.append(
                Assumption(
                    name=f"Plans of the last January with no {name} recorded: taken as a {name} of its own", value=unknown,
                    unit="share", source="census table", owner=DATA,
                )
            )  # fmt: skip
    return out


def _use(year: int, transitions: Transitions) -> str:
    if year == transitions.seed_year:
        return f"futures start from it, with rates to January {transitions.years[-1] + 1} and the trend carried forward"
    return "no rate is taken from it"


def _filled(people: Reals) -> Reals:
    out = people.copy()
    for row in out:
        place = np.flatnonzero(row > 0)
        if len(place):
            row[:] = np.interp(np.arange(len(row)), place, row[place])
    return out


def _groups(places: NDArray[np.int64]) -> str:
    return ", ".join(label(int(place) + FIRST) for place in places)


def _row(name: str, source: str) -> Assumption:
    return Assumption(name=name, value=None, unit="", source=source, owner=DATA)
