"""Continuous draws from a key: normal, gamma, beta, Dirichlet and Student's t.

Gamma by Marsaglia and Tsang, "A simple method for generating gamma variables", ACM Transactions
on Mathematical Software 26 (2000); normal by Box and Muller (1958).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.bell import bell
from rightplace.forecast.draws.compiled import compiled, part
from rightplace.forecast.draws.keyed import uniform

NOUGHT: Final = -690.0
"""A logarithm below which a gamma draw is nought: about the least that a float can hold."""


@compiled
def normal(key: np.uint64, number: int) -> float:
    """Standard normal draw ``number`` of a key."""
    radius = math.sqrt(-2.0 * math.log(uniform(key, 2 * number)))
    return radius * math.cos(2.0 * math.pi * uniform(key, 2 * number + 1))


@compiled
def gamma(key: np.uint64, shape: float) -> float:
    """Gamma draw of a key, mean ``shape`` and scale 1; nought where the shape is nought, or the draw below 1e-299."""
    if shape <= 0.0:
        return 0.0
    boost = 1.0
    if shape < 1.0:
        u = uniform(key, 0)
        if u < 1.0 + NOUGHT * shape:  # a bound of the logarithm, which most draws of a tiny shape need not have
            return 0.0
        power = math.log(u) / shape
        if power < NOUGHT:
            return 0.0
        boost = math.exp(power)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    number = 1
    while True:
        x = bell(key, number)
        u = uniform(key, number + 1)
        number += 2
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if u < 1.0 - 0.0331 * x * x * x * x or math.log(u) < 0.5 * x * x + d - d * v + d * math.log(v):
                return d * v * boost


@part
def part_of(a: float, b: float, key_yes: np.uint64, key_no: np.uint64, yes: float, no: float) -> float:
    """The Beta draw that gamma draws ``a`` and ``b`` of a pair of keys make; nought where both shapes are nought.

    Where both draws are too small for a float, one is far larger than the other: which, their logarithms tell.
    """
    if a + b > 0.0:
        return a / (a + b)
    if yes <= 0.0 or no <= 0.0:
        return 1.0 if yes > 0.0 else 0.0
    return 1.0 if math.log(uniform(key_yes, 0)) / yes > math.log(uniform(key_no, 0)) / no else 0.0


@compiled
def beta(key_yes: np.uint64, key_no: np.uint64, yes: float, no: float) -> float:
    """Beta draw of a pair of keys; nought where both shapes are nought."""
    return part_of(gamma(key_yes, yes), gamma(key_no, no), key_yes, key_no, yes, no)


@compiled
def student(key: np.uint64, key_width: np.uint64, freedom: float) -> float:
    """Student's t draw of a pair of keys, with ``freedom`` degrees of freedom."""
    return normal(key, 0) / math.sqrt(gamma(key_width, 0.5 * freedom) / (0.5 * freedom))


@compiled
def shares(weights: NDArray[np.float64]) -> bool:
    """Scale weights to add up to 1, in place; False, and nothing changes, where all are nought."""
    total = 0.0
    for i in range(len(weights)):
        total += weights[i]
    if total <= 0.0:
        return False
    for i in range(len(weights)):
        weights[i] /= total
    return True
