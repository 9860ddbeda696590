"""``python -m django work_on_runs``: the process that works out forecasts."""

from __future__ import annotations

import contextlib
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rightplace.web.planning import work


class Command(BaseCommand):
    """Works out the forecasts that people ask for, one at a time, until it is stopped."""

    help = "Work out the forecasts that people ask for, one at a time, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """The process to end with, where there is one."""
        parser.add_argument("--with-parent", type=int, default=None, help="End when this process has ended.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped."""
        with contextlib.suppress(KeyboardInterrupt):
            work.serve(parent=options["with_parent"])
