"""The requests of one person as the return says them: what was loaded, what has happened since, and what officers answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch

from rightplace.casework import events as ev
from rightplace.casework.deadlines import deadlines
from rightplace.casework.events import Event
from rightplace.casework.history import appeal_subjects
from rightplace.casework.process import replay
from rightplace.web.accounts.models import Organisation
from rightplace.web.cases.models import CaseEvent, CaseExemption
from rightplace.web.cases.store.read import as_events, counted, exemptions, struck_numbers
from rightplace.web.load.facts import Facts
from rightplace.web.load.historical import in_period
from rightplace.web.load.nested import Record
from rightplace.web.load.placed import put_placed
from rightplace.web.load.since import put_over
from rightplace.web.placement.models import Stay
from rightplace.web.return_items.models import ReturnAnswers

BESIDE: Final = (
    Prefetch("events", CaseEvent.objects.order_by("number"), to_attr="held_events"),
    Prefetch(
        "exemptions", CaseExemption.objects.filter(withdrawal__isnull=True).order_by("pk"), to_attr="held_exemptions"
    ),
    Prefetch("stays", Stay.objects.filter(struck="").select_related("setting"), to_attr="held_stays"),
    Prefetch("return_answers", ReturnAnswers.objects.order_by("number"), to_attr="held_answers"),
)
"""What :func:`requests_of` reads beside a case, for as many cases as there are: ask for cases with it."""
_STARTS: Final = (ev.RequestReceived, ev.BroughtToAttention, ev.MovedIn)
_ENDS: Final = (ev.RequestWithdrawn, ev.NoLongerResponsible, ev.Died)


def codes_of_settings() -> dict[str, str]:
    """The code of each setting by its name."""
    return dict(Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("name", "code"))


def requests_of(case: Any, loaded: Sequence[Record], codes: Mapping[str, str], reference: date) -> list[Record]:
    """The requests of a case (with what is ``BESIDE`` it) as at a census day. With nothing new, those loaded, as they were."""
    rows = case.held_events
    kept = [row for row in counted(rows, struck_numbers(rows)) if row.day <= reference]
    recorded = sorted((row for row in kept if not row.source), key=lambda row: row.day)
    answers, stays = _answers(case), _stays(case, reference)
    if not (recorded or answers or stays):
        return list(loaded)
    since, start = as_events(recorded), date(reference.year - 1, 1, 1)
    before = [event for event in as_events(row for row in kept if row.source) if appeal_subjects(event)]
    facts = Facts(
        codes=codes,
        answers=answers,
        excused=_excused(case, as_events(kept), reference),
        decision=before[-1] if before else None,
        period_start=start,
    )
    requests = put_over(list(loaded), since, facts)
    put_placed(requests, stays, answers, start)
    old = len(loaded)
    return requests[:old] + in_period(requests[old:], start, _ended(since))


def _answers(case: Any) -> dict[str, str]:
    return dict(case.held_answers[-1].values) if case.held_answers else {}


def _excused(case: Any, events: Sequence[Event], reference: date) -> frozenset[date]:
    """Days of final plans on whose limit an exemption is recorded."""
    held = exemptions(case.held_exemptions)
    if not held:
        return frozenset()
    history = replay(events, born=case.person.born)
    known = [one for one in held if one.starts <= reference]
    found = deadlines(history, known, reference)
    return frozenset(one.met for one in found if one.rule.id == "final_plan" and one.met and one.excuses)


def _stays(case: Any, reference: date) -> list[Stay]:
    found = [stay for stay in case.held_stays if stay.entry <= reference]
    for stay in found:
        if stay.leaving and stay.leaving > reference:
            stay.leaving = None
    return found


def _ended(events: Sequence[Event]) -> dict[int, date]:
    """By place of the request, the day it was withdrawn, or its subject moved away or died."""
    ended: dict[int, date] = {}
    place = -1
    for event in events:
        place += isinstance(event, _STARTS)
        if isinstance(event, _ENDS):
            ended[place] = event.day
    return ended
