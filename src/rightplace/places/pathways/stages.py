"""Stages of a pathway: the ages at which children and young people transfer, and the years between."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.vocabulary.year_group import FIRST, LAST

STAGES: Final[dict[str, int]] = {"11": 7, "16": 12, "18": 14, "19": 15, "25": LAST + 1}
"""Age on 31 August at a transfer, as people say it, and the year group that follows it.

School ends at 16, 18 or 19 and plans by 25 (Children and Families Act 2014, section 46; SEND Code of Practice 2015, paragraphs
9.151 and 9.179 to 9.181). Everyone of that age is counted at the stage, those who stay at the same setting among them.
"""

BETWEEN: Final = "between"
"""Every September of a pathway that is no transfer: moves back, moves on, new plans and plans that end."""

NAMES: Final[tuple[str, ...]] = (*STAGES, BETWEEN)
"""Every stage, in order."""


def of_groups() -> NDArray[np.int64]:
    """Which stage (row of :data:`NAMES`) follows the year group of a January, and for the row after the last, 25.

    Row ``g`` is of those whose year group of the September is ``FIRST + g``.
    """
    rows = np.full(LAST - FIRST + 2, len(STAGES), dtype=np.int64)
    for row, group in enumerate(STAGES.values()):
        rows[group - FIRST] = row
    return rows
