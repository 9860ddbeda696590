"""Sizes of authorities, by plans in the January forecast from: small ones are harder to foretell."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

BOUNDS: Final = (100, 1500, 3000, 6000)
SIZES: Final = (
    "under 100 plans",
    "100 to 1,499 plans",
    "1,500 to 2,999 plans",
    "3,000 to 5,999 plans",
    "6,000 plans or more",
)
"""Bands of size, smallest first."""
TINY: Final = SIZES[0]
"""Forecasts of so few plans are listed but not part of any average: one plan is more than one per cent of them."""


def size(plans: float) -> str:
    """The band of a number of plans."""
    return SIZES[int(np.searchsorted(BOUNDS, plans, side="right"))]


def places(plans: NDArray[np.float64]) -> NDArray[np.int64]:
    """The places in ``SIZES`` of numbers of plans; that of a missing one means nothing."""
    found: NDArray[np.int64] = np.searchsorted(BOUNDS, plans, side="right")
    return found
