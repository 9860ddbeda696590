"""Splitting a publication into parts between which nothing can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rightplace.disclosure.sums import Sum


def components(size: int, sums: Sequence[Sum[int]], *, fixed: Collection[int]) -> list[list[int]]:
    """Groups of the numbers 0 to ``size`` - 1 that sums join, each in order.

    A ``fixed`` number is one the reader knows exactly: it carries nothing from one sum to the
    next, so it joins no groups and is listed in every group that has a sum with it.
    """
    leader = list(range(size))

    def lead(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        loose = [cell for cell in one.cells if cell not in fixed]
        for cell in loose[1:]:
            leader[lead(cell)] = lead(loose[0])
    groups: dict[int, set[int]] = {}
    for cell in range(size):
        groups.setdefault(lead(cell), set()).add(cell)
    for one in sums:
        loose = [cell for cell in one.cells if cell not in fixed]
        if loose:
            groups[lead(loose[0])].update(one.cells)
    return [sorted(group) for group in groups.values()]


def within(group: Sequence[int], sums: Iterable[Sum[int]], *, fixed: Collection[int]) -> tuple[Sum[int], ...]:
    """The sums of a group, in its own numbering from 0."""
    number = {cell: position for position, cell in enumerate(group)}
    return tuple(
        Sum(
            total=number[one.total],
            parts=tuple(number[cell] for cell in one.parts),
            less=tuple(number[cell] for cell in one.less),
        )
        for one in sums
        if any(cell in number and cell not in fixed for cell in one.cells)
    )
