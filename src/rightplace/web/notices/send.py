"""Sending the e-mails that wait: each at most once, again later where the mail server was not there, and never in anyone's way."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.core.mail import get_connection
from django.db.models import F

from rightplace.calendar import clock
from rightplace.web.notices.letter import letter
from rightplace.web.notices.models import HowToTell, Mail
from rightplace.web.notices.tell import how

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long after each try the next one is; after the last the mail counts as failed."""
FORGOTTEN: Final = timedelta(minutes=15)
"""A mail being sent for so long was cut off in the middle: whether it went is not known."""
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How many e-mails went, were put off, failed for good, and may or may not have gone. ``trouble`` of the server, if any."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    unsure: int = 0
    trouble: str = ""


def send_waiting(*, most: int = 500) -> Sent:
    """Send what waits. A server that is not there leaves everything waiting for the next time; nothing is raised."""
    cut_off = Mail.objects.filter(state=Mail.State.SENDING, next_try__lt=clock.now() - FORGOTTEN)
    unsure = cut_off.update(state=Mail.State.UNSURE, ended_at=clock.now(), trouble="Cut off while it was sent.")
    waiting = Mail.objects.filter(state=Mail.State.WAITING, next_try__lte=clock.now())
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    if not keys:
        return Sent(unsure=unsure)
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        _LOG.warning("The mail server cannot be used: %s", error)
        return Sent(put_off=len(keys), unsure=unsure, trouble=f"The mail server cannot be used: {error}")
    try:
        ends = [_one(key, server) for key in keys]
    finally:
        with suppress(OSError):
            server.close()
    states = Mail.State
    return Sent(
        sent=ends.count(states.SENT), put_off=ends.count(states.WAITING), failed=ends.count(states.FAILED),
        unsure=unsure + ends.count(states.UNSURE),
    )  # fmt: skip


def _one(key: int, server: Any) -> str:
    """Take one mail, which nobody else then has, and send it. How it stands after."""
    mine = Mail.objects.filter(pk=key, state=Mail.State.WAITING)
    if not mine.update(state=Mail.State.SENDING, tries=F("tries") + 1, next_try=clock.now()):
        return ""
    mail = Mail.objects.select_related("user").get(pk=key)
    notices = list(mail.notices.filter(seen_at=None).order_by("pk"))
    wanted = mail.user.is_active and mail.user.email and how(mail.user) != HowToTell.Choice.NEVER
    if not notices or not wanted:
        return _end(mail, Mail.State.NOT_NEEDED)
    try:
        server.send_messages([letter(mail, notices)])
    except OSError as error:
        return _not_sent(mail, error)
    return _end(mail, Mail.State.SENT)


def _not_sent(mail: Mail, error: OSError) -> str:
    """A server that says no has not taken it; one that says nothing may have, and a second mail would be one too many."""
    code = _code(error)
    said = f"{code} {type(error).__name__}".strip()
    if code is None:
        return _end(mail, Mail.State.UNSURE, f"No answer: {type(error).__name__}.")
    if code >= 500 or mail.tries > len(WAITS):
        return _end(mail, Mail.State.FAILED, said)
    again = clock.now() + WAITS[mail.tries - 1]
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.WAITING, next_try=again, trouble=said)
    return Mail.State.WAITING


def _code(error: OSError) -> int | None:
    """The answer of an SMTP server (RFC 5321, 4.2.1: 4 is "not now", 5 is "no"); None where it gave none."""
    refused = getattr(error, "recipients", None)
    if isinstance(refused, dict) and refused:
        return int(next(iter(refused.values()))[0])
    found = getattr(error, "smtp_code", None)
    return int(found) if found and found > 0 else None


def _end(mail: Mail, state: str, trouble: str = "") -> str:
    Mail.objects.filter(pk=mail.pk).update(state=state, ended_at=clock.now(), trouble=trouble[:200])
    return state
