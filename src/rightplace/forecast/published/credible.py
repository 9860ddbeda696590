"""Which January counts of a series cannot be right, by rule: falls, jumps, and returns that the next one takes back."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

CREDIBLE_FALL: Final = 0.35
"""A fall of more than this share in a year is not believed, nor a rise as large that the next return does
not bear out."""
APART: Final = 0.20
"""A return at least this far (in logs) above or below the middle of the returns beside it may be one that was taken back."""
TAKEN_BACK: Final = 0.5
"""It was where the next change, less what is usual, undoes at least this part of the change into it: plans do not jump and fall
back, or fall and recover, so far."""
USUAL: Final = 0.08
"""A usual year's growth, in logs: England's was 0.06 to 0.11 from 2016 to 2025."""
SMALL: Final = 100
"""Below this many plans a change of any size is believed."""


def doubts(series: Reals) -> list[int]:
    """Places of counts that are not believed; NaN is a count that is missing.

    The last count is doubted where it fell beyond ``CREDIBLE_FALL``, since nothing bears it out yet. A last count that
    jumped is believed: a backlog of requests can be cleared in a year, but plans do not vanish in one.
    """
    standing = _too_far(series)
    kept = series.copy()
    kept[standing] = np.nan
    return sorted({*standing, *_taken_back(kept)})


def why(before: float | None, count: float) -> str:
    """In words, what is wrong with a doubted count, beside the last credible one before it."""
    if before is None:
        return "it does not agree with the returns after it"
    how = "fell" if count < before else "rose"
    return f"it {how} by {abs(count / before - 1):.0%} and no later return bears that out"


def _too_far(series: Reals) -> list[int]:
    """Counts that fall or jump too far, and from which the series comes back or which are its last.

    A jump followed by a fall as far, with nothing after it, could be either's fault: the fall is then the one doubted.
    """
    places = [int(place) for place in np.flatnonzero(np.isfinite(series))]
    doubted: list[int] = []
    standing: int | None = None
    for order, place in enumerate(places):
        if standing is not None and series[standing] >= SMALL:
            low = series[standing] * (1.0 - CREDIBLE_FALL)
            years = place - standing
            high = series[standing] / (1.0 - CREDIBLE_FALL) ** years
            later = series[places[order + 1]] if order + 1 < len(places) else None
            second = series[places[order + 2]] if order + 2 < len(places) else None
            fell = series[place] < low and (later is None or later >= low)
            taken_back = later is not None and later <= high
            sure = taken_back and (
                later >= series[place] * (1.0 - CREDIBLE_FALL) or (second is not None and second <= high)
            )
            jumped = series[place] > high and sure
            if fell or jumped:
                doubted.append(place)
                continue
        standing = place
    return doubted


def _taken_back(series: Reals) -> list[int]:
    """Counts between two others that stand apart from both, in opposite directions of change."""
    before, here, after = series[:-2], series[1:-1], series[2:]
    with np.errstate(invalid="ignore", divide="ignore"):
        rise, next_rise = np.log(here / before) - USUAL, np.log(after / here) - USUAL
        apart = np.abs(rise - next_rise) / 2.0
        undone = (rise * next_rise < 0) & (np.abs(next_rise) >= TAKEN_BACK * np.abs(rise))
        wrong = (apart > APART) & undone & (before >= SMALL)
    return [int(place) + 1 for place in np.flatnonzero(wrong)]
