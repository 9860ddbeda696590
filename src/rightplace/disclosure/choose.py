"""Choosing what else to hide, so that no small count can be worked out from what is shown.

Counts are hidden one at a time, the smallest that helps first, until the audit passes; then each is
shown again if the audit still passes without it. The audit decides; the choice only has to be fair.
"""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.disclosure.attack import exposed
from rightplace.disclosure.knowledge import Publication, Reason, bounds, first_reasons
from rightplace.disclosure.sums import Sum


def choose(publication: Publication) -> list[Reason]:
    """Why each number is shown or not, in a publication that passes the audit.

    The search ends: each round hides more, and a publication that shows nothing passes.
    """
    reasons = first_reasons(publication)
    while found := exposed(publication, reasons, range(len(reasons))):
        _hide_more(publication, reasons, found[0])
        for cell in found[1:]:
            if exposed(publication, reasons, [cell]):
                _hide_more(publication, reasons, cell)
    _show_again(publication, reasons)
    return reasons


def _hide_more(publication: Publication, reasons: list[Reason], cell: int) -> None:
    extra = _candidate(publication, reasons, cell)
    if extra is not None:
        reasons[extra] = Reason.LINKED
        return
    for other in _block(publication, reasons, cell):
        if _can_be_withheld(publication, other):
            reasons[other] = Reason.WITHHELD


def _candidate(publication: Publication, reasons: Sequence[Reason], cell: int) -> int | None:
    """The best number to hide for ``cell``: in its tightest sums, else in those nearest to them."""
    totals = {one.total for one in publication.sums}
    seen, edge = {cell}, _tightest(publication, reasons, cell)
    while edge:
        cells = {other for one in edge for other in one.cells}
        free = [other for other in cells if _can_be_hidden(publication, reasons, other)]
        if free:
            return min(free, key=lambda other: (other in totals, publication.counts[other], other))
        new = cells - seen
        seen |= cells
        edge = [one for one in publication.sums if new.intersection(one.cells)]
    return None


def _tightest(publication: Publication, reasons: Sequence[Reason], cell: int) -> list[Sum[int]]:
    """The sums that narrow ``cell`` down by themselves, or all its sums when none does."""
    low, high = bounds(publication, reasons)
    own = [(one, gap) for one, gap in zip(publication.sums, publication.offsets(), strict=True) if cell in one.cells]
    tight = []
    for one, gap in own:
        sign = dict(one.terms())[cell]
        others = [(other, its) for other, its in one.terms() if other != cell]
        # The cell equals sign * (gap - the rest); the ends of the rest give the ends of the cell.
        least = sum(its * (low[other] if its > 0 else high[other]) for other, its in others)
        most = sum(its * (high[other] if its > 0 else low[other]) for other, its in others)
        ends = sorted((sign * (gap - least), sign * (gap - most)))
        if ends[0] > 1 or ends[1] < publication.rule.largest_small:
            tight.append(one)
    return tight or [one for one, _ in own]


def _can_be_hidden(publication: Publication, reasons: Sequence[Reason], cell: int) -> bool:
    return reasons[cell] is Reason.SHOWN and publication.counts[cell] != 0 and cell not in publication.known


def _can_be_withheld(publication: Publication, cell: int) -> bool:
    known_elsewhere = cell in publication.known and not publication.rule.is_small(publication.counts[cell] or 0)
    return publication.counts[cell] is not None and not known_elsewhere


def _block(publication: Publication, reasons: Sequence[Reason], cell: int) -> set[int]:
    """All cells of the sums of ``cell``, or of sums a step further out when those are withheld already."""
    reached = {cell}
    while True:
        wider = reached.union(*(one.cells for one in publication.sums if reached.intersection(one.cells)))
        left = any(reasons[other] is not Reason.WITHHELD and _can_be_withheld(publication, other) for other in wider)
        if left or wider == reached:
            return wider
        reached = wider


def _show_again(publication: Publication, reasons: list[Reason]) -> None:
    hidden = [cell for cell, reason in enumerate(reasons) if reason is Reason.LINKED]
    for cell in sorted(hidden, key=lambda one: -(publication.counts[one] or 0)):
        reasons[cell] = Reason.SHOWN
        if exposed(publication, reasons, range(len(reasons))):
            reasons[cell] = Reason.LINKED
