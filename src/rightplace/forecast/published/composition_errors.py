"""How wrong shares of settings and of age bands have been foretold: by the size of a part, and where an authority hardly has it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published.composition_families import Apart
from rightplace.forecast.published.regression import error_size

Reals = NDArray[np.float64]

ENOUGH: Final = 60
"""Authorities with shares in two Januaries running that are needed."""
LEAST: Final = (0.01, 0.5, 2.5)
"""Least a, b and degrees of freedom of an error."""
LEAST_TURNED: Final = 1.0
"""Least degrees of freedom where one part can be turned into another at a stroke."""
MOST: Final = 3.0
"""Most a of an error."""
RARE: Final = 5.0
"""With fewer plans than this in a part an authority hardly has it: most stay without, and a few begin to have many."""
USUALLY: Final = (0.0, 1.0, 1.0, 30.0)
"""Middle of the errors of a part that hardly is, their a below and above it, and freedom, where too few are known."""
LATER_PRIOR: Final = (1.0, 50.0)
"""Growth g of the variance in a later year before any error two years ahead is seen, a random walk's; worth in authorities."""
LATER_POOL: Final = 200.0
"""Authorities that the g of all parts together is worth for one part's."""
_LARGE_PART: Final = 30.0


def sizes(errors: Reals, people: Reals, own: Reals, *, turned: bool = False) -> tuple[Reals, Reals]:
    """Rows of ``Composition.errors`` (P, 4) and ``rare`` (P, 4) from log errors, plans foretold and plans had (rows, P).

    Where parts can be ``turned`` into one another in a return, tails may be as long as a Cauchy's and one longer than the other.
    """
    has = own >= RARE
    has[:, has.sum(axis=0) < ENOUGH] = True
    usual, rare = [], []
    for p in range(errors.shape[1]):
        mine = has[:, p]
        usual.append(_size(errors[mine, p], people[mine, p], turned=turned))
        rare.append(_rare(errors[~mine, p], people[~mine, p]))
    return np.array(usual), np.array(rare)


def _rare(errors: Reals, people: Reals) -> Reals:
    """The row of ``rare`` from errors where an authority hardly has a part."""
    if len(errors) < ENOUGH:
        return np.array(USUALLY)
    middle = float(np.median(errors))
    under, over = errors < middle, errors > middle
    below, above = (_size(errors[side] - middle, people[side]) for side in (under, over))
    return np.array([middle, below[0], above[0], above[2]])


def _size(errors: Reals, people: Reals, *, turned: bool = False) -> Reals:
    if not np.abs(errors).max(initial=0.0) > 1e-9:
        return np.array([*LEAST[:2], 30.0, 1.0])
    least = (*LEAST[:2], LEAST_TURNED) if turned else LEAST
    found = error_size(errors, people + 1.0, start=(0.13, 1.0), least=least, skewed=turned)
    return np.array([min(found[0], MOST), *found[1:]])


def middle_size(errors: Reals, people: Reals) -> Reals:
    """The median size of errors of each part (P,) that is not a handful of plans; NaN where there are few."""
    out = np.full(errors.shape[1], np.nan)
    for p in range(errors.shape[1]):
        large = np.abs(errors[people[:, p] > _LARGE_PART, p])
        out[p] = np.median(large) if len(large) >= _LARGE_PART else np.nan
    return out


def added_later(kept: Reals, england: Reals, first: Apart, later: dict[int, list[Apart]]) -> Reals:
    """The variance g that a later year adds, as a part of the first year's, (P,), from errors two and three years ahead.

    With k (``kept``) of an error left a year later, its variance is k^2 + g after two years and k^4 + g (1 + k^2) after three. Sizes
    are told by medians; a part's g is drawn towards that of all parts, weighted by ``england``'s shares.
    """
    left = kept**2
    usual = middle_size(first.errors, first.foretold)
    prior, worth = LATER_PRIOR
    total, weight = np.zeros(len(left)), np.zeros(len(left))
    for years, before, added in ((2, left, 1.0), (3, left**2, 1.0 + left)):
        for one in later[years]:
            ratio = middle_size(one.errors, one.foretold) / np.maximum(usual, 1e-9)
            seen = np.isfinite(ratio)
            total += np.where(seen, len(one.errors) * (ratio**2 - before) / added, 0.0)
            weight += np.where(seen, len(one.errors), 0.0)
    pooled = (prior * worth + (total * england).sum()) / (worth + (weight * england).sum())
    found: Reals = np.clip((total + LATER_POOL * pooled) / (weight + LATER_POOL), 0.1, 2.0)
    return found
