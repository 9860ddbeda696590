"""What an e-mail says: the kinds of news and the days to act by, with links. No name, no reference, nothing of what was written."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.notices.models import Mail, Notice

_MANY = 20


def letter(mail: Mail, notices: Sequence[Notice]) -> EmailMessage:
    """The e-mail of some notices. Its number stays the same however often it is tried, so that a server can know it again."""
    first, count = notices[0], len(notices)
    title = _with_day(first) if count == 1 else f"{count} things to look at"
    return EmailMessage(
        subject=f"{title} – {settings.AUTHORITY_NAME}",
        body="\n".join(_body(notices)),
        to=[mail.user.email],
        headers={
            "Message-ID": f"<{mail.key.replace(':', '-')}@rightplace.invalid>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _body(notices: Sequence[Notice]) -> list[str]:
    lines = [f"There is news for you from {settings.AUTHORITY_NAME}.", ""]
    for notice in notices[:_MANY]:
        says = notice.says
        lines.append(f"{says.title}. {says.do}".strip())
        if notice.due:
            lines.append(says.when(notice.due, clock.today()))
        lines += [_link("notice", notice.pk), ""] if settings.SITE_ADDRESS else [""]
    if len(notices) > _MANY:
        lines += [f"There are {len(notices) - _MANY} more.", ""]
    return [
        *lines,
        "You must sign in to read it. We put no names and no details in an e-mail." if settings.SITE_ADDRESS
        else "Sign in as you always do to read it. We put no names and no details in an e-mail.",
        *([f"Choose how we tell you: {_link('notices_how')}"] if settings.SITE_ADDRESS else []),
        "Nobody reads answers to this e-mail.",
    ]  # fmt: skip


def _with_day(notice: Notice) -> str:
    if notice.due is None or notice.due < clock.today():
        return notice.says.title
    return f"{notice.says.title}, by {notice.due.day} {notice.due:%B}"


def _link(name: str, *values: int) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + reverse(name, args=values)
