"""The core of a p-median problem as a linear programme: exact prices where subgradient steps stall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from rightplace.places.siting.arrays import Reals, Whole

_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A small programme: its columns are arcs, "elsewhere" for each customer, then sites."""

    cost: Reals
    links: csr_matrix
    served: csr_matrix
    wanted: Reals
    low: Reals
    high: Reals
    sites: int


def build(cost: Reals, must: Whole, wanted: int, offers: Reals, room: float) -> Core:
    """The core of the sites of ``cost`` (customers, sites) around the prices ``offers``.

    An answer less than ``room`` above the bound at ``offers`` serves no customer at a cost above its offer plus ``room``:
    such arcs are left out, and one arc "elsewhere" at that cost stands for them.
    """
    customers, sites = cost.shape
    who, where = np.nonzero(cost < offers[:, None] + room)
    arcs, first = len(who), len(who) + customers
    arc = np.arange(arcs)
    links = csr_matrix(
        (
            np.concatenate([np.ones(arcs), -np.ones(arcs)]),
            (np.concatenate([arc, arc]), np.concatenate([arc, first + where])),
        ),
        shape=(arcs, first + sites),
    )
    rows = np.concatenate([who, np.arange(customers), np.full(sites, customers)])
    filled = np.concatenate([arc, arcs + np.arange(customers), first + np.arange(sites)])
    return Core(
        cost=np.concatenate([cost[who, where], offers + room, np.zeros(sites)]),
        links=links,
        served=csr_matrix((np.ones(len(rows)), (rows, filled)), shape=(customers + 1, first + sites)),
        wanted=np.concatenate([np.ones(customers), [float(wanted)]]),
        low=np.concatenate([np.zeros(first), must.astype(np.float64)]),
        high=np.concatenate([np.full(first, np.inf), np.ones(sites)]),
        sites=sites,
    )


def prices(core: Core) -> tuple[Reals, Reals] | None:
    """The best prices of the core and each site's share open; None where the solver gives none.

    The prices are worth what :func:`rightplace.places.siting.evaluate.median_bound` finds, no more.
    """
    result = linprog(
        core.cost,
        A_ub=core.links,
        b_ub=np.zeros(core.links.shape[0]),
        A_eq=core.served,
        b_eq=core.wanted,
        bounds=np.column_stack([core.low, core.high]),
        method="highs",
    )
    if result.status != 0:
        return None
    return np.asarray(result.eqlin.marginals[:-1], np.float64), np.asarray(result.x[-core.sites :], np.float64)


def shares(core: Core) -> Reals | None:
    """Each site's share open (0 or 1) in the best answer of the core that was found; None where none was."""
    rows = [LinearConstraint(core.links, -np.inf, 0.0), LinearConstraint(core.served, core.wanted, core.wanted)]
    kind = np.concatenate([np.zeros(len(core.cost) - core.sites), np.ones(core.sites)])
    bounds = Bounds(core.low, core.high)
    result = milp(core.cost, constraints=rows, integrality=kind, bounds=bounds, options={"time_limit": _SECONDS})
    return None if result.x is None else np.asarray(result.x[-core.sites :], np.float64)
