"""The least prices that support a plan: one shortest-path pass over the settings.

The shortest distance to base *b* in the graph of bases, from any base that has children, is minus the value of one more
place at *b*: children move along the path, the last of them into the new seat, and the seat where the path starts is
left free. Lengths may be negative, so the pass corrects labels, small ones first; a distance that falls below nought at
a base with room shows a plan that is not the best.
Source: Ahuja, Magnanti and Orlin, *Network Flows* (1993), chapters 5 (label correcting) and 9 (residual network).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError
from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.problem import Index, Problem, Whole
from rightplace.places.assign.setting_graph import FAR, SettingGraph, setting_graph

_BEST: Final = 0
_NOT_BEST: Final = 1


def least_prices(of: Problem, base: Index) -> Whole:
    """What one more place at each base would save, int64[bases]: nought where there is room.

    These are the least prices that satisfy complementary slackness with the plan ``base``.
    Raises ``DataError`` where the plan is not a best one, or gives a base more children than seats.
    """
    graph = setting_graph(of, base)
    over = np.flatnonzero(graph.load[:-1] > of.seats)
    if len(over):
        raise DataError(
            f"Base {int(over[0])} is given {int(graph.load[over[0]])} children and has {int(of.seats[over[0]])} seats."
        )
    distance = distances(of, graph)
    if distance is None:
        raise DataError("The plan is not the best: children could change places and all together be better off.")
    return np.maximum(0, -distance)


def child_prices(of: Problem, base_price: Whole) -> Whole:
    """The least of cost and price over each child's candidates, leaving it without a place being one of them."""
    price = of.unplaced.copy()
    has = np.flatnonzero(np.diff(of.start))
    if len(has):
        least = np.minimum.reduceat(of.cost + base_price[of.base], of.start[has])
        price[has] = np.minimum(price[has], least)
    return price


def distances(of: Problem, graph: SettingGraph) -> Whole | None:
    """The shortest distance to each base, int64[bases]; None where there is a way to better the plan."""
    room = graph.load[:-1] < of.seats
    distance = np.where(graph.load > 0, 0, FAR).astype(np.int64)
    said = _correct(graph.first, graph.to, graph.length, graph.out, graph.load, room, distance)
    return None if said == _NOT_BEST else distance[:-1]


@compiled
def _correct(
    first: Whole, to: Index, length: Whole, out: Whole, load: Whole, room: npt.NDArray[np.bool_], distance: Whole
) -> int:
    nodes = len(load)
    queue = np.empty(nodes, np.int32)
    waiting = np.zeros(nodes, np.bool_)
    head = held = 0
    for a in range(nodes):
        if load[a] > 0:
            queue[held] = a
            waiting[a] = True
            held += 1
    left = np.int64(nodes + 1) * np.int64(nodes + 1)
    while held:
        a = queue[head]
        head = (head + 1) % nodes
        held -= 1
        waiting[a] = False
        left -= 1
        if left < 0 or distance[a] + out[a] < 0:
            return _NOT_BEST
        for edge in range(first[a], first[a + 1]):
            b = to[edge]
            if distance[a] + length[edge] < distance[b]:
                distance[b] = distance[a] + length[edge]
                if room[b] and distance[b] < 0:
                    return _NOT_BEST
                if not waiting[b] and load[b] > 0:
                    waiting[b] = True
                    if held and distance[b] < distance[queue[head]]:
                        head = (head + nodes - 1) % nodes
                        queue[head] = b
                    else:
                        queue[(head + held) % nodes] = b
                    held += 1
    return _BEST
