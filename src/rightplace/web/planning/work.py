"""Working out the runs that wait, one at a time, and saying truly how far each is."""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, close_old_connections, transaction

from rightplace.calendar import clock
from rightplace.errors import CancelledByUser, UserError
from rightplace.web.planning import area as areas
from rightplace.web.planning import results
from rightplace.web.planning.models import Run

_DEAD_AFTER: Final = timedelta(minutes=5)
_TELL_EVERY: Final = 1.0
_LOOK_EVERY: Final = 2.0
_LOG: Final = logging.getLogger(__name__)


def serve(*, parent: int | None = None) -> None:
    """Take up run after run until told to stop, or until the process ``parent`` is gone."""
    while parent is None or os.getppid() == parent:
        close_old_connections()
        run = take()
        if run is None:
            time.sleep(_LOOK_EVERY)
        else:
            do(run)


def take() -> Run | None:
    """The run that has waited longest, now marked as being worked out; None where there is none, or another is running."""
    dead = Run.objects.filter(state=Run.State.RUNNING, beat__lt=clock.now() - _DEAD_AFTER)
    dead.update(state=Run.State.WAITING, done=0, steps=0, doing="")
    run = Run.objects.filter(state=Run.State.WAITING).order_by("pk").first()
    if run is None:
        return None
    try:
        with transaction.atomic():
            mine = Run.objects.filter(pk=run.pk, state=Run.State.WAITING)
            taken = mine.update(state=Run.State.RUNNING, beat=clock.now())
    except IntegrityError:
        return None
    run.refresh_from_db()
    return run if taken else None


def do(run: Run) -> None:
    """Work a run out and keep its results. However it ends, the run says so."""
    try:
        _work(run)
    except CancelledByUser:
        _end(run, Run.State.STOPPED)
    except UserError as error:
        _end(run, Run.State.FAILED, str(error))
    except Exception:
        # A mistake of ours: the planner is told, whoever runs the service finds it in the log, and the worker goes on.
        _LOG.exception("Run %s could not be worked out.", run.pk)
        _end(
            run, Run.State.FAILED, "Something went wrong that is not of your making. It is noted in the service's log."
        )
    else:
        _end(run, Run.State.DONE)


def _work(run: Run) -> None:
    from rightplace.web.planning.working import enough, forecast, invest, places

    tell = Telling(run)
    held = areas.load()
    run.area = held.name
    kinds = {
        Run.Kind.FORECAST: forecast, Run.Kind.ENOUGH: enough, Run.Kind.PLACES: places, Run.Kind.INVEST: invest,
    }  # fmt: skip
    made = kinds[Run.Kind(run.kind)].make(run, held, tell)
    tell(1, 1, "drawing the page")
    results.keep(run, made)


def _end(run: Run, state: str, trouble: str = "") -> None:
    Run.objects.filter(pk=run.pk).update(
        state=state, trouble=trouble, area=run.area, finished_at=clock.now(), beat=clock.now()
    )


class Telling:
    """Progress of a run, told to its row at most once a second. Raises ``CancelledByUser`` where somebody asked to stop."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.next = 0.0

    def __call__(self, done: int, asked: int, what: str) -> None:
        """``done`` of ``asked`` steps are finished."""
        if time.monotonic() < self.next and done < asked:
            return
        self.next = time.monotonic() + _TELL_EVERY
        mine = Run.objects.filter(pk=self.run.pk)
        mine.update(done=done, steps=asked, doing=what[:120], beat=clock.now())
        if mine.filter(stop_asked=True).exists():
            raise CancelledByUser("The run was stopped.")
