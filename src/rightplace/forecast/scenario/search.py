"""The factor at which something that rises, or falls, steadily with it reaches a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

FIRST_TRIES: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Factors tried first: none of the rate, half of it, as it is, up to three times."""
_FINE: Final = 0.002
_NEAR: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """What a factor gives: the mean over futures, and the range that holds 8 of 10."""

    factor: float
    mean: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The factor whose mean is the target, or None where none of the range is; and every point tried, in order."""

    factor: float | None
    points: tuple[Point, ...]


def search(give: Callable[[float], Point], target: float) -> Found:
    """The factor from 0 to 3 whose mean is ``target``, to 0.002 or a thousandth of the target.

    ``give`` must rise or fall steadily with the factor, as the mean over the same futures does. Tries are made in turn where a
    straight line between the nearest two would meet the target, and half way between them.
    """
    points = {factor: give(factor) for factor in FIRST_TRIES}
    tried = sorted(points.values())
    pair = next(((a, b) for a, b in pairwise(tried) if _between(a.mean, target, b.mean)), None)
    straight = True
    while pair is not None and pair[1].factor - pair[0].factor > _FINE:
        left, right = pair
        at = _inside(pair, target) if straight else (left.factor + right.factor) / 2.0
        straight = not straight
        middle = points[at] if at in points else give(at)
        points[at] = middle
        if abs(middle.mean - target) <= _NEAR * max(abs(target), 1.0):
            pair = (middle, middle)
        else:
            pair = (left, middle) if _between(left.mean, target, middle.mean) else (middle, right)
    every = tuple(sorted(points.values()))
    return Found(factor=None if pair is None else _inside(pair, target), points=every)


def where(points: tuple[Point, ...], column: str, target: float) -> float | None:
    """The factor at which a column of the points meets ``target``, on straight lines between them; None where it does not."""
    factors = np.array([point.factor for point in points])
    values = np.array([getattr(point, column) for point in points])
    order = np.argsort(values, kind="stable")
    if not values.min() <= target <= values.max():
        return None
    return float(np.interp(target, values[order], factors[order]))


def _between(one: float, target: float, other: float) -> bool:
    return min(one, other) <= target <= max(one, other) and one != other


def _inside(pair: tuple[Point, Point], target: float) -> float:
    """On the straight line between two points."""
    left, right = pair
    if left.mean == right.mean:
        return left.factor
    return left.factor + (right.factor - left.factor) * (target - left.mean) / (right.mean - left.mean)
