"""The process carried out: whether an event may be recorded, and the case after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rightplace.casework.events import EVENTS, Event
from rightplace.casework.guards import Guard
from rightplace.casework.history import History, in_order
from rightplace.casework.states import IN_FORCE, State, Track
from rightplace.casework.transitions import TRANSITIONS, Transition
from rightplace.errors import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an event may not be recorded: for officers, for families, and the law it stands on."""

    reason: str
    family: str
    basis: str


def replay(events: Iterable[Event], *, born: date | None = None) -> History:
    """A case from its events, in any order; events of one day count in the order given.

    Raises ``RefusedError`` at the first event that the process does not allow, with the reason.
    """
    history = History(born=born)
    for event in in_order(events):
        history = record(history, event)
    return history


def record(history: History, event: Event) -> History:
    """The case after an event. Raises ``RefusedError`` when it may not be recorded, with the reason."""
    refusal = why_not(history, event)
    if refusal:
        raise RefusedError(
            f"“{event.LABEL}” cannot be recorded on {event.day}. {refusal.reason}",
            where=refusal.basis,
            action="Check the day and the order of the events, and whether one is missing.",
        )
    targets: dict[Track, State] = {}
    for track, row in _rows_for(history, event).items():
        if row and row.target:
            targets[track] = row.target
    return replace(history, events=(*history.events, event), situation=history.situation.moved(targets))


def why_not(history: History, event: Event) -> Refusal | None:
    """Why an event may not be recorded now; None when it may."""
    if history.events and event.day < history.events[-1].day:
        return Refusal(
            reason=f"Something later is already recorded, on {history.events[-1].day}.",
            family="Something later has already happened.",
            basis=event.BASIS,
        )
    for track, row in _rows_for(history, event).items():
        if row is None:
            fitting = [held for held in rows_of(type(event))[track] if held.on.fits(event)]
            return _wrong_state(history.situation.of(track), type(event), fitting)
        refusal = _refused_by(row.guards, history, event, event.day)
        if refusal:
            return refusal
    return None


def could_happen(history: History, kind: type[Event], on: date) -> Refusal | None:
    """Why no event of a kind may be recorded on a day, whatever its facts; None when one may."""
    for track, rows in rows_of(kind).items():
        state = history.situation.of(track)
        open_rows = [row for row in rows if state in row.sources]
        if not open_rows:
            return _not_from(state, kind, track)
        refusals = [_refused_by(row.guards, history, None, on) for row in open_rows]
        if all(refusals):
            return refusals[0]
    return None


def rows_of(kind: type[Event]) -> Mapping[Track, tuple[Transition, ...]]:
    """The rows of the table for a kind of event, by track."""
    return _ROWS[kind]


def _by_track(kind: type[Event]) -> dict[Track, tuple[Transition, ...]]:
    rows = [row for row in TRANSITIONS if row.on.event is kind]
    tracks = dict.fromkeys(row.track for row in rows)
    return {track: tuple(row for row in rows if row.track is track) for track in tracks}


_ROWS: Final = {kind: _by_track(kind) for kind in EVENTS.values()}


def _rows_for(history: History, event: Event) -> dict[Track, Transition | None]:
    """For each track the event stands under, the row for the present state, or None when there is none."""
    found: dict[Track, Transition | None] = {}
    for track, rows in rows_of(type(event)).items():
        state = history.situation.of(track)
        found[track] = next((row for row in rows if state in row.sources and row.on.fits(event)), None)
    return found


def _refused_by(guards: tuple[Guard, ...], history: History, event: Event | None, on: date) -> Refusal | None:
    for guard in guards:
        if not guard.test(history, event, on):
            return Refusal(reason=guard.reason, family=guard.family, basis=guard.basis)
    return None


_NOT_FROM: Final[dict[tuple[State, type[Event], Track], Refusal]] = {}
"""Refusals that were worded. Not ``functools.cache``: the type checker takes a class of events for an event, which has no hash."""


def _not_from(state: State, kind: type[Event], track: Track) -> Refusal:
    """Why no event of a kind may be recorded in a state of the case. Worked out once."""
    known = _NOT_FROM.get((state, kind, track))
    if known is None:
        known = _NOT_FROM[state, kind, track] = _wrong_state(state, kind, rows_of(kind)[track])
    return known


def _wrong_state(state: State, kind: type[Event], rows: Sequence[Transition]) -> Refusal:
    sources = dict.fromkeys(source for row in rows for source in row.sources)
    if all(kept in sources for kept in IN_FORCE):
        sources = dict.fromkeys(source for source in sources if not source.in_force or source is State.IN_FORCE)
    places = "; ".join(f"“{source.label}”" for source in sources) or "no state of the case with these facts"
    return Refusal(
        reason=f"The case is at “{state.label}”. This belongs to: {places}.",
        family=f"This does not fit where we are now: {state.family}",
        basis=kind.BASIS,
    )
