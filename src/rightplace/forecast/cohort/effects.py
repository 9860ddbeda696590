"""What a scenario does to the rates of a forecast: dated factors on joining, leaving, moving and need change.

An effect multiplies a rate in the cells and years it names, by a factor of its own in every future. It
draws nothing, so what it does not reach has the same draws, and the same people, as without it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

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
    futures): multiplies expected joiners, or the probability, which is capped so that none exceeds 1.
    """

    rate: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    cells: NDArray[np.uint8]
    to: NDArray[np.uint8]
    factor: NDArray[np.float64]


def none(groups: int, needs: int, kinds: int, futures: int) -> Effects:
    """No effect at all."""
    nothing = np.zeros(0, dtype=np.int64)
    return Effects(
        rate=nothing,
        first=nothing,
        last=nothing,
        cells=np.zeros((0, groups, needs, kinds), dtype=np.uint8),
        to=np.zeros((0, kinds), dtype=np.uint8),
        factor=np.zeros((0, futures)),
    )


def join(*parts: Effects) -> Effects:
    """Effects of several sources, one after the other: where two act on one rate, both factors multiply it."""
    return Effects(*(np.concatenate([part[i] for part in parts]) for i in range(len(Effects._fields))))
