"""Mending a best plan after one change: one shortest path, out of a base too full or into a base with room at a price.

Lengths are reduced by the prices and so nought or more: the search is Dijkstra's and stops at the first node that ends
it. Prices then move by the distances, and complementary slackness holds again. This is a step of the successive
shortest path algorithm (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, section 9.7).
"""

from __future__ import annotations

from typing import Final

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign import heap
from rightplace.places.assign.rows import refresh
from rightplace.places.assign.setting_graph import FAR
from rightplace.places.assign.state import END, State, cost_at, lift, put

NO_STORE: Final = -1
"""What a search returns when the store of the graph is full; nothing has then been changed."""


@compiled
def relieve(state: State, full: int) -> int:
    """Base ``full`` has a child more than seats: children move on, by a shortest path, to where there is room."""
    heap.clear(state.heap)
    heap.offer(state.heap, full, 0)
    end = _search(state, NO_STORE)
    if end == NO_STORE:
        return NO_STORE
    last = state.heap.key[end]
    for node in range(len(state.seats)):
        if state.heap.key[node] < last:
            state.price[node] += last - state.heap.key[node]
    _move(state, end, full)
    return end


@compiled
def fill(state: State, empty: int) -> int:
    """Base ``empty`` has a seat free and a price above nought: children move in, by a shortest path, if there is gain."""
    heap.clear(state.heap)
    for node in range(len(state.seats)):
        state.via[node] = END
        # A start at the price of the empty base or above could not gain.
        if node == empty or (state.load[node] > 0 and state.price[node] < state.price[empty]):
            heap.offer(state.heap, node, state.price[node])
    if _search(state, empty) == NO_STORE:
        return NO_STORE
    last = state.heap.key[empty]
    for node in range(len(state.seats)):
        state.price[node] = max(0, state.price[node] - min(last, state.heap.key[node]))
    _move(state, empty, END)
    return empty


@compiled
def _search(state: State, target: int) -> int:
    """Go out from what the heap holds, to ``target`` or, without one, to the first node with room. Leaves ``via``."""
    rows, keys, price = state.rows, state.heap.key, state.price
    nobody = len(state.seats) - 1
    bound = keys[target] if target >= 0 else FAR
    while state.heap.held[0] > 0:
        a = heap.take(state.heap)
        if a == target or (target < 0 and state.load[a] < state.seats[a]):
            return a
        if rows.stale[a] and not refresh(state, a):
            return NO_STORE
        reach = keys[a] - price[a]
        for edge in range(rows.first[a], rows.first[a] + rows.held[a]):
            b = rows.to[edge]
            key = reach + rows.length[edge] + price[b]
            if key < keys[b] and key < bound:
                heap.offer(state.heap, b, key)
                state.via[b] = rows.child[edge]
                if b == target or (target < 0 and state.load[b] < state.seats[b]):
                    bound = key
        if reach + rows.out[a] < min(keys[nobody], bound):
            heap.offer(state.heap, nobody, reach + rows.out[a])
            state.via[nobody] = rows.out_child[a]
            if target < 0:
                bound = reach + rows.out[a]
    return NO_STORE


@compiled
def _move(state: State, end: int, start: int) -> None:
    """Move each child on the path to ``end`` one node on, back to ``start`` or to a node that nothing led to."""
    while end != start and state.via[end] != END:
        child = state.via[end]
        earlier = state.at[child]
        lift(state, child)
        put(state, child, end, cost_at(state, child, end))
        end = earlier
