"""What the day itself brings: dates that were missed, times that end soon, and each person's daily e-mail."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.terms import Owner
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.notices import who
from rightplace.web.notices.models import HowToTell, Mail, Notice
from rightplace.web.notices.tell import how, tell

_OURS: Final = (Owner.AUTHORITY.value, Owner.NEW_AUTHORITY.value)
NEWLY: Final = timedelta(days=7)
"""A date missed longer ago than this is no news: the work list has it. So a load of old cases tells nobody anything."""
ENDS_SOON: Final = timedelta(days=3)
KEPT: Final = timedelta(days=366)
"""How long a notice is kept; what it was about stays in the record."""
MAIL_KEPT: Final = timedelta(days=90)
"""How long it is kept that an e-mail went, or did not."""


def every_day() -> int:
    """Tell of missed dates and of times that end soon, then make the daily e-mails. How many notices were made.

    Run twice in a day it tells nobody twice. Old notices are cleared first.
    """
    on = clock.today()
    Mail.objects.filter(ended_at__lt=clock.now() - MAIL_KEPT).delete()
    Notice.objects.filter(made_at__lt=clock.now() - KEPT).delete()
    made = _missed(on) + _ending(on)
    gather(on)
    return made


def _missed(on: date) -> int:
    rows = OpenDeadline.objects.filter(duty=True, excused=False, due__lt=on, due__gte=on - NEWLY, case__ended=False)
    made = 0
    for row in rows.filter(owner__in=_OURS).select_related("case__officer").iterator(chunk_size=500):
        key = f"{row.rule} {row.about} {row.due}"
        made += tell("missed", who.officers(row.case), row.case, key=key)
        made += tell("late", who.family(row.case), row.case, key=key)
    return made


def _ending(on: date) -> int:
    rows = OpenDeadline.objects.filter(rule="draft_response", due__gte=on, due__lte=on + ENDS_SOON, case__ended=False)
    return sum(
        tell("time_ends", who.family(row.case), row.case, key=f"{row.due}", due=row.due)
        for row in rows.select_related("case").iterator(chunk_size=500)
    )


def gather(on: date) -> int:
    """One e-mail for each person whose news waits for it, at most one a day. How many were made."""
    waiting: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(gather=True, mail=None, seen_at=None).select_related("user"):
        waiting[notice.user_id].append(notice)
    return sum(_gathered(notices, on) for notices in waiting.values())


def _gathered(notices: list[Notice], on: date) -> bool:
    user, at = notices[0].user, clock.now()
    if not settings.MAIL_ON or not user.email or how(user) == HowToTell.Choice.NEVER:
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(gather=False)
        return False
    with transaction.atomic():
        facts = {"user": user, "made_at": at, "next_try": at}
        mail, made = Mail.objects.get_or_create(key=f"day:{user.pk}:{on}", defaults=facts)
        if made:
            Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mail=mail, gather=False)
    return made
