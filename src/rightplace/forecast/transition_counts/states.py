"""The states of the model as arrays: year group x need x setting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.transition_counts.inputs import JOINER, LEAVER, Inputs
from rightplace.vocabulary.year_group import LAST

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """What can be: arrays have shape (G year groups, N needs, S settings), the first group being ``first``.

    ``listed`` (G, N, S) is true for a valid state; ``reachable`` (S, to S) where a move may go.
    """

    first: int
    needs: tuple[str, ...]
    settings: tuple[str, ...]
    listed: Flags
    reachable: Flags

    @property
    def shape(self) -> tuple[int, int, int]:
        """Year groups, needs, settings."""
        return LAST - self.first + 1, len(self.needs), len(self.settings)

    @property
    def groups(self) -> list[int]:
        """The year groups, in order."""
        return list(range(self.first, LAST + 1))

    def of_need(self, column: str) -> pl.Expr:
        """Place of a need."""
        places = {need: place for place, need in enumerate(self.needs)}
        return pl.col(column).replace_strict(places, return_dtype=pl.Int64)

    def of_setting(self, column: str) -> pl.Expr:
        """Place of a setting."""
        places = {setting: place for place, setting in enumerate(self.settings)}
        return pl.col(column).replace_strict(places, return_dtype=pl.Int64)

    def counted(self, rows: pl.DataFrame, need: str, setting: str, group: str) -> Reals:
        """``people`` of rows, added up by state: (G, N, S)."""
        total = np.zeros(self.shape)
        places = rows.select(
            group=pl.col(group).cast(pl.Int64) - self.first,
            need=self.of_need(need),
            setting=self.of_setting(setting),
        ).to_numpy()
        np.add.at(total, tuple(places.T), rows["people"].to_numpy())
        return total


def of(inputs: Inputs) -> States:
    """The states of the inputs, needs and settings in the order of their names."""
    table = inputs.valid_states
    settings = sorted(table["setting"])
    needs = sorted(table["needs"].explode().unique().drop_nulls())
    rows = inputs.transitions
    seen = [
        rows.filter(~JOINER)["academic-year-1"].min(),
        rows.filter(~LEAVER)["academic-year-2"].min(),
        table["min-academic-year"].min(),
    ]
    first = min(int(low) for low in seen if isinstance(low, int))
    groups = np.arange(first, LAST + 1)
    listed = np.zeros((len(groups), len(needs), len(settings)), dtype=np.bool_)
    reachable = np.zeros((len(settings), len(settings)), dtype=np.bool_)
    for setting, low, high, own, to in table.iter_rows():
        place = settings.index(setting)
        ages = (groups >= low) & (groups <= high)
        listed[:, :, place] = ages[:, None] & np.isin(needs, own)[None, :]
        reachable[place] = np.isin(settings, to)
    return States(first=first, needs=tuple(needs), settings=tuple(settings), listed=listed, reachable=reachable)
