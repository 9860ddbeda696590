"""Finding a daily file of Get Information about Schools, the Department for Education's register of schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rightplace.returns.fetch.catalogue import DailyFile
from rightplace.returns.fetch.place import Addresses, Place

DAYS_BACK: Final = 7
"""How many days before today are tried: a day's file appears some time that morning."""


def places(file: DailyFile, on: date, addresses: Addresses) -> Iterator[Place]:
    """Where the file may be, the newest first: of ``on`` and of each of the seven days before."""
    for back in range(DAYS_BACK + 1):
        day = on - timedelta(days=back)
        yield Place(
            url=f"{addresses.gias}/{file.stem}{day:%Y%m%d}.csv",
            edition=f"{day.day} {day:%B %Y}",
            identity=f"{file.stem} of {day.isoformat()}",
        )
