"""Making a notice, and the e-mail that tells of it: once, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from rightplace.calendar import clock
from rightplace.web.cases.models import Case
from rightplace.web.notices.kinds import KINDS
from rightplace.web.notices.models import HowToTell, Mail, Notice
from rightplace.web.policy.role import FAMILY


def tell(
    kind: str, people: Iterable[Any], case: Case, *, key: str, but: int | None = None, due: date | None = None
) -> int:
    """Tell people that something happened, and give how many were told who had not been.

    ``key`` says what happened: the same is told once. ``but`` is the number of the account that did it. ``due`` is the day
    to act by; where none is given, the last day of the kind's rule, unless it has passed.
    """
    chosen = [user for user in people if user.pk != but]
    if not chosen:
        return 0
    last = due or _last_day(kind, case)
    with transaction.atomic():
        return sum(_one(kind, user, case, key=f"{kind}:{case.reference}:{key}", due=last) for user in chosen)


def _one(kind: str, user: Any, case: Case, *, key: str, due: date | None) -> bool:
    facts = {"case": case, "kind": kind, "due": due, "made_at": clock.now()}
    notice, made = Notice.objects.get_or_create(user=user, key=key[:120], defaults=facts)
    if made:
        _post(notice, user)
    return made


def _post(notice: Notice, user: Any) -> None:
    choice = how(user)
    if not settings.MAIL_ON or not user.email or choice == HowToTell.Choice.NEVER:
        return
    if choice == HowToTell.Choice.DAILY:
        notice.gather = True
    else:
        at = clock.now()
        notice.mail = Mail.objects.create(user=user, key=f"notice:{notice.pk}", made_at=at, next_try=at)
    notice.save(update_fields=["gather", "mail"])


def how(user: Any) -> str:
    """How a person wants to be told; families at once and everyone else once a day, until they choose."""
    said = HowToTell.objects.filter(user=user).values_list("choice", flat=True).first()
    return said or (HowToTell.Choice.AT_ONCE if user.role in FAMILY else HowToTell.Choice.DAILY)


def _last_day(kind: str, case: Case) -> date | None:
    rule = KINDS[kind].answer
    if not rule:
        return None
    rows = case.open_deadlines.filter(rule=rule, due__gte=clock.today())
    return rows.order_by("-started", "-pk").values_list("due", flat=True).first()
