"""A plan of least cost by minimum-cost flow.

One unit of flow leaves each child, for a candidate base or for nowhere, and ends in one sink through the seats of the
base. Capacities are whole, so a best flow is whole (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, theorem 9.10).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError
from rightplace.places.assign.problem import NOWHERE, Index, Problem

LARGEST: Final = 2**62
"""The flow program multiplies costs by one more than its nodes; the product may not pass this."""


def fits(of: Problem) -> bool:
    """Whether the flow program can hold these costs exactly."""
    largest = max((int(np.abs(part).max()) for part in (of.cost, of.unplaced) if len(part)), default=0)
    return largest * (of.children + of.bases + 2) <= LARGEST


def flow(of: Problem, *, full: npt.NDArray[np.bool_] | None = None) -> Index:
    """The base of each child in a plan of least cost. Bases marked in ``full`` have every seat taken.

    Raises ``DataError`` where the costs are too large, or where the bases of ``full`` cannot be filled.
    """
    from ortools.graph.python import min_cost_flow

    if not fits(of):
        raise DataError("The costs are too large for exact arithmetic.", action="Use coarser units.")
    network = min_cost_flow.SimpleMinCostFlow()
    arcs = _add_arcs(network, of, np.zeros(of.bases, bool) if full is None else full)
    status = network.solve()
    if status != network.OPTIMAL:
        raise DataError("No plan fills the bases that have to be full.")
    used = np.flatnonzero(network.flows(arcs))
    base = np.full(of.children, NOWHERE, np.int32)
    base[of.child_of_arc()[used]] = of.base[used]
    return base


def _add_arcs(network: Any, of: Problem, full: npt.NDArray[np.bool_]) -> Any:
    """Nodes: children, then bases, then the sink. Returns the numbers of the arcs from children to bases."""
    children, bases = of.children, of.bases
    sink = np.int32(children + bases)
    one = np.ones(len(of.base), np.int64)
    arcs = network.add_arcs_with_capacity_and_unit_cost(of.child_of_arc(), of.base + np.int32(children), one, of.cost)
    everyone = np.arange(children, dtype=np.int32)
    network.add_arcs_with_capacity_and_unit_cost(
        everyone, np.full(children, sink), np.ones(children, np.int64), of.unplaced
    )
    loose = np.flatnonzero(~full).astype(np.int32)
    network.add_arcs_with_capacity_and_unit_cost(
        loose + np.int32(children), np.full(len(loose), sink), of.seats[loose], np.zeros(len(loose), np.int64)
    )
    needed = np.where(full, of.seats, 0)
    supply = np.concatenate((np.ones(children, np.int64), -needed, [int(needed.sum()) - children]))
    network.set_nodes_supplies(np.arange(children + bases + 1, dtype=np.int32), supply)
    return arcs
