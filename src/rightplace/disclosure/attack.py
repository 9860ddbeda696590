"""Which small counts a reader could narrow down: the audit that every publication must pass.

For each small count the reader's least and greatest possible value is found by integer linear
programming over all tables that agree with what is published. This is the "auditing problem" of
statistical disclosure control: Fischetti and Salazar (2001), "Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47(7); Hundepool and others (2012),
"Statistical Disclosure Control", Wiley, chapter 4.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from rightplace.disclosure.knowledge import Publication, Reason, bounds

Whole = NDArray[np.int64]


def exposed(publication: Publication, reasons: Sequence[Reason], cells: Collection[int]) -> list[int]:
    """The small counts among ``cells`` that the publication lets a reader narrow down, in order.

    A count passes when the reader must still allow 1 and the largest small count (4), or as much
    of that range as the numbers known from elsewhere allow before anything is published.
    """
    targets = [cell for cell in sorted(cells) if publication.is_target(cell)]
    narrowed = _narrowed(publication, bounds(publication, reasons), targets)
    if narrowed and publication.known:
        nothing = [Reason.MISSING if count is None else Reason.WITHHELD for count in publication.counts]
        before = _narrowed(publication, bounds(publication, nothing), sorted({cell for cell, _ in narrowed}))
        narrowed = {end: value for end, value in narrowed.items() if before.get(end) != value}
    return sorted({cell for cell, _ in narrowed})


def _narrowed(
    publication: Publication, limits: tuple[Sequence[int], Sequence[int]], targets: Sequence[int]
) -> dict[tuple[int, int], int]:
    """The ends of targets that stop short of the small range: (cell, 1 for least or -1 for greatest) to the value."""
    low, high = limits
    joined = {cell for one in publication.sums for cell in one.cells}
    linked = [cell for cell in targets if cell in joined]
    narrowed: dict[tuple[int, int], int] = {}
    for sign, edge in ((1, 1), (-1, publication.rule.largest_small)):
        narrowed |= {
            ((cell, sign)): value for cell, value in _unreached(publication, low, high, linked, sign, edge).items()
        }
    return narrowed


def _unreached(
    publication: Publication, low: Sequence[int], high: Sequence[int], targets: Sequence[int], sign: int, edge: int
) -> dict[int, int]:
    """Targets that no possible table puts at the edge, with the nearest value one does.

    One possible table answers for many targets at once, so each solution is read for all of them.
    """
    waiting, nearest = list(targets), {}
    while waiting:
        first, rest = waiting[0], waiting[1:]
        cost = np.zeros(len(low))
        cost[rest] = sign
        # The first target decides; all the others together only break its ties.
        cost[first] = sign * (1 + sum(high[cell] - low[cell] for cell in rest))
        table = _possible_table(publication, low, high, cost)
        reached = {cell for cell in waiting if sign * int(table[cell]) <= sign * edge}
        if first not in reached:
            nearest[first] = int(table[first])
        waiting = [cell for cell in rest if cell not in reached]
    return nearest


def _possible_table(
    publication: Publication, low: Sequence[int], high: Sequence[int], cost: NDArray[np.float64]
) -> Whole:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    terms = [(row, cell, sign) for row, one in enumerate(publication.sums) for cell, sign in one.terms()]
    rows, columns, signs = zip(*terms, strict=True)
    matrix = coo_array((np.array(signs, dtype=float), (rows, columns)), shape=(len(publication.sums), len(low)))
    gap = np.array(publication.offsets(), dtype=float)
    answer = milp(
        cost,
        integrality=np.ones(len(low)),
        bounds=Bounds(np.array(low, dtype=float), np.array(high, dtype=float)),
        constraints=LinearConstraint(matrix.tocsc(), gap, gap),
    )
    if answer.x is None:  # The true table is always possible, so this is a fault of the program.
        raise RuntimeError(f"No table agrees with the publication: {answer.message}")
    return np.asarray(np.rint(answer.x), dtype=np.int64)
