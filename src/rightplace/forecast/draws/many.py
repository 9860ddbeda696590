"""Many gamma draws at once: those of :func:`spread.gamma`, bit by bit, with what nearly all of them need worked out side by side.

A processor does the same sum for eight draws in the time of one, but only where nothing has to be decided on the way. So the draw is
worked out for all as though it were accepted at once, and the few that were not are drawn again one by one.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.bell import EDGE, INSIDE, LAYER
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.keyed import bits, child, uniform
from rightplace.forecast.draws.spread import NOUGHT, gamma, shares

UNSEEN: Final = -60.0
"""A part below exp(-60) of parameters that add up to 1 or more is lost among the digits of the others, but for one draw in 10^9."""
_11: Final = np.uint64(11)


class Many(NamedTuple):
    """Room for draws: the ``key`` and ``shape`` of each, and what is ``drawn``; ``again`` lists those that need a second look.

    A draw of a shape below 1 is a common draw made smaller; where the logarithm of what makes it smaller is below its ``least``
    it is nought: ``spread.NOUGHT``, or ``UNSEEN`` where all that matters is what part it is of many that add up to 1 or more.
    """

    key: NDArray[np.uint64]
    shape: NDArray[np.float64]
    least: NDArray[np.float64]
    drawn: NDArray[np.float64]
    again: NDArray[np.int64]


def room(most: int) -> Many:
    """Room for ``most`` draws at once."""
    return Many(np.zeros(most, np.uint64), np.zeros(most), np.zeros(most), np.zeros(most), np.zeros(most + 1, np.int64))


@part
def gammas(many: Many, count: int) -> None:
    """Draw the first ``count``."""
    key, shape, least, drawn, again = many
    for i in range(count):
        k, s = key[i], shape[i]
        d = s + (0.0 if s >= 1.0 else 1.0) - 1.0 / 3.0
        number = bits(k, 1)
        layer = number & LAYER
        place = float(number >> _11) * 2.0**-52 - 1.0
        x = place * EDGE[layer]
        v = 1.0 + 1.0 / math.sqrt(9.0 * d) * x
        cube = v * v * v
        taken = (abs(place) < INSIDE[layer]) & (v > 0.0) & (uniform(k, 2) < 1.0 - 0.0331 * x * x * x * x)
        nought = (s <= 0.0) | (uniform(k, 0) < 1.0 + least[i] * s)
        drawn[i] = 0.0 if nought else (d * cube if taken else -1.0)
    left = 0
    for i in range(count):
        again[left] = i
        left += 1 if (drawn[i] < 0.0) | ((drawn[i] > 0.0) & (shape[i] < 1.0)) else 0
    for j in range(left):
        i = again[j]
        power = math.log(uniform(key[i], 0)) / shape[i] if shape[i] < 1.0 else 0.0
        if power < least[i]:
            drawn[i] = 0.0
        elif drawn[i] < 0.0:
            drawn[i] = gamma(key[i], shape[i])
        else:
            drawn[i] *= math.exp(power)


@part
def ask(many: Many, first: int, key: np.uint64, parameters: NDArray[np.float64]) -> None:
    """Make draws ready, from the ``first`` on, from which :func:`answer` makes shares that have a Dirichlet distribution."""
    total = 0.0
    for i in range(len(parameters)):
        many.key[first + i], many.shape[first + i] = child(key, i), parameters[i]
        total += parameters[i]
    least = UNSEEN if total >= 1.0 else NOUGHT
    for i in range(len(parameters)):
        many.least[first + i] = least


@part
def answer(many: Many, first: int, out: NDArray[np.float64]) -> None:
    """The shares of draws from the ``first`` on; the parameters' own where all draws are nought, and nothing where they are nought too."""
    for i in range(len(out)):
        out[i] = many.drawn[first + i]
    if not shares(out):
        for i in range(len(out)):
            out[i] = many.shape[first + i]
        shares(out)
