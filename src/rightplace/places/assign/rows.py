"""Making one row of the graph of bases again after a child came or went."""

from __future__ import annotations

import numpy as np

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.setting_graph import FAR
from rightplace.places.assign.state import END, FORBIDDEN, Rows, State


@compiled
def refresh(state: State, node: int) -> bool:
    """Make the row of a node from the children now there. False where the store has no room left for it."""
    rows = state.rows
    found = _least(state, node)
    if found > rows.limit[node]:
        limit = min(2 * found, len(state.seats) - 1)
        if rows.used[0] + limit > len(rows.to):
            for entry in range(found):
                rows.least[rows.touched[entry]] = FAR
            return False
        rows.first[node] = rows.used[0]
        rows.limit[node] = limit
        rows.used[0] += limit
    for entry in range(found):
        base = rows.touched[entry]
        edge = rows.first[node] + entry
        rows.to[edge] = base
        rows.length[edge] = rows.least[base]
        rows.child[edge] = rows.by[base]
        rows.least[base] = FAR
    rows.held[node] = found
    rows.stale[node] = False
    return True


@compiled
def _least(state: State, node: int) -> int:
    """The least cost of a move to each base, left in ``least``; how many bases, listed in ``touched``."""
    rows = state.rows
    found = 0
    rows.out[node] = FAR
    child = state.head[node]
    while child != END:
        now = state.paid[child]
        if state.unplaced[child] - now < rows.out[node]:
            rows.out[node] = state.unplaced[child] - now
            rows.out_child[node] = child
        for arc in range(state.start[child], state.start[child + 1]):
            base, cost = state.base[arc], state.cost[arc]
            if cost < FORBIDDEN and cost - now < rows.least[base]:
                if rows.least[base] == FAR:
                    rows.touched[found] = base
                    found += 1
                rows.least[base] = cost - now
                rows.by[base] = child
        child = state.after[child]
    return found


def grown(state: State) -> State:
    """The same state with a store twice as large."""
    rows = state.rows

    def doubled(part: np.ndarray) -> np.ndarray:
        return np.concatenate((part, np.empty(len(part) + 1024, part.dtype)))

    larger: Rows = rows._replace(to=doubled(rows.to), length=doubled(rows.length), child=doubled(rows.child))
    return state._replace(rows=larger)
