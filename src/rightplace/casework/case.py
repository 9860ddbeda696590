"""A case on a day: where it is, who has it, every deadline, what may happen next, and why not the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.casework import case_words
from rightplace.casework.conditions import comment_window_ends, family_has_had_its_say
from rightplace.casework.deadlines import Deadline, Status, deadlines
from rightplace.casework.events import EVENTS, Died, Event, RightsPassed
from rightplace.casework.exemptions import Exemption
from rightplace.casework.history import History
from rightplace.casework.process import could_happen, replay
from rightplace.casework.rule import Kind
from rightplace.casework.speech import speak
from rightplace.casework.states import Situation, State, Track
from rightplace.casework.terms import Owner, RightsHolder

CAPACITY = (
    "A young person who cannot make a particular decision, even with help, has it made by a representative, or by the "
    "parent where there is none (Children and Families Act 2014, section 80; Mental Capacity Act 2005)."
)
"""Unverified: section 80 and regulations 63 and 64 of SI 2014/1530 were not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that may happen next: the event, who does it, and the words for officers and for families."""

    event: str
    by: Owner
    words: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Something that may not happen now, and why, on what law."""

    event: str
    words: str
    reason: str
    family: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case on a day. ``stage`` and the rest are for officers; what begins with ``family`` is for the family.

    ``later`` counts events dated after the day, which the view leaves out.
    """

    on: date
    situation: Situation
    stage: tuple[str, ...]
    family_stage: tuple[str, ...]
    held_by: tuple[Owner, ...]
    family_held_by: str
    rights: RightsHolder
    rights_note: str
    deadlines: tuple[Deadline, ...]
    may_happen: tuple[Step, ...]
    may_not: tuple[Barred, ...]
    later: int = 0

    def shown(self, *statuses: Status) -> tuple[Deadline, ...]:
        """Deadlines of these statuses, the soonest first and those with no day last."""
        chosen = [deadline for deadline in self.deadlines if deadline.status in statuses]
        return tuple(sorted(chosen, key=lambda deadline: deadline.due or date.max))


def view(events: Iterable[Event], exemptions: Sequence[Exemption], on: date, *, born: date | None = None) -> CaseView:
    """A case as it stood at the end of a day.

    Raises ``RefusedError`` where the events are not a course the law allows or an exemption is not one it knows.
    """
    known = tuple(events)
    history = replay((event for event in known if event.day <= on), born=born)
    held = [exemption for exemption in exemptions if exemption.starts <= on]
    dues = deadlines(history, held, on)
    rights, note = rights_on(history, on)
    tracks = [history.situation.of(track) for track in Track]
    stages = [state for state in tracks if state.track is Track.PLAN or state.owner is not Owner.NOBODY]
    owners = _held_by(history, dues, on)
    may, may_not = _steps(history, on, rights)
    return CaseView(
        on=on,
        situation=history.situation,
        stage=tuple(state.label for state in stages),
        family_stage=tuple(speak(state.family, rights) for state in stages),
        held_by=owners,
        family_held_by=case_words.holds_for_family(owners),
        rights=rights,
        rights_note=note,
        deadlines=dues,
        may_happen=may,
        may_not=may_not,
        later=sum(event.day > on for event in known),
    )


def rights_on(history: History, on: date) -> tuple[RightsHolder, str]:
    """Who holds the rights on a day, and a note on it.

    They pass to the young person at the end of compulsory school age: the last Friday in June of the school year in which
    the person becomes 16 (Children and Families Act 2014, section 83(2); Education Act 1996, section 8).
    """
    ends = history.end_of_compulsory_school_age()
    if history.last(RightsPassed) or (ends is not None and on > ends):
        return RightsHolder.YOUNG_PERSON, CAPACITY
    if ends is None:
        return (
            RightsHolder.PARENT,
            "The date of birth is not given, so when the rights pass to the young person is not known.",
        )
    return RightsHolder.PARENT, f"Rights pass to the young person after {ends.day} {ends:%B %Y}."


def _held_by(history: History, dues: Sequence[Deadline], on: date) -> tuple[Owner, ...]:
    waiting = {due.rule.id for due in dues if due.met is None and due.ended is None and due.started}
    owners: list[Owner] = []
    for track in Track:
        state = history.situation.of(track)
        if state in (State.DRAFT, State.AMENDING, State.REDRAFTED):
            owners += _with_draft(history, waiting, on)
        elif state in (State.ASSESSING, State.REASSESSING) and "advice_return" in waiting:
            owners.append(Owner.ADVISER)
        elif state.owner is not Owner.NOBODY:
            owners.append(state.owner)
    if history.situation.plan is State.IN_FORCE and len(owners) > 1:
        owners = owners[1:]
    return tuple(dict.fromkeys(owners)) or (Owner.NOBODY,)


def _with_draft(history: History, waiting: set[str], on: date) -> list[Owner]:
    ends = comment_window_ends(history)
    owners = [Owner.FAMILY] if ends and on <= ends and not family_has_had_its_say(history, None, on) else []
    owners += [Owner.SETTING] if "setting_consult" in waiting else []
    return owners or [Owner.AUTHORITY]


def _steps(history: History, on: date, rights: RightsHolder) -> tuple[tuple[Step, ...], tuple[Barred, ...]]:
    may: list[Step] = []
    may_not: list[Barred] = []
    for name, kind in EVENTS.items():
        refusal = could_happen(history, kind, on)
        family = speak(kind.FAMILY, rights)
        if refusal is None:
            may.append(Step(event=name, by=kind.BY, words=kind.LABEL, family=family))
        else:
            reason = speak(refusal.family, rights)
            barred = Barred(event=name, words=kind.LABEL, reason=refusal.reason, family=reason, basis=refusal.basis)
            may_not.append(barred)
    # A death may be recorded at any time, and should not head every list of what comes next.
    may.sort(key=lambda step: step.event == Died.name())
    return tuple(may), tuple(may_not)


def late(view_: CaseView) -> tuple[Deadline, ...]:
    """Duties that are overdue on the day of a view, the longest overdue first."""
    return tuple(due for due in view_.shown(Status.OVERDUE) if due.rule.kind is Kind.DUTY)
