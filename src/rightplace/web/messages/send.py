"""Sending a message, once; and that it was read."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Message
from rightplace.web.notices.models import Notice
from rightplace.web.policy.role import FAMILY


def send(case: Case, text: str, *, by: Any, key: str) -> Message:
    """Send a message of a family, or of an officer to a family. The same form sent twice is sent once."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Message.objects.filter(key=key).first()
        if before is not None:
            return before
        made = Message.objects.create(
            case=case, from_family=by.role in FAMILY, sender=str(by), sender_id=by.pk, text=text.strip(),
            sent_at=clock.now(), key=key,
        )  # fmt: skip
        whom = "to the case officer" if made.from_family else "to the family"
        log.add(who=by, action="message", words=f"Sent a message {whom}.", case=case.reference)
        return made


def read(case: Case, *, by: Any) -> None:
    """That somebody of the other side has read the messages of a case; that there are some is then no news to them."""
    case.messages.filter(from_family=by.role not in FAMILY, read_at__isnull=True).update(read_at=clock.now())
    Notice.objects.filter(user=by, case=case, kind__in=("message", "family_message"), seen_at=None).update(
        seen_at=clock.now()
    )
