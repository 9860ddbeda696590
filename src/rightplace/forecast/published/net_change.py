"""The fewest moves and need changes that keep each year group of an area as that year group is now.

Published counts do not say who moved. They say what mix of settings and needs each year group has; so an
age is carried on a year, its joiners are added, and what then lies between it and the year group above
is taken to be moves. Moves that cancel one another are not seen.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.vocabulary.year_group import FIRST, of_age

Reals = NDArray[np.float64]

LARGEST: Final = 0.95
"""No share taken from counts is larger than this."""
LEAST_MOVE: Final = 0.005
"""Least share of a kind of setting that moves in a year, and so can be pulled to or from."""
ANYWHERE: Final = 0.1
"""Part of movers who may go anywhere that people of their age are, not only where net moves were seen to go."""
_FIRST_AGE: Final = of_age(4) - FIRST
_LAST_AGE: Final = of_age(16) - FIRST
_TINY: Final = 1e-6


def moves(stock: Reals, leave: Reals, joined: Reals) -> tuple[Reals, Reals]:
    """Shares moving (Y, K) and the share of movers that each kind gains (Y, K), from plans (Y, K), leaving (Y,), joiners (Y, K)."""
    groups, kinds = stock.shape
    move, to = np.zeros((groups, kinds)), np.zeros((groups, kinds))
    for y in range(groups - 1):
        staying = stock[y] * (1.0 - leave[y])
        change, scale = _gap(staying, joined[y + 1], stock[y + 1])
        gained = np.maximum(change, 0.0)
        move[y] = np.clip(np.maximum(-change, 0.0) / np.maximum(staying * scale, _TINY), 0.0, LARGEST)
        to[y] = gained / max(gained.sum(), _TINY)
    return move, to


def none_impossible(move: Reals, gained: Reals, stock: Reals) -> tuple[Reals, Reals]:
    """A few of every kind move each year, and some of them anywhere that the year group above is: what was not seen can happen.

    Shares moving (Y, K), and the weight of each kind as a destination for movers from any other (Y, K).
    """
    mix = np.vstack([stock[1:], stock[-1:]]) + 1e-9 * stock.sum()
    anywhere = mix / mix.sum(axis=1, keepdims=True)
    seen = gained.sum(axis=1, keepdims=True) > 0
    to: Reals = np.where(seen, (1.0 - ANYWHERE) * gained + ANYWHERE * anywhere, anywhere)
    return np.maximum(move, LEAST_MOVE), to


def onward(to: Reals) -> Reals:
    """Where movers from each kind go (Y, K, to K), each adding up to 1: to the other kinds by their weights ``to`` (Y, K)."""
    kinds = to.shape[1]
    others = to[:, None, :] * (1.0 - np.eye(kinds))
    shares: Reals = others / np.maximum(others.sum(axis=2, keepdims=True), 1e-300)
    return shares


def need_changes(stock: Reals, leave: Reals, joined: Reals) -> tuple[Reals, Reals]:
    """Shares changing (N,) and becoming (N, to N), from plans (Y, N), leaving (Y,) and joiners (Y, N), ages 4 to 16 together."""
    needs = stock.shape[1]
    gap, people = np.zeros(needs), np.zeros(needs)
    for y in range(_FIRST_AGE, _LAST_AGE):
        staying = stock[y] * (1.0 - leave[y])
        change, scale = _gap(staying, joined[y + 1], stock[y + 1])
        gap += change
        people += staying * scale
    share = np.clip(np.maximum(-gap, 0.0) / np.maximum(people, _TINY), 0.0, LARGEST)
    gained = np.tile(np.maximum(gap, 0.0), (needs, 1)) * (1.0 - np.eye(needs))
    return share, gained / np.maximum(gained.sum(axis=1, keepdims=True), _TINY)


def _gap(staying: Reals, joined: Reals, above: Reals) -> tuple[Reals, float]:
    """What the year group above has more of than those carried on to it, and how those were scaled to its size."""
    expected = staying + joined
    if expected.sum() <= 0.0 or staying.sum() <= 0.0 or above.sum() <= 0.0:
        return np.zeros_like(above), 1.0
    scale = float(above.sum() / expected.sum())
    return above - expected * scale, scale
