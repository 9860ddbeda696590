"""How wrong shares of settings and of age bands have been foretold: by the size of a part, and where an authority hardly has it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published.regression import error_size

Reals = NDArray[np.float64]

ENOUGH: Final = 60
"""Authorities with shares in two Januaries running that are needed."""
LEAST: Final = (0.01, 0.5)
"""Least a and b of an error."""
MOST: Final = 3.0
"""Most a of an error."""
RARE: Final = 5.0
"""With fewer plans than this in a part an authority hardly has it: most stay without, and a few begin to have many."""
USUALLY: Final = (0.0, 1.0, 1.0, 30.0)
"""Middle of the errors of a part that hardly is, their a below and above it, and freedom, where too few are known."""
_LARGE_PART: Final = 30.0


def sizes(errors: Reals, people: Reals, own: Reals) -> tuple[Reals, Reals]:
    """Rows of ``Composition.errors`` (P, 3) and ``rare`` (P, 4) from log errors, plans foretold and plans had (rows, P)."""
    has = own >= RARE
    has[:, has.sum(axis=0) < ENOUGH] = True
    usual, rare = [], []
    for p in range(errors.shape[1]):
        mine = has[:, p]
        usual.append(_size(errors[mine, p], people[mine, p]))
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


def _size(errors: Reals, people: Reals) -> Reals:
    if not np.abs(errors).max(initial=0.0) > 1e-9:
        return np.array([LEAST[0], LEAST[1], 30.0])
    found = error_size(errors, people + 1.0, start=(0.13, 1.0), least=LEAST)
    return np.array([min(found[0], MOST), found[1], found[2]])


def middle_size(errors: Reals, people: Reals) -> Reals:
    """The median size of errors of each part (P,) that is not a handful of plans; NaN where there are few."""
    out = np.full(errors.shape[1], np.nan)
    for p in range(errors.shape[1]):
        large = np.abs(errors[people[:, p] > _LARGE_PART, p])
        out[p] = np.median(large) if len(large) >= _LARGE_PART else np.nan
    return out
