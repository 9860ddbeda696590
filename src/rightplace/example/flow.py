"""Yearly rates of leaving and moving, worked out so that they carry the published stock of one January to the next.

A year runs from one January census to the next. Ages are ages on 31 August before the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import figures, shape
from rightplace.example.kinds import (
    AGES,
    ALTERNATIVE,
    COLLEGE,
    FIRST_AGE,
    HOME,
    KINDS,
    LAST_AGE,
    MAINSTREAM,
    NEEDS,
    NOT_IN_EDUCATION,
    OTHER,
    OTHERWISE,
    RESOURCED,
    SPECIAL_INDEPENDENT,
    SPECIAL_NON_MAINTAINED,
    SPECIAL_STATE,
    SPECIALIST_COLLEGE,
    UNIT,
    Floats,
)

REASONS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
TRANSFERRED: Final = 4
"""Place of reason 5, another authority, in ``REASONS``."""

_ADULT: Final = 16
"""From this age rates of leaving come from the stock of one year against the next, not from ceased plans by age."""
_LEAVES: Final = {
    MAINSTREAM: 1.3, RESOURCED: 1.3, UNIT: 1.0, SPECIAL_STATE: 0.6, SPECIAL_NON_MAINTAINED: 0.7,
    SPECIAL_INDEPENDENT: 0.9, ALTERNATIVE: 0.5, COLLEGE: 1.0, SPECIALIST_COLLEGE: 0.9, HOME: 1.3, OTHERWISE: 0.8,
    NOT_IN_EDUCATION: 5.0, OTHER: 2.0,
}  # fmt: skip
"""How much likelier leaving is in each kind from age 16, against a college.

Derived: plans ceased in 2024 by last setting, transfers left out, over plans in place in January 2024 by
setting, with the younger pupils of schools taken out of both.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Rates for one year.

    ``leaving`` (ages, kinds): chance of a plan ceasing, transfers to another authority left out.
    ``transferring`` (ages,): chance of a transfer to another authority. ``reasons`` (ages, reasons): shares of the
    reasons for ceasing, transfers left out. ``moving`` (ages, needs, kinds, kinds): chance of each kind next
    January, given the kind this January, for a plan that stays.
    """

    leaving: Floats
    transferring: Floats
    reasons: Floats
    moving: Floats


@lru_cache(maxsize=1)
def flow() -> Flow:
    """The rates of the example, from DfE's figures for January 2024, January 2025 and the year between."""
    before = figures.by_age("stock_by_age_2024", ["plans"])[:, 0]
    before *= 576_474 / before.sum()
    joiners = shape.new()
    ceased = figures.by_age("ceased_by_age", REASONS)
    exposed = before @ _ages_in_year()
    hazard = ceased / np.maximum(exposed, 1)[:, None]
    hazard[18:] = ceased[18:].sum(axis=0) / exposed[18:].sum()
    rates = _ages_in_year() @ hazard
    transferring = rates[:, TRANSFERRED]
    others = np.delete(np.arange(len(REASONS)), TRANSFERRED)
    base = rates[:, others].sum(axis=1)
    net = _net_leaving(before, joiners)
    base[_ADULT - FIRST_AGE :] = net[_ADULT - FIRST_AGE :]
    stock = shape.in_place()
    leaving = _by_kind(base, stock.sum(axis=1))
    reasons = rates.copy()
    reasons[:, TRANSFERRED] = 0
    reasons[:, 0] = 0
    # A plan held at 24 cannot be held after the following 31 August, and nobody younger is at the maximum age.
    reasons /= reasons.sum(axis=1, keepdims=True)
    moving = _moving(before, stock, joiners, leaving)
    return Flow(leaving=leaving, transferring=transferring, reasons=reasons, moving=moving)


def _ages_in_year() -> Floats:
    """Share of a year's exposure at each age in years, by age on 31 August before it, shape (ages, ages)."""
    grid = (np.arange(200) + 0.5) / 200
    reached = np.floor(shape.AGED_AT_CENSUS + grid[:, None] + grid[None, :]).astype(int).ravel()
    share = np.bincount(reached, minlength=3) / len(reached)
    out = np.zeros((len(AGES), len(AGES)))
    for step, part in enumerate(share):
        for row in range(len(AGES)):
            out[row, min(row + step, len(AGES) - 1)] += part
    return out


def _net_leaving(before: Floats, joiners: Floats) -> Floats:
    """Chance of leaving by age, from the stock of January 2024, that of 2025 one year older, and new plans."""
    after = shape.in_place().sum(axis=(1, 2))
    stayed = np.append(after[1:] - joiners.sum(axis=(1, 2))[1:], 0.0)
    return np.clip(1 - stayed / before, 0.005, 1.0)


def _by_kind(base: Floats, stock: Floats) -> Floats:
    """Chances of leaving by kind whose mean over the stock is the chance by age, shape (ages, kinds)."""
    times = np.array([_LEAVES.get(kind, 1.0) for kind in range(len(KINDS))])
    out = np.repeat(base[:, None], len(KINDS), axis=1)
    for row in range(_ADULT - FIRST_AGE, LAST_AGE - FIRST_AGE):
        low, high = 0.0, 1.0
        weight = stock[row] / stock[row].sum()
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (
                (middle, high) if (weight * np.minimum(0.9, middle * times)).sum() < base[row] else (low, middle)
            )
        out[row] = np.minimum(0.9, low * times)
    return out


def _moving(before: Floats, stock: Floats, joiners: Floats, leaving: Floats) -> Floats:
    shares = stock / np.maximum(stock.sum(axis=2, keepdims=True), 1e-12)
    out = np.zeros((len(AGES), len(NEEDS), len(KINDS), len(KINDS)))
    needs = stock.sum(axis=2) / stock.sum(axis=(1, 2))[:, None]
    for row in range(len(AGES)):
        churn = _churn(FIRST_AGE + row)
        for need in range(len(NEEDS)):
            staying = before[row] * needs[row, need] * shares[row, need] * (1 - leaving[row])
            ahead = min(row + 1, len(AGES) - 1)
            wanted = shares[ahead, need] * (staying.sum() + joiners[ahead, need].sum()) - joiners[ahead, need]
            out[row, need] = churn @ _carry(staying @ churn, np.maximum(wanted, 0))
    return out


def _churn(age: int) -> Floats:
    """Moves that happen whatever the shares need: back to mainstream, and back into education."""
    out = np.eye(len(KINDS))
    if 4 <= age <= 14:
        back = figures.rate("special_to_mainstream_a_year")
        for special in (SPECIAL_STATE, SPECIAL_NON_MAINTAINED, SPECIAL_INDEPENDENT):
            out[special, [special, MAINSTREAM]] = 1 - back, back
        away = figures.rate("home_to_mainstream_a_year")
        out[HOME, [HOME, MAINSTREAM]] = 1 - away, away
    if 16 <= age <= 23:
        again = figures.rate("not_in_education_to_college_a_year")
        out[NOT_IN_EDUCATION, [NOT_IN_EDUCATION, COLLEGE]] = 1 - again, again
    return out


def _carry(held: Floats, wanted: Floats) -> Floats:
    """The fewest moves from one distribution over kinds to another: kinds with too many give to kinds with too few."""
    if held.sum() == 0 or wanted.sum() == 0:
        return np.eye(len(KINDS))
    wanted = wanted * held.sum() / wanted.sum()
    spare = np.maximum(held - wanted, 0)
    short = np.maximum(wanted - held, 0)
    if short.sum() == 0:
        return np.eye(len(KINDS))
    give = np.divide(spare, held, out=np.zeros_like(held), where=held > 0)
    return np.asarray(np.diag(1 - give) + give[:, None] * (short / short.sum())[None, :])
