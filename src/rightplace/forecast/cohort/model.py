"""What a forecast draws from: evidence on leaving, moving, need changes and joining, as plain arrays.

Named tuples, because compiled code reads them directly. Y is the number of year groups, N of
needs, K of setting kinds. Year groups are those of the January before the change, except that a
joiner's is that of the January when the plan is first counted.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

TIED: Final = 1e6
"""A prior weight from which on a cell is its kind: it is not drawn by itself, and its own evidence counts for nothing."""


class Ladder(NamedTuple):
    """A share that is known by year group, better by year group and kind, best by cell.

    ``year`` (Y, 2) holds Beta parameters. ``kind_yes``, ``kind_no`` (Y, K) and ``cell_yes``,
    ``cell_no`` (Y, N, K) hold evidence in people. ``weights`` (2,) are the prior weights that tie
    a kind to its year group, and a cell to its kind (wholly, from ``TIED`` on).
    """

    year: Reals
    kind_yes: Reals
    kind_no: Reals
    cell_yes: Reals
    cell_no: Reals
    weights: Reals


class Destinations(NamedTuple):
    """Where movers go: Dirichlet parameters by origin (Y, K, to K), and evidence by cell (Y, N, K, to K).

    ``weight`` ties a cell to its kind (wholly, from ``TIED`` on). The kind a mover comes from has parameter nought.
    """

    kind: Reals
    cell: Reals
    weight: float


class NeedChanges(NamedTuple):
    """The share whose recorded need changes, Beta (N, 2), and what it becomes, Dirichlet (N, to N)."""

    change: Reals
    becomes: Reals


class Joining(NamedTuple):
    """Joiners per resident: Gamma (Y, 2) as shape and rate; their needs and kinds: Dirichlet (Y, N x K)."""

    rate: Reals
    split: Reals


class Model(NamedTuple):
    """All that one year's step needs to know of an area."""

    leaving: Ladder
    moving: Ladder
    destinations: Destinations
    need_changes: NeedChanges
    joining: Joining


class Paths(NamedTuple):
    """What moves from year to year in each future, whatever the cells do.

    ``joining`` (futures, years) multiplies joining rates, ``leaving`` (futures, years) multiplies
    the odds of leaving. ``needs`` (futures, years, N) and ``kinds`` (futures, years, K) multiply the
    weight of a need or kind among joiners; ``kinds`` also that of a kind among movers' destinations,
    and divides the odds of moving out of it. ``residents`` is (years, Y). ``totals`` (futures, years)
    are totals that joiners are made to meet, or -1 where joiners follow their rates. ``ages`` (futures, years, Y), where it
    is not empty, is the pull of a year group: it multiplies the joiners expected of it and divides the odds of leaving of those
    who are about to become it.
    """

    joining: Reals
    leaving: Reals
    needs: Reals
    kinds: Reals
    residents: Reals
    totals: NDArray[np.int64]
    ages: Reals = np.zeros((0, 0, 0))

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return len(self.joining)

    @property
    def years(self) -> int:
        """How many years each future has."""
        return int(self.joining.shape[1])

    def draw(self, first: int, last: int) -> Paths:
        """Those of futures ``first`` to ``last`` (not included)."""
        parts = self._asdict().items()
        return Paths(**{name: part if name == "residents" else part[first:last] for name, part in parts})


class Courses(Protocol):
    """What the paths of a run are drawn from, some futures at a time: those of a future are the same whichever it is drawn with.

    ``residents`` (years, Y) are the same in every future.
    """

    @property
    def futures(self) -> int:
        """How many futures there are."""

    @property
    def years(self) -> int:
        """How many years each future has."""

    @property
    def residents(self) -> Reals:
        """Residents each January ahead (years, Y)."""

    def draw(self, first: int, last: int) -> Paths:
        """The paths of futures ``first`` to ``last`` (not included)."""
