"""The order in which a base takes children: by class of priority, then brothers and sisters, then nearness, then lot.

A lot is one number for each child, the same at every base, so that luck does not depend on how many bases are asked
(A. Abdulkadiroglu, P. A. Pathak and A. E. Roth, "Strategy-proofness versus Efficiency in Matching with Indifferences",
*American Economic Review* 99, 2009, on a single lottery).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError
from rightplace.places.assign.problem import Index, Whole
from rightplace.streams import generator

_CLASSES: Final = 2**10
_METRES: Final = 2**24
_CHILDREN: Final = 2**28


def lots(children: int, *, seed: int, stream: str = "lots for places") -> Whole:
    """A lottery number for each child, 0 to ``children`` - 1, each once, int64[children]; the lower comes first."""
    return generator(seed, stream).permutation(children).astype(np.int64)


def turns(
    child: Index,
    lot: Whole,
    *,
    priority: Whole | None = None,
    sibling: npt.NDArray[np.bool_] | None = None,
    metres: Whole | None = None,
) -> Whole:
    """The turn of each candidate at its base, int64[arcs]: the lower comes first.

    ``child`` is the child of each candidate and ``lot`` each child's lottery number. In order: ``priority`` (class, 0
    first), ``sibling`` (has a brother or sister there), ``metres`` (nearer first) and the lot. What is not given is
    the same for everyone. Raises ``DataError`` where a number does not fit its part of the turn.
    """
    nought = np.zeros(len(child), np.int64)
    parts = (
        ("priority", nought if priority is None else np.asarray(priority, np.int64), _CLASSES),
        ("sibling", nought if sibling is None else 1 - np.asarray(sibling, np.int64), 2),
        ("metres", nought if metres is None else np.asarray(metres, np.int64), _METRES),
        ("lot", lot[child], _CHILDREN),
    )
    turn = nought
    for name, part, size in parts:
        if len(part) and (part.min() < 0 or part.max() >= size):
            raise DataError(f"A {name} of {int(part.max())} cannot be ordered: it must be from 0 to {size - 1}.")
        turn = turn * size + part
    return turn
