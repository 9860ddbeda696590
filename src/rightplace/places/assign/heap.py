"""A heap of nodes by key that can lower a key in place, in compiled code."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.problem import Index, Whole
from rightplace.places.assign.setting_graph import FAR

ABSENT: Final = -1
DONE: Final = -2


class Heap(NamedTuple):
    """``nodes`` in heap order, ``place`` of each node in it (``ABSENT``, ``DONE``), ``key`` of each node, ``held[0]`` nodes."""

    nodes: Index
    place: Index
    key: Whole
    held: Whole


def empty(size: int) -> Heap:
    """A heap that can hold nodes 0 to ``size`` - 1."""
    return Heap(
        nodes=np.empty(size, np.int32),
        place=np.full(size, ABSENT, np.int32),
        key=np.full(size, FAR, np.int64),
        held=np.zeros(1, np.int64),
    )


@compiled
def clear(heap: Heap) -> None:
    """Forget everything: every key is ``FAR``."""
    heap.held[0] = 0
    heap.place[:] = ABSENT
    heap.key[:] = FAR


@compiled
def offer(heap: Heap, node: int, key: int) -> bool:
    """Put a node in, or lower its key. False where it is done or already as low."""
    at = heap.place[node]
    if at == DONE or key >= heap.key[node]:
        return False
    heap.key[node] = key
    if at == ABSENT:
        at = heap.held[0]
        heap.held[0] += 1
    while at > 0:
        above = (at - 1) >> 1
        other = heap.nodes[above]
        if heap.key[other] <= key:
            break
        heap.nodes[at] = other
        heap.place[other] = at
        at = above
    heap.nodes[at] = node
    heap.place[node] = at
    return True


@compiled
def take(heap: Heap) -> int:
    """Remove and return the node of the lowest key; its key can still be read. The heap must hold one."""
    lowest = heap.nodes[0]
    heap.place[lowest] = DONE
    heap.held[0] -= 1
    held = heap.held[0]
    if held == 0:
        return int(lowest)
    node = heap.nodes[held]
    key = heap.key[node]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= held:
            break
        if below + 1 < held and heap.key[heap.nodes[below + 1]] < heap.key[heap.nodes[below]]:
            below += 1
        other = heap.nodes[below]
        if heap.key[other] >= key:
            break
        heap.nodes[at] = other
        heap.place[other] = at
        at = below
    heap.nodes[at] = node
    heap.place[node] = at
    return int(lowest)
