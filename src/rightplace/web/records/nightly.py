"""What changes with the day: the columns that lists use, worked out anew for every case."""

from __future__ import annotations

from rightplace.progress import Progress, silent
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import refresh


def refresh_all(*, progress: Progress = silent) -> int:
    """Work out the columns of every case anew, each in its own transaction, and give how many. Running it twice does no harm."""
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for done, key in enumerate(keys, start=1):
        case = Case.objects.filter(pk=key).first()
        if case is not None:
            refresh(case)
        if done % 100 == 0 or done == len(keys):
            progress(done, len(keys), "cases worked out anew")
    log.add(who="Rightplace", action="nightly", words=f"Worked out {len(keys):,} cases anew.")
    return len(keys)
