"""How many are in each kind of setting a year on under a pull on it, and the pulls under which wanted numbers are.

A pull *x* (in logs) on a kind multiplies its weight among joiners and movers' destinations by exp(x) and divides the odds of moving out of it.
Of H plans in the kind,

    H' = H s(x) + c(x),

s being the share that neither leaves nor moves, c the people who come, both by the pooled rates, other kinds not pulled. Both
rise with x and have limits: a kind that few come to and few move from hardly answers a pull that is small, and a large
one cannot bring more than all who join or move.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Model
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.people.estimate import mean_share

Reals = NDArray[np.float64]

STRONGEST: Final = 5.0
_GRID: Final = np.linspace(-STRONGEST, STRONGEST, 81)


class Response(NamedTuple):
    """Of K kinds: plans at the start (K,), and over a grid of pulls the share that stays (K, G) and the people who come (K, G)."""

    start: Reals
    stays: Reals
    comes: Reals


def of(start: Reals, model: Model, joiners: Reals) -> Response:
    """The response of the plans of the last January, ``start`` (Y, N, K), with ``joiners`` (Y,) expected a year."""
    groups, _, kinds = start.shape
    leaving, moving = mean_share(model.leaving)[2], mean_share(model.moving)[2]
    going = start * (1.0 - leaving)
    going[-1] = 0.0
    odds = np.exp(_GRID)
    stays = np.empty((kinds, len(_GRID)))
    for g, times in enumerate(odds):
        stays[:, g] = (going * (1.0 - moving / (moving + (1.0 - moving) * times))).sum(axis=(0, 1))
    held = start.sum(axis=(0, 1))
    stays = np.divide(
        stays, held[:, None], out=np.tile(_usual(going, moving, start), (kinds, 1)), where=held[:, None] > 0
    )
    movers = (going * moving).sum(axis=1)
    to = model.destinations.kind / np.maximum(model.destinations.kind.sum(axis=2, keepdims=True), 1e-300)
    split = model.joining.split.reshape(groups, -1, kinds).sum(axis=1)
    split = split / np.maximum(split.sum(axis=1, keepdims=True), 1e-300)
    comes = np.empty_like(stays)
    for g, times in enumerate(odds):
        comes[:, g] = np.einsum("yk,ykl->l", movers, _pulled(to, times)) + joiners @ _pulled(split, times)
    return Response(start=held, stays=stays, comes=comes)


def _pulled(shares: Reals, times: float) -> Reals:
    out: Reals = shares * times / (1.0 - shares + shares * times)
    return out


def _usual(going: Reals, moving: Reals, start: Reals) -> Reals:
    """The share of all plans that stays where it is: for a kind with nobody in it."""
    share = (going * (1.0 - moving)).sum() / max(float(start.sum()), 1e-300)
    return np.full(len(_GRID), share)


def unpulled(response: Response, years: int) -> Reals:
    """Plans expected in each kind each year without pulls (years, K)."""
    middle = len(_GRID) // 2
    held, out = response.start, np.empty((years, len(response.start)))
    for t in range(years):
        held = held * response.stays[:, middle] + response.comes[:, middle]
        out[t] = held
    return out


def pulls(response: Response, wanted: Reals) -> tuple[Reals, Reals]:
    """The pulls, in logs, under which the ``wanted`` numbers (futures, years, K) are expected, and the numbers under them.

    Where they cannot be reached the pull is the strongest, and the next year goes on from what was reached.
    """
    out, reached = np.empty_like(wanted), np.empty_like(wanted)
    _lead(response.start, response.stays, response.comes, _GRID, wanted, out, reached)
    return out, reached


@compiled
def _lead(start: Reals, stays: Reals, comes: Reals, grid: Reals, wanted: Reals, out: Reals, reached: Reals) -> None:
    last = len(grid) - 1
    for future in range(wanted.shape[0]):
        for k in range(wanted.shape[2]):
            held = start[k]
            for t in range(wanted.shape[1]):
                low, high, goal = 0, last, wanted[future, t, k]
                while high - low > 1:
                    middle = (low + high) // 2
                    if held * stays[k, middle] + comes[k, middle] < goal:
                        low = middle
                    else:
                        high = middle
                under = held * stays[k, low] + comes[k, low]
                over = held * stays[k, high] + comes[k, high]
                part = (goal - under) / (over - under) if over > under else 0.5
                part = min(max(part, 0.0), 1.0)
                out[future, t, k] = grid[low] + part * (grid[high] - grid[low])
                held = under + part * (over - under)
                reached[future, t, k] = held
