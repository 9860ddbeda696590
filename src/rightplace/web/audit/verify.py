"""Checking that nothing in the log or in the record of a case was changed, removed or put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rightplace.web.audit.log import SAID
from rightplace.web.audit.models import Entry, Head
from rightplace.web.audit.seal import seal, seal_of_many
from rightplace.web.cases.models import CaseEvent
from rightplace.web.cases.store.record import said

_SEAL: Final = re.compile(r"\b[0-9a-f]{64}\b")
"""The row that tells of a removal names the seals that are no longer there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many rows and events were looked at, the seal of the last row, and what is broken, in sentences."""

    rows: int
    events: int
    seal: str
    broken: tuple[str, ...]


def verify(*, most: int = 20) -> Verified:
    """Go through the log and every event of every case. At most ``most`` faults are told.

    A log whose every row and seal was made anew by someone who may write to the database looks whole: keep the seal that
    is given here somewhere else, and compare.
    """
    broken: list[str] = []
    rows, last, vouched, removed = _log(broken)
    events = _events(broken, {seal: case for seal, case in vouched.items() if seal not in removed})
    return Verified(rows=rows, events=events, seal=last, broken=tuple(broken[:most]))


def _log(broken: list[str]) -> tuple[int, str, dict[str, str], set[str]]:
    before, number, vouched, removed = "", 0, dict[str, str](), set[str]()
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            broken.append(f"Log: row {number + 1} is missing.")
        if entry.before != before:
            broken.append(f"Log: row {entry.number} does not follow the row before it.")
        if entry.seal != seal(entry.before, {name: getattr(entry, name) for name in SAID}):
            broken.append(f"Log: row {entry.number} was changed after it was written.")
        if entry.action == "remove":
            removed |= set(_SEAL.findall(entry.words))
        if entry.seals:
            vouched[entry.seals] = entry.case
        before, number = entry.seal, entry.number
    head = Head.objects.filter(pk=1).first()
    if head and (head.number, head.seal) != (number, before):
        broken.append(f"Log: it ends at row {number}, and should end at row {head.number}.")
    if head is None and number:
        broken.append("Log: the row that tells where it ends is missing.")
    return number, before, vouched, removed


def _events(broken: list[str], vouched: dict[str, str]) -> int:
    count, case, before, number = 0, None, "", 0
    loads: dict[str, list[str]] = {}
    found: set[str] = set()
    for row in _rows():
        if row.case_id != case:
            case, before, number = row.case_id, "", 0
        where = f"Case {row.case.reference}: event {row.number}"
        if row.number != number + 1 or row.before != before:
            broken.append(f"{where} does not follow the one before it.")
        if row.seal != seal(row.before, said(row, row.case.reference)):
            broken.append(f"{where} was changed after it was recorded.")
        if row.source:
            loads.setdefault(row.source, []).append(row.seal)
        elif row.seal not in vouched:
            broken.append(f"{where} is not in the log.")
        found.add(row.seal)
        before, number, count = row.seal, row.number, count + 1
    whole = {seal_of_many(seals) for seals in loads.values()}
    for source, seals in loads.items():
        if seal_of_many(seals) not in vouched:
            broken.append(f"The events of {source} are not those that the log says were loaded.")
    for missing in sorted(set(vouched) - found - whole):
        broken.append(f"An event that the log says was recorded for {vouched[missing]} is missing.")
    return count


def _rows() -> Iterator[CaseEvent]:
    rows = CaseEvent.objects.select_related("case").order_by("case_id", "number")
    return rows.iterator(chunk_size=2000)
