"""Saving review paperwork, and sending it once: the report and its events together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import Event, ReviewMeetingHeld, ReviewReportSent
from rightplace.casework.states import State
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import record
from rightplace.web.school.models import ReviewPaper


class PaperConflict(Exception):
    """Someone saved the paper since the form was opened. Nothing was saved; ``held`` is as it is now."""

    def __init__(self, held: ReviewPaper) -> None:
        super().__init__(held.pk)
        self.held = held


def in_hand(case: Case) -> ReviewPaper | None:
    """The paper that is being written; None where none was begun."""
    return ReviewPaper.objects.filter(case=case, sent_at__isnull=True).first()


def save(case: Case, entered: Mapping[str, Any], *, revision: int, by: Any) -> ReviewPaper:
    """Save the paper in hand. Raises ``PaperConflict`` where someone else saved another text since ``revision``."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        paper = in_hand(case) or ReviewPaper(case=case)
        if paper.revision != revision and paper.entered != dict(entered):
            raise PaperConflict(paper)
        paper.entered, paper.saved_by, paper.saved_at = dict(entered), str(by), clock.now()
        paper.revision += 1
        paper.save()
        words = f"Saved review paperwork (saving {paper.revision})."
        log.add(who=by, action="review_saved", words=words, case=case.reference)
        return paper


def send(case: Case, entered: Mapping[str, Any], *, revision: int, by: Any, key: str) -> ReviewPaper:
    """Send the report: the meeting, where it is not on record yet, and the report are recorded with it.

    The same form sent twice is sent once. Raises as :func:`save`, and ``RefusedError`` where the process does not allow it.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = ReviewPaper.objects.filter(key=key).first()
        if before is not None:
            return before
        paper = save(held, entered, revision=revision, by=by)
        for place, event in enumerate(_events(held, date.fromisoformat(entered["meeting"]))):
            held.version = record(held, event, by=by, version=held.version, key=f"{key[:58]}-{place}").number
        paper.sent_at, paper.sent_by, paper.key = clock.now(), str(by), key
        paper.save()
        return paper


def _events(case: Case, meeting: date) -> list[Event]:
    report = ReviewReportSent(day=clock.today())
    if case.review_state == State.MEETING_HELD.value:
        return [report]
    return [ReviewMeetingHeld(day=meeting), report]
