"""``python -m django nightly``: what is to be done once a day, soon after midnight."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand

from rightplace.calendar import clock
from rightplace.web.kept.keep import clear_old
from rightplace.web.notices.each_day import every_day
from rightplace.web.notices.send import send_waiting
from rightplace.web.records.nightly import refresh_all


class Command(BaseCommand):
    """Works out anew what changes with the day, and clears sessions that have ended."""

    help = "Work out anew what changes with the day, and clear sessions that have ended. Run it soon after midnight."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how much."""
        count = refresh_all()
        Session.objects.filter(expire_date__lt=clock.now()).delete()
        self.stdout.write(f"{count:,} cases were worked out anew.")
        old = clear_old()
        self.stdout.write(f"{old:,} texts that nobody came back to were cleared.")
        news = every_day()
        sent = send_waiting()
        self.stdout.write(f"{news:,} notices were made, and {sent.sent:,} e-mails sent. {sent.trouble}".strip())
