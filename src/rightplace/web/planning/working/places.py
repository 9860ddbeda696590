"""Places for everyone who needs one in a September."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rightplace.web.planning.working.made import Made, as_files

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.places.assign.late import Late
    from rightplace.progress import Progress
    from rightplace.web.planning.models import Run


def make(run: Run, area: Area, tell: Progress) -> Made:
    """The report that ``rightplace assign`` writes, and its files. Raises as the assignment does."""
    from rightplace.places.assign.run import assign
    from rightplace.report import placement_report
    from rightplace.report.csv_files import placements

    september = int(run.september or 0)
    coming, why = _late(run, area, tell)
    found = assign(area, september=september, late=coming, progress=tell)
    found = replace(found, notes=(why, *found.notes)) if why else found
    exact, published = (
        placement_report.build(area, found, september=september, publish=publish).sections for publish in (False, True)
    )
    return Made(exact=exact, published=published, files=as_files(placements(found)))


def _late(run: Run, area: Area, tell: Progress) -> tuple[Late | None, str]:
    """Who is expected to join by then; or why nobody can tell."""
    from rightplace.errors import CancelledByUser, UserError
    from rightplace.places.assign import late

    try:
        return late.expected(area, september=int(run.september or 0), seed=run.seed, progress=tell), ""
    except CancelledByUser:
        raise
    except UserError as error:
        return None, f"{late.CANNOT_TELL}: {error}"
