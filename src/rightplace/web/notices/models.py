"""Notices, the e-mails that tell of them, and how each person wants to be told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.notices.kinds import KINDS, Kind


class Mail(models.Model):
    """An e-mail to one person: what it says is made from its notices when it is sent.

    ``key`` says what it is of, so that it is made once. A mail that was handed over, with no answer whether it arrived, is
    ``UNSURE`` and never sent again.
    """

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        NOT_NEEDED = "not_needed", "Not needed any more"
        UNSURE = "unsure", "Not known whether it was sent"
        FAILED = "failed", "Could not be sent"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    next_try = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        """What waits is asked for every minute."""

        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="mail_waiting")]


class Notice(models.Model):
    """That something happened which a person must know. ``key`` says what, so that nobody is told twice.

    ``gather``: it waits for the person's daily e-mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    due = models.DateField(null=True)
    key = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    gather = models.BooleanField(default=False)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="notices")

    class Meta:
        """The newest first; one of each thing for each person."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="nobody_is_told_twice")]
        indexes: ClassVar = [models.Index(fields=["user", "seen_at"], name="notice_unseen")]

    @property
    def says(self) -> Kind:
        """What its kind says."""
        return KINDS[self.kind]


class HowToTell(models.Model):
    """How a person wants to be told, once they have said so."""

    class Choice(models.TextChoices):
        """By e-mail at once, once a day, or on the pages only."""

        AT_ONCE = "at_once", "An e-mail each time"
        DAILY = "daily", "One e-mail a day, when there is news"
        NEVER = "never", "No e-mail. I look here"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="how_to_tell")
    choice = models.CharField(max_length=10, choices=Choice.choices)
