"""Standard normal numbers by the ziggurat: layers of equal area, so that nearly every draw is one product and one comparison.

Marsaglia and Tsang, "The ziggurat method for generating random variables", Journal of Statistical Software 5 (2000), with the
layer and the place in it from separate bits, as Doornik, "An improved ziggurat method to generate normal random samples"
(2005), asks for.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import typed
from rightplace.forecast.draws.keyed import bits, child, uniform

LAYERS: Final = 256
_TAIL: Final = 3.6541528853610088
"""Where the lowest layer ends and the tail begins."""
_AREA: Final = 0.00492867323399
"""Area of each layer, under exp(-x^2 / 2)."""


def _edges() -> NDArray[np.float64]:
    """Right edges of the layers (LAYERS + 1,) from the widest, which stands for the lowest layer and its tail, to nought."""
    edges = [_AREA / math.exp(-0.5 * _TAIL**2), _TAIL]
    for _ in range(LAYERS - 2):
        edges.append(math.sqrt(-2.0 * math.log(_AREA / edges[-1] + math.exp(-0.5 * edges[-1] ** 2))))
    return np.array([*edges, 0.0])


EDGE: Final = _edges()
INSIDE: Final = EDGE[1:] / EDGE[:-1]
"""The part of each layer that lies under the curve all the way up."""
LAYER: Final = np.uint64(LAYERS - 1)
_11: Final = np.uint64(11)


@typed("float64(uint64, int64)")
def _beyond(key: np.uint64, number: int) -> float:
    """A draw from the tail (Marsaglia 1964)."""
    while True:
        x = -math.log(uniform(key, number)) / _TAIL
        if -2.0 * math.log(uniform(key, number + 1)) > x * x:
            return _TAIL + x
        number += 2


@typed("float64(uint64, int64, float64)")
def _at_an_edge(key: np.uint64, layer: int, place: float) -> float:
    """The draw where its place in a layer may be beyond the curve: one in ninety; tried again until it is not."""
    number = 0
    while True:
        x: float = place * EDGE[layer]
        if abs(place) < INSIDE[layer]:
            return x
        if layer == 0:
            return math.copysign(_beyond(key, number), place)
        low = math.exp(-0.5 * (EDGE[layer] * EDGE[layer] - x * x))
        high = math.exp(-0.5 * (EDGE[layer + 1] * EDGE[layer + 1] - x * x))
        if high + uniform(key, number) * (low - high) < 1.0:
            return x
        layer = int(uniform(key, number + 1) * LAYERS)
        place = 2.0 * uniform(key, number + 2) - 1.0
        number += 3


@typed("float64(uint64, int64)")
def bell(key: np.uint64, number: int) -> float:
    """Standard normal draw ``number`` of a key."""
    drawn = bits(key, number)
    layer = int(drawn & LAYER)
    place = float(drawn >> _11) * 2.0**-52 - 1.0
    if abs(place) < INSIDE[layer]:
        x: float = place * EDGE[layer]
        return x
    return _at_an_edge(child(key, number), layer, place)
