"""The pulls on age bands with which a year's leavers and joiners come to the bands wanted.

A pull divides the odds of leaving into a band and multiplies the weight of its year groups among joiners. Kinds of setting have no part in it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part
from rightplace.forecast.published.equations import solve, step

Reals = NDArray[np.float64]

ROUNDS: Final = 6
CLOSE: Final = 0.003
"""A band is found when it is within this share, or half a plan, of what is wanted."""
SLACK: Final = (0.001, 0.05)
"""How far from its aim a band is let be by a pull of one in logs: a share of the aim and plans. It chooses the least of pulls that do."""
LONGEST: Final = 2.0
FARTHEST: Final = 6.9
"""Pulls in logs: most in one step, and most of all (a thousandfold)."""


class Ages(NamedTuple):
    """A year by year group (Y,): ``stays`` the share of those a year younger that stays, ``joins`` who join; and work room by band.

    ``log`` (B,) the pulls in logs; ``stays`` and ``joins`` are those of the last :func:`lead`.
    """

    log: Reals
    pull: Reals
    stays: Reals
    joins: Reals
    held: Reals
    give: Reals
    weight: Reals
    short: Reals
    slope: Reals


def room(groups: int, bands: int) -> Ages:
    """Room for a year."""
    some = max(bands, 1)

    def line() -> Reals:
        return np.zeros(some)

    return Ages(
        log=line(), pull=np.ones(some), stays=np.zeros(groups), joins=np.zeros(groups), held=line(), give=line(),
        weight=line(), short=line(), slope=np.zeros((some, some)),
    )  # fmt: skip


@part
def lead(
    people: Reals, leave: Reals, odds: float, join: Reals, band: NDArray[np.int64], total: float, wanted: Reals, ages: Ages
) -> None:  # fmt: skip
    """Find the pulls for plans ``people`` (Y,) of the January before, with shares ``leave`` (Y,) whose odds ``odds`` multiplies,
    joiners expected ``join`` (Y,) made up to ``total`` plans, and shares ``wanted`` (B,): none where they are not told."""
    for turn in range(ROUNDS):
        needed, cut = _year(people, leave, odds, join, band, total, ages)
        if len(wanted) == 0 or not _short(wanted, total, needed, cut, ages) or turn == ROUNDS - 1:
            break
        _slopes(wanted, total, needed, ages)
        solve(ages.slope, ages.short)
        step(ages.short, LONGEST, FARTHEST, ages.log)
    for y in range(len(people)):
        ages.joins[y] *= needed
        ages.stays[y] *= cut


@part
def _year(
    people: Reals, leave: Reals, odds: float, join: Reals, band: NDArray[np.int64], total: float, ages: Ages
) -> tuple[float, float]:  # fmt: skip
    """Who stays and how joiners are shared out under the pulls; joiners needed, and what stayers are cut by where they are too many."""
    pull, stays, joins, held, give, weight = ages.pull, ages.stays, ages.joins, ages.held, ages.give, ages.weight
    staying, weights = 0.0, 0.0
    for b in range(len(pull)):
        pull[b] = np.exp(ages.log[b])
        held[b], give[b], weight[b] = 0.0, 0.0, 0.0
    for y in range(1, len(people)):
        lean = leave[y - 1] * odds / pull[band[y]]
        stays[y] = 1.0 - lean / (1.0 - leave[y - 1] + lean)
    for y in range(len(people)):
        b = band[y]
        joins[y] = join[y] * pull[b]
        weight[b] += joins[y]
        weights += joins[y]
        if y > 0:
            stay = people[y - 1] * stays[y]
            staying += stay
            held[b] += stay
            give[b] += stay * (1.0 - stays[y])
    for y in range(len(people)):
        joins[y] /= max(weights, 1e-12)
    for b in range(len(pull)):
        weight[b] /= max(weights, 1e-12)
    return max(total - staying, 0.0), min(total / max(staying, 1e-9), 1.0)


@part
def _short(wanted: Reals, total: float, needed: float, cut: float, ages: Ages) -> bool:
    """What each band is short of, and whether any is far off."""
    far = False
    for b in range(len(wanted)):
        aim = wanted[b] * total
        short = aim - ages.held[b] * cut - needed * ages.weight[b] - (SLACK[0] * aim + SLACK[1]) * ages.log[b]
        far = far or abs(short) > max(CLOSE * aim, 0.5)
        ages.short[b] = short
    return far


@part
def _slopes(wanted: Reals, total: float, needed: float, ages: Ages) -> None:
    """What each band (row) gains by each pull (column), in logs."""
    for b in range(len(wanted)):
        for c in range(len(wanted)):
            ages.slope[b, c] = -ages.weight[b] * (needed * ages.weight[c] + ages.give[c])
        ages.slope[b, b] += ages.give[b] + needed * ages.weight[b] + SLACK[0] * wanted[b] * total + SLACK[1]
