"""The graph of bases under one plan: what it costs at least to move a child of one base to another."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.problem import NOWHERE, Index, Problem, Whole

FAR: Final = 2**62
"""A length that no path has."""


class SettingGraph(NamedTuple):
    """Edges from base to base. Node ``bases`` stands for having no place; nobody is full.

    Edges ``first[a]`` to ``first[a + 1]`` leave node ``a`` for base ``to``; ``length`` is the least, over the children
    now at ``a`` that could go to that base, of what going there would add, and ``child`` the one of whom that is true.
    ``out`` is the least that leaving a child of ``a`` without a place would add. ``load`` is how many are at each node.
    """

    first: Whole
    to: Index
    length: Whole
    child: Index
    out: Whole
    load: Whole


def setting_graph(of: Problem, base: Index) -> SettingGraph:
    """The graph under the plan ``base``."""
    at = np.where(base == NOWHERE, of.bases, base).astype(np.int64)
    load = np.bincount(at, minlength=of.bases + 1)
    members = np.argsort(at, kind="stable").astype(np.uint32)
    first_member = np.concatenate(([0], np.cumsum(load)))
    first, to, length, child, out = _compress(
        of.bases, of.start, of.base.view(np.uint32), of.cost, of.unplaced, members, first_member
    )
    return SettingGraph(first=first, to=to, length=length, child=child, out=out, load=load)


@compiled
def _compress(
    bases: int,
    start: Whole,
    base: npt.NDArray[np.uint32],
    cost: Whole,
    unplaced: Whole,
    members: npt.NDArray[np.uint32],
    first_member: Whole,
) -> tuple[Whole, Index, Whole, Index, Whole]:
    # Unsigned subscripts spare the machine code a test for negative ones, which is a third of the time.
    least = np.full(bases, FAR, np.int64)
    by = np.empty(bases, np.uint32)
    touched = np.empty(bases, np.uint32)
    to = np.empty(len(base), np.int32)
    length = np.empty(len(base), np.int64)
    who = np.empty(len(base), np.int32)
    first = np.zeros(bases + 2, np.int64)
    out = np.full(bases + 1, FAR, np.int64)
    edges = 0
    for a in range(bases + 1):
        found = 0
        for member in range(first_member[a], first_member[a + 1]):
            child = members[member]
            low, high = np.uint64(start[child]), np.uint64(start[child + np.uint32(1)])
            now = unplaced[child]
            for arc in range(low, high):
                if base[arc] == a:
                    now = cost[arc]
            out[a] = min(out[a], unplaced[child] - now)
            for arc in range(low, high):
                b = base[arc]
                if cost[arc] - now < least[b]:
                    if least[b] == FAR:
                        touched[found] = b
                        found += 1
                    least[b] = cost[arc] - now
                    by[b] = child
        for edge in range(np.uint64(found)):
            b = touched[edge]
            to[edges] = b
            length[edges] = least[b]
            who[edges] = by[b]
            least[b] = FAR
            edges += 1
        first[a + 1] = edges
    return first, to[:edges].copy(), length[:edges].copy(), who[:edges].copy(), out
