"""Transitions counted by state: who left, stayed, moved where, and joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import DataError
from rightplace.forecast.transition_counts.inputs import JOINER, LEAVER, Inputs
from rightplace.forecast.transition_counts.options import Options
from rightplace.forecast.transition_counts.states import States

Reals = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over K pairs of Januaries, by state (G, N, S) in the first January unless said otherwise.

    ``moved`` counts changes of setting; those who change need alone are in ``stayed``. ``move_from``
    (M, 3) and ``move_to`` (M, 2: need, setting) are places of each kind of move seen, ``move_people`` (M,)
    how many. ``joined`` (K, G, N, S) is by state in the second January; ``residents`` (K, G) are those the
    joiners are taken as a share of, NaN where not known.
    """

    left: Reals
    stayed: Reals
    moved: Reals
    move_from: Places
    move_to: Places
    move_people: Reals
    joined: Reals
    residents: Reals


def tally(inputs: Inputs, states: States, options: Options) -> Tally:
    """Count the transitions. Raises ``DataError`` where joiners are more than residents, or residents are not known."""
    rows = inputs.transitions
    goes_on = rows.filter(~JOINER & ~LEAVER)
    moves = goes_on.filter(pl.col("setting-1") != pl.col("setting-2"))
    places = moves.select(
        group=pl.col("academic-year-1").cast(pl.Int64) - states.first,
        need=states.of_need("need-1"),
        setting=states.of_setting("setting-1"),
        to_need=states.of_need("need-2"),
        to_setting=states.of_setting("setting-2"),
    ).to_numpy()
    origin = ("need-1", "setting-1", "academic-year-1")
    joiners = rows.filter(JOINER)
    joined = np.stack(
        [
            states.counted(
                joiners.filter(pl.col("calendar-year") == year), "need-2", "setting-2", "academic-year-2"
            )
            for year in inputs.history
        ]
    )  # fmt: skip
    later = options.joining_population == "second"
    residents = residents_of(inputs, states, [year + later for year in inputs.history])
    _check(joined.sum(axis=(2, 3)), residents, states)
    return Tally(
        left=states.counted(rows.filter(LEAVER), *origin),
        stayed=states.counted(goes_on.filter(pl.col("setting-1") == pl.col("setting-2")), *origin),
        moved=states.counted(moves, *origin),
        move_from=places[:, :3],
        move_to=places[:, 3:],
        move_people=moves["people"].to_numpy().astype(np.float64),
        joined=joined,
        residents=residents,
    )


def residents_of(inputs: Inputs, states: States, januaries: list[int]) -> Reals:
    """Residents (Januaries, G); NaN where the population does not say."""
    people = np.full((len(januaries), states.shape[0]), np.nan)
    for year, group, residents in inputs.population.iter_rows():
        if year in januaries and group in states.groups:
            people[januaries.index(year), group - states.first] = residents
    return people


def _check(joined: Reals, residents: Reals, states: States) -> None:
    listed = states.listed.any(axis=(1, 2)) | (joined.sum(axis=0) > 0)
    unknown = [str(states.groups[g]) for g in np.flatnonzero(np.isnan(residents).any(axis=0) & listed)]
    if unknown:
        raise DataError(
            f"The population has no residents, in a January of the history, of year group {', '.join(unknown)}.",
            action="Add them to population.csv.",
        )
    over = [str(states.groups[g]) for g in np.flatnonzero((joined > residents).any(axis=0))]
    if over:
        raise DataError(
            f"More join than there are residents of year group {', '.join(over)}.", action="Check population.csv."
        )
