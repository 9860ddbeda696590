"""A best plan held so that one change can be worked into it: who is where, at what price, and what a move would cost."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign import heap
from rightplace.places.assign.problem import NOWHERE, Assignment, Index, Problem, Whole, paid
from rightplace.places.assign.setting_graph import FAR, SettingGraph, setting_graph

AWAY: Final = -2
"""Where a child is who has been taken out of the plan."""

FORBIDDEN: Final = 2**61
"""The cost of a candidate that is barred. No real cost comes near it."""

END: Final = -1


class Rows(NamedTuple):
    """The graph of bases, a row a node with room to grow: entries ``first[a]`` to ``first[a] + held[a]``.

    ``stale`` marks rows to be made again before they are read. ``out`` is the move that leaves a child without a place.
    ``used[0]`` is how far the store is filled. ``least``, ``by`` and ``touched`` are for making a row.
    """

    first: Whole
    held: Whole
    limit: Whole
    to: Index
    length: Whole
    child: Index
    out: Whole
    out_child: Index
    stale: npt.NDArray[np.bool_]
    used: Whole
    least: Whole
    by: Index
    touched: Index


class State(NamedTuple):
    """Node ``bases`` of ``at``, ``load``, ``price`` and ``seats`` stands for having no place; it is never full.

    ``price`` satisfies complementary slackness with ``at`` between changes. ``head``, ``after`` and ``before`` are a
    linked list of the children at each node. ``via`` is the child whose move led to a node in the latest search.
    """

    seats: Whole
    start: Whole
    base: Index
    cost: Whole
    unplaced: Whole
    at: Index
    paid: Whole
    load: Whole
    price: Whole
    head: Index
    after: Index
    before: Index
    rows: Rows
    heap: heap.Heap
    via: Index


def held(of: Problem, plan: Assignment) -> State:
    """The state of a best plan with prices. Nothing in it that changes is shared with ``of`` or ``plan``."""
    nodes = of.bases + 1
    graph = setting_graph(of, plan.base)
    made = State(
        seats=np.append(of.seats, of.children + 1),
        start=of.start,
        base=of.base,
        cost=of.cost.copy(),
        unplaced=of.unplaced.copy(),
        at=np.where(plan.base == NOWHERE, of.bases, plan.base).astype(np.int32),
        paid=paid(of, plan.base),
        load=graph.load.astype(np.int64),
        price=np.append(plan.base_price, 0),
        head=np.full(nodes, END, np.int32),
        after=np.full(of.children, END, np.int32),
        before=np.full(of.children, END, np.int32),
        rows=_rows(graph, of.bases),
        heap=heap.empty(nodes),
        via=np.empty(nodes, np.int32),
    )
    _link_all(made)
    return made


def _rows(graph: SettingGraph, bases: int) -> Rows:
    edges = len(graph.to)
    spare = np.empty(edges // 2 + 64 * bases + 1024, np.int64)
    return Rows(
        first=graph.first[:-1].copy(),
        held=np.diff(graph.first),
        limit=np.diff(graph.first),
        to=np.concatenate((graph.to, spare.astype(np.int32))),
        length=np.concatenate((graph.length, spare)),
        child=np.concatenate((graph.child, spare.astype(np.int32))),
        out=graph.out.copy(),
        out_child=np.full(bases + 1, END, np.int32),
        stale=np.zeros(bases + 1, np.bool_),
        used=np.array([edges], np.int64),
        least=np.full(bases, FAR, np.int64),
        by=np.empty(bases, np.int32),
        touched=np.empty(bases, np.int32),
    )


@compiled
def put(state: State, child: int, node: int, cost: int) -> None:
    """Put a child who is nowhere in the lists at a node, for a cost."""
    state.at[child] = node
    state.paid[child] = cost
    state.load[node] += 1
    state.rows.stale[node] = True
    _link(state, child, node)


@compiled
def lift(state: State, child: int) -> None:
    """Take a child out of the lists."""
    node = state.at[child]
    earlier, later = state.before[child], state.after[child]
    if earlier == END:
        state.head[node] = later
    else:
        state.after[earlier] = later
    if later != END:
        state.before[later] = earlier
    state.load[node] -= 1
    state.rows.stale[node] = True
    state.at[child] = AWAY


@compiled
def cost_at(state: State, child: int, node: int) -> int:
    """What a child's place at a node costs; ``FORBIDDEN`` where it is not a candidate."""
    if node == len(state.seats) - 1:
        return int(state.unplaced[child])
    for arc in range(state.start[child], state.start[child + 1]):
        if state.base[arc] == node:
            return int(state.cost[arc])
    return FORBIDDEN


@compiled
def _link(state: State, child: int, node: int) -> None:
    state.before[child] = END
    state.after[child] = state.head[node]
    if state.head[node] != END:
        state.before[state.head[node]] = child
    state.head[node] = child


@compiled
def _link_all(state: State) -> None:
    for child in range(len(state.at)):
        node = state.at[child]
        _link(state, child, node)
        if state.unplaced[child] - state.paid[child] == state.rows.out[node]:
            state.rows.out_child[node] = child
