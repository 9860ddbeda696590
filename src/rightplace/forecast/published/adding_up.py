"""Making shares drawn one by one add up to 1, and how far each has to be drawn so that this leaves it as uncertain as it is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]

_ROUNDS: Final = 10
_STEEPEST: Final = 3.0
_HALVINGS: Final = 60
_WIDEST: Final = 2.0
"""No part is drawn more than this many times its own size."""


def widening(share: Reals, size: Reals) -> Reals:
    """By how much each error (P,) has to be larger before the parts are made to add up, so that it has its own ``size`` after.

    Parts with independent normal errors of variance v(i), shares s(i) and q = s^2 v that are made to add up keep q(i) (1 - q(i) / Q), Q the sum of
    all q: they are conditioned on their sum. This is solved for q. A part whose size is more than those of all others together can
    make up for has the widest.
    """
    aim = np.maximum((share * size) ** 2, 1e-15)
    if len(aim) < 3:
        return np.full(len(aim), np.sqrt(len(aim)))
    largest = int(np.argmax(aim))
    low, high = np.log(4.0 * aim[largest]), np.log(4e4 * aim[largest])
    beyond = _parts(aim, low, None).sum() < 1.0
    if beyond and _parts(aim, high, largest).sum() < 1.0:
        return np.where(np.arange(len(aim)) == largest, _WIDEST, 1.0)
    over = largest if beyond else None
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if (_parts(aim, middle, over).sum() > 1.0) != beyond:
            low = middle
        else:
            high = middle
    found = _parts(aim, low, over) * np.exp(low) / aim
    wider: Reals = np.clip(np.sqrt(found), 1.0, _WIDEST)
    return wider


def _parts(aim: Reals, log_whole: float, over: int | None) -> Reals:
    """q / Q of each part where Q is e to ``log_whole``: under a half, but for the part ``over`` it."""
    root = np.sqrt(np.maximum(1.0 - 4.0 * aim / np.exp(log_whole), 0.0))
    parts: Reals = 0.5 * (1.0 - root)
    if over is not None:
        parts[over] = 0.5 * (1.0 + root[over])
    return parts


@compiled
def add_up(path: Reals, variance: Reals, out: Reals) -> None:
    """From logs ``out`` (futures, Januaries, P) to shares: exp(log - l share x variance), with l such that they add up to 1.

    ``path`` (Januaries, P) are the middle shares, ``variance`` (P,) of each log.
    """
    parts = out.shape[2]
    weight = np.empty(parts)
    for t in range(out.shape[1]):
        largest = 1e-12
        for p in range(parts):
            weight[p] = path[t, p] * variance[p]
            largest = max(largest, weight[p])
        for p in range(parts):
            weight[p] /= largest
        for future in range(out.shape[0]):
            lower = 0.0
            for _ in range(_ROUNDS):
                total, slope = 0.0, 0.0
                for p in range(parts):
                    share = np.exp(out[future, t, p] - lower * weight[p])
                    total += share
                    slope += share * weight[p]
                move = (total - 1.0) / max(slope, 1e-9)
                lower = min(max(lower + move, -_STEEPEST), _STEEPEST)
                if abs(move) < 1e-6:
                    break
            total = 0.0
            for p in range(parts):
                out[future, t, p] = np.exp(out[future, t, p] - lower * weight[p])
                total += out[future, t, p]
            for p in range(parts):
                out[future, t, p] /= total
