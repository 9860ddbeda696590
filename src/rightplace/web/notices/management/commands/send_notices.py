"""``python -m django send_notices``: the process that sends the e-mails that wait."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from rightplace.web.notices.send import send_waiting


class Command(BaseCommand):
    """Sends the e-mails that wait, once or again and again."""

    help = "Send the e-mails that wait. With --every SECONDS, go on until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often."""
        parser.add_argument("--every", type=int, default=0, help="Do it again after so many seconds, until stopped.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many went."""
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                done = send_waiting()
                if done.sent or done.failed or done.unsure or done.put_off or not options["every"]:
                    self.stdout.write(
                        f"{done.sent:,} e-mails were sent, {done.put_off:,} put off, {done.failed:,} could not be sent, "
                        f"{done.unsure:,} may or may not have gone. {done.trouble}".strip()
                    )
                if not options["every"]:
                    return
                close_old_connections()
                time.sleep(max(options["every"], 1))
