"""What changes with the day: the columns that lists use, worked out anew for every case."""

from __future__ import annotations

from typing import Final

from rightplace.progress import Progress, silent
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.anew import work_out_many

_AT_A_TIME: Final = 100
"""So many cases are held at once, and for well under a second."""


def refresh_all(*, progress: Progress = silent) -> int:
    """Work out the columns of every case anew, some at a time, and give how many. Running it twice does no harm.

    A case that cannot be worked out stays as it was, and is named in the log.
    """
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    wrong: list[str] = []
    for start in range(0, len(keys), _AT_A_TIME):
        wrong += work_out_many(keys[start : start + _AT_A_TIME])
        progress(min(start + _AT_A_TIME, len(keys)), len(keys), "cases worked out anew")
    words = f"Worked out {len(keys) - len(wrong):,} cases anew."
    if wrong:
        words += f" {len(wrong):,} could not be, and are as they were: {', '.join(wrong[:20])}."
    log.add(who="Rightplace", action="nightly", words=words)
    return len(keys) - len(wrong)
