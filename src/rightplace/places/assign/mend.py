"""A plan made a best one again when a few children turn out to have better candidates than it was solved with."""

from __future__ import annotations

import numpy as np

from rightplace.places.assign.problem import NOWHERE, Assignment, Index, Problem, Whole
from rightplace.places.assign.session import Session


def mended(of: Problem, base: Index, price: Whole, children: Whole) -> tuple[Index, Whole]:
    """A best plan of ``of``, and prices that support it, from one at whose prices only ``children`` could do better.

    They are taken out, the seats they leave are filled, and they are put back one at a time, each by a shortest path.
    """
    session = Session(of, Assignment(base=base, cost=0, child_price=of.unplaced, base_price=price))
    left = np.unique(base[children])
    for child in children.tolist():
        session.lift(child)
    for node in left[left != NOWHERE].tolist():
        session.settle(node)
    for child in children.tolist():
        session.restore(child)
    return session.base, session.prices
