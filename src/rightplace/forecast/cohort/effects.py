"""What a scenario does to the rates of a forecast: dated factors on joining, leaving, moving and need change.

An effect multiplies a rate in the cells and years it names, by a factor of its own in every future. It
draws nothing, so what it does not reach has the same draws, and the same people, as without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

JOINING: Final = 0
LEAVING: Final = 1
MOVING: Final = 2
NEED_CHANGE: Final = 3


class Effects(NamedTuple):
    """Factors on rates, read by compiled code. E effects; Y year groups, N needs, K setting kinds.

    ``rate`` (E,): JOINING, LEAVING, MOVING or NEED_CHANGE. ``first`` and ``last`` (E,): the year steps it acts in, from
    0, the first January after the start; ``last`` is not included. ``cells`` (E, Y, N, K): 1 where it acts, by the year
    group, need and kind of the person (of a joiner: those of the January joined; of others: those of the January
    before). ``to`` (E, K): for MOVING, 1 for the kinds it acts on moves to; all ones otherwise. ``factor`` (E,
    futures), or (E, 1) where it is the same in all: multiplies expected joiners, or the probability, which is capped so that
    none exceeds 1.
    """

    rate: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    cells: NDArray[np.uint8]
    to: NDArray[np.uint8]
    factor: NDArray[np.float64]

    def draw(self, first: int, last: int) -> Effects:
        """Those of futures ``first`` to ``last`` (not included), with a factor for each."""
        if self.factor.shape[1] == 1:
            return self._replace(factor=np.repeat(self.factor, last - first, axis=1))
        return self._replace(factor=np.ascontiguousarray(self.factor[:, first:last]))


class Acts(Protocol):
    """What the effects of a run are drawn from, some futures at a time. ``rate`` (E,) is as in :class:`Effects`."""

    @property
    def rate(self) -> NDArray[np.int64]:
        """The rate each effect acts on (E,)."""

    def draw(self, first: int, last: int) -> Effects:
        """The effects of futures ``first`` to ``last`` (not included), with a factor for each."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Effects of several sources, one after the other."""

    parts: tuple[Acts, ...]

    @property
    def rate(self) -> NDArray[np.int64]:
        """The rate each effect acts on (E,)."""
        return np.concatenate([part.rate for part in self.parts])

    def draw(self, first: int, last: int) -> Effects:
        """The effects of futures ``first`` to ``last`` (not included), with a factor for each."""
        drawn = [part.draw(first, last) for part in self.parts]
        return Effects(*(np.concatenate(column) for column in zip(*drawn, strict=True)))


def none(groups: int, needs: int, kinds: int) -> Effects:
    """No effect at all."""
    nothing = np.zeros(0, dtype=np.int64)
    return Effects(
        rate=nothing,
        first=nothing,
        last=nothing,
        cells=np.zeros((0, groups, needs, kinds), dtype=np.uint8),
        to=np.zeros((0, kinds), dtype=np.uint8),
        factor=np.zeros((0, 1)),
    )


def join(*parts: Acts) -> Acts:
    """Effects of several sources, one after the other: where two act on one rate, both factors multiply it."""
    return Joined(parts)
