"""The events of a case that one deadline rule is about: those that start it, and those that fulfil or end it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rightplace.casework import events as ev
from rightplace.casework.events import Event, Match
from rightplace.casework.rule import Again, DeadlineRule

ENDING: Final = Match.of(ev.RequestWithdrawn, ev.NoLongerResponsible, ev.PlanTransferred, ev.PlanCeased, ev.Died)
"""Events after which nothing of what went before is owed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event and its place among the events of the case; whether it may fulfil the rule, and whether it ends it."""

    place: int
    event: Event
    fulfils: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """What happened in a case, as far as one rule is about it, in order."""

    rule: DeadlineRule
    starting: tuple[Placed, ...]
    closing: tuple[Placed, ...]

    def starts(self) -> list[Placed]:
        """The events that start a deadline of the rule: not those that only repeat one that is open."""
        if self.rule.again is Again.EACH_COUNTS:
            return list(self.starting)
        kept: list[Placed] = []
        for placed in self.starting:
            open_before = [held for held in kept if self._same(held, placed) and not self.close(held, placed.place)]
            if self.rule.again is Again.FIRST_STANDS and open_before:
                continue
            kept = [held for held in kept if held not in open_before]
            kept.append(placed)
        return kept

    def close(self, start: Placed, until: int | None = None) -> Placed | None:
        """The event that fulfilled or ended a deadline, up to and with the place ``until``; None while it is open."""
        for held in self.closing:
            if held.place <= start.place:
                continue
            if until is not None and held.place > until:
                return None
            if held.ends or self.fulfilled(start, held):
                return held
        return None

    def fulfilled(self, start: Placed, held: Placed) -> bool:
        """Whether an event did what a deadline asked for."""
        if not held.fulfils or not self._same(start, held):
            return False
        return self.rule.answers is None or self.rule.answers(start.event, held.event)

    def _same(self, one: Placed, other: Placed) -> bool:
        same = self.rule.same
        return not same or getattr(one.event, same) == getattr(other.event, same)


ByKind = Mapping[type[Event], Sequence[tuple[int, Event]]]
"""The events of a case by their kind, each with its place."""


def by_kind(events: Iterable[Event]) -> ByKind:
    """The events of a case by their kind, in order."""
    found: dict[type[Event], list[tuple[int, Event]]] = {}
    for place, event in enumerate(events):
        found.setdefault(type(event), []).append((place, event))
    return found


def course(rule: DeadlineRule, lived: ByKind) -> Course:
    """The course of a case under a rule; only the kinds of events that the rule is about are looked at."""
    starts, meets, ends = _kinds(rule)
    starting = [
        Placed(place, event)
        for kind, matches in starts.items()
        for place, event in lived.get(kind, ())
        if _fits(matches, event)
    ]
    if not starting:
        return Course(rule, (), ())
    closing = []
    for kind in meets.keys() | ends.keys() | _ENDING:
        for place, event in lived.get(kind, ()):
            fulfils = _fits(meets.get(kind, ()), event)
            over = kind in _ENDING or _fits(ends.get(kind, ()), event)
            if fulfils or over:
                closing.append(Placed(place, event, fulfils, over))
    return Course(rule, _in_order(starting), _in_order(closing))


def _in_order(placed: list[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(placed, key=lambda held: held.place))


def _fits(matches: Sequence[Match], event: Event) -> bool:
    return any(match.fits(event) for match in matches)


Kinds = dict[type[Event], tuple[Match, ...]]
_KNOWN: Final[dict[str, tuple[DeadlineRule, tuple[Kinds, Kinds, Kinds]]]] = {}
_ENDING: Final = frozenset(match.event for match in ENDING)


def _kinds(rule: DeadlineRule) -> tuple[Kinds, Kinds, Kinds]:
    """The matches of a rule by kind of event: those that start it, fulfil it and make it fall away. Worked out once."""
    known = _KNOWN.get(rule.id)
    if known is None or known[0] is not rule:
        known = _KNOWN[rule.id] = (rule, (_sorted(rule.starts), _sorted(rule.met_by), _sorted(rule.falls_away)))
    return known[1]


def _sorted(matches: tuple[Match, ...]) -> Kinds:
    return {kind: tuple(m for m in matches if m.event is kind) for kind in {match.event for match in matches}}
