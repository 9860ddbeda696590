"""The arrays that problems of where to build are written in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
States = NDArray[np.int8]
