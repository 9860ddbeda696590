"""The pulls on kinds of setting with which a year's movers and joiners come to the kinds wanted, by Newton's method.

A pull multiplies the weight of a kind among destinations and joiners and divides the odds of moving out of it. Only how pulls stand to one
another tells who goes where; together they are so large that movers' destinations are pulled by 1 on average.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part
from rightplace.forecast.published.equations import solve, step

Reals = NDArray[np.float64]

ROUNDS: Final = 9
CLOSE: Final = 0.004
"""A kind is found when it is within this share, or half a plan, of what is wanted."""
SLACK: Final = (0.001, 0.05)
"""How far from its aim a kind is let be by a pull of one in logs: a share of the aim and plans. It chooses the least of pulls that do."""
LONGEST: Final = 2.0
FARTHEST: Final = 10.0
"""Pulls in logs: most in one step, and most of all (twenty thousandfold, so that nearly all of a kind can be told as another)."""


class Kinds(NamedTuple):
    """A year by kind: ``log`` and ``pull`` (K,); ``after`` (Y, K) the plans it leads to; and work room.

    ``usual`` (K,) is where movers go without any pull. By year group, of those who come to it (Y, K): ``into`` the weight of a kind as
    a destination, ``gone`` and ``tied`` two parts of the slopes, ``joined`` the joiners.
    """

    log: Reals
    pull: Reals
    usual: Reals
    after: Reals
    now: Reals
    out: Reals
    into: Reals
    gone: Reals
    tied: Reals
    joined: Reals
    short: Reals
    slope: Reals


def room(groups: int, kinds: int) -> Kinds:
    """Room for a year."""

    def line() -> Reals:
        return np.zeros(kinds)

    def plane() -> Reals:
        return np.zeros((groups, kinds))

    return Kinds(
        log=line(), pull=np.ones(kinds), usual=line(), after=plane(), now=line(), out=line(), into=plane(), gone=plane(),
        tied=plane(), joined=plane(), short=line(), slope=np.zeros((kinds, kinds)),
    )  # fmt: skip


@part
def lead(stock: Reals, stays: Reals, joins: Reals, move: Reals, to: Reals, split: Reals, total: float, wanted: Reals, kinds: Kinds) -> None:  # fmt: skip
    """Find the pulls for plans ``stock`` (Y, K) of the January before, of whom ``stays`` (Y,) stay, and ``joins`` (Y,) joiners.

    ``move`` (Y, K) is the share that moves, ``to`` (Y, K) the weight of each kind as a destination for all who move from another,
    ``split`` (Y, K) how joiners are shared out. ``wanted`` (K,) are shares of ``total``: none where they are not told.
    """
    for turn in range(ROUNDS):
        _year(stock, stays, joins, move, to, split, kinds)
        if len(wanted) == 0 or not _short(wanted, total, kinds) or turn == ROUNDS - 1:
            break
        _slopes(wanted, total, joins, kinds)
        solve(kinds.slope, kinds.short)
        step(kinds.short, LONGEST, FARTHEST, kinds.log)


@part
def _year(stock: Reals, stays: Reals, joins: Reals, move: Reals, to: Reals, split: Reals, kinds: Kinds) -> None:
    """Plans under the pulls, and what the slopes are made of."""
    level = 0.0
    for k in range(len(kinds.log)):
        kinds.pull[k] = np.exp(kinds.log[k])
        level += kinds.usual[k] * kinds.pull[k]
        kinds.now[k] = 0.0
        kinds.after[0, k] = 0.0
    for k in range(len(kinds.log)):
        kinds.pull[k] /= level
    _movers(stock, stays, move, to, kinds)
    _joiners(joins, split, kinds)


@part
def _movers(stock: Reals, stays: Reals, move: Reals, to: Reals, kinds: Kinds) -> None:
    """Those who come to each year group from the one below.

    With w the weights pulled and S their sum, q = out / (S - w) of each kind left gives w (sum q - q) come to each.
    """
    pull, out, into, gone, tied, after = kinds.pull, kinds.out, kinds.into, kinds.gone, kinds.tied, kinds.after
    groups, width = stock.shape
    for y in range(1, groups):
        whole, sent, spread = 0.0, 0.0, 0.0
        for k in range(width):
            into[y, k] = to[y - 1, k] * pull[k]
        for k in range(width):
            whole += into[y, k]
        for k in range(width):
            out[k] = move[y - 1, k] / (move[y - 1, k] + (1.0 - move[y - 1, k]) * pull[k])
        for k in range(width):
            people, chance, rest = stock[y - 1, k] * stays[y], out[k], 1.0 / max(whole - into[y, k], 1e-300)
            out[k] = people * chance * rest
            sent += out[k]
            spread += out[k] * rest
            gone[y, k] = out[k] * (1.0 - chance)
            tied[y, k] = out[k] * rest
            after[y, k] = people * (1.0 - chance)
        for k in range(width):
            after[y, k] += into[y, k] * (sent - out[k])
            gone[y, k] += into[y, k] * (spread - tied[y, k])
            tied[y, k] *= into[y, k]


@part
def _joiners(joins: Reals, split: Reals, kinds: Kinds) -> None:
    """Those who join, added, and what plans come to by kind."""
    pull, joined, after, now = kinds.pull, kinds.joined, kinds.after, kinds.now
    groups, width = split.shape
    for y in range(groups):
        weights = 0.0
        for k in range(width):
            joined[y, k] = split[y, k] * pull[k]
            weights += joined[y, k]
        share = joins[y] / weights if weights > 0.0 else 0.0
        for k in range(width):
            joined[y, k] *= share
            after[y, k] += joined[y, k]
            now[k] += after[y, k]


@part
def _short(wanted: Reals, total: float, kinds: Kinds) -> bool:
    """What each kind is short of, and whether any is far off."""
    far = False
    for k in range(len(wanted)):
        aim = wanted[k] * total
        short = aim - kinds.now[k] - (SLACK[0] * aim + SLACK[1]) * kinds.log[k]
        far = far or abs(short) > max(CLOSE * aim, 0.5)
        kinds.short[k] = short
    return far


@part
def _slopes(wanted: Reals, total: float, joins: Reals, kinds: Kinds) -> None:
    """What each kind (row) gains by each pull (column), in logs; each column adds up to nought, but for the slack."""
    groups, width = kinds.after.shape
    slope, gone, into, tied, joined = kinds.slope, kinds.gone, kinds.into, kinds.tied, kinds.joined
    slope[:, :] = 0.0
    for y in range(groups):
        each = 1.0 / joins[y] if joins[y] > 0.0 else 0.0
        for i in range(width):
            a, b, c = into[y, i], tied[y, i], joined[y, i] * each
            for j in range(width):
                slope[i, j] -= a * gone[y, j] - b * into[y, j] + c * joined[y, j]
    for j in range(width):
        gained = 0.0
        for i in range(width):
            gained += slope[i, j]
        slope[j, j] -= gained
    for i in range(width):
        together = 0.0
        for j in range(width):
            together += slope[i, j]
        for j in range(width):
            slope[i, j] -= together * kinds.usual[j] * kinds.pull[j]
        slope[i, i] += SLACK[0] * wanted[i] * total + SLACK[1]
