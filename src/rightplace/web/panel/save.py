"""Setting meetings, filling agendas, and recording what was recommended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Link
from rightplace.web.panel.models import Item, Meeting, Recommendation

AFTER: Final = timedelta(days=28)
"""How long after the meeting its members still see the papers."""


def set_meeting(name: str, day: date, members: Iterable[Any], *, key: str) -> Meeting:
    """A meeting with its members. The same form sent twice sets one."""
    with transaction.atomic():
        made, new = Meeting.objects.get_or_create(key=key, defaults={"name": name, "day": day})
        if new:
            made.members.set(members)
        return made


def put_on(meeting: Meeting, case: Case, question: str, note: str, *, by: Any) -> Item:
    """Put a case on an agenda; the members see its papers from today until some weeks after the meeting."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        item, new = Item.objects.get_or_create(meeting=meeting, case=case, question=question, defaults={"note": note})
        if not new:
            return item
        until = max(meeting.day, clock.today()) + AFTER
        for member in meeting.members.all():
            _link(case, member, until, f"On the agenda of {meeting.name}"[:200])
        words = (
            f"Put on the agenda of {meeting.name} of {meeting.day:%-d %B %Y}: {item.get_question_display().lower()}."
        )
        log.add(who=by, action="panel_item", words=words, case=case.reference)
        return item


def _link(case: Case, member: Any, until: date, note: str) -> None:
    held = Link.objects.filter(case=case, user=member, kind=Link.Kind.PANEL).order_by("-pk").first()
    if held is None:
        Link.objects.create(
            case=case, user=member, kind=Link.Kind.PANEL, since=clock.today(), until=until, note=note
        )  # fmt: skip
    elif held.until is not None and held.until < until:
        held.until = until
        held.save(update_fields=["until"])


def recommend(item: Item, *, words: str, reasons: str, present: str, by: Any, key: str) -> Recommendation:
    """Record what the panel recommended. It decides nothing: a named officer does, by recording the decision itself."""
    with transaction.atomic():
        before = Recommendation.objects.filter(key=key).first()
        if before is not None:
            return before
        made = Recommendation.objects.create(
            item=item, words=words, reasons=reasons, present=present, key=key, recorded_by=str(by), recorder=by.pk,
            recorded_at=clock.now(),
        )  # fmt: skip
        said = f"Recorded the recommendation of {item.meeting.name}: {words}"
        log.add(who=by, action="panel_recommendation", words=said, case=item.case.reference)
        return made
