"""The work of a run over England in several processes of this machine; a process that is lost is replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, repeat
from multiprocessing import get_context
from typing import Any, Final

from rightplace.forecast.england import authority
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.published.evidence import Grounds

Work = Callable[[Task, Grounds], Done]

ONE_THREAD: Final = ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Libraries of a process that has one core to itself are told so before they start, or their threads fight over it."""
LOST: Final = "The process that worked on it was lost, and so were those that tried again."


def alone(task: Task, grounds: Grounds) -> Done:
    """One authority on one core."""
    return authority.forecast(task, grounds, threads=1)


def each(tasks: Sequence[Task], grounds: Grounds, *, workers: int, work: Work = alone) -> Iterator[Done]:
    """The results of tasks as they finish, by ``work`` in that many processes.

    Where a process is lost (killed, out of memory) what was not finished is tried again. Where one is lost once more, the
    rest is done by one process alone, so that a task which is itself the cause is found: it is given back as failed and the
    others go on.
    """
    left = dict(enumerate(tasks))
    for many in chain((workers, workers), repeat(1)):
        for place, done in _together(left, grounds, many, work):
            del left[place]
            yield done
        if left and many == 1:
            first = min(left)
            yield authority.failed(left.pop(first), LOST)
        if not left:
            return


def _together(left: Mapping[int, Task], grounds: Grounds, workers: int, work: Work) -> Iterator[tuple[int, Done]]:
    """Places and results as they finish, until all are done or a process is lost. One process takes them in their order."""
    pool = ProcessPoolExecutor(
        max_workers=max(1, min(workers, len(left))),
        mp_context=get_context("spawn"),
        initializer=_hold,
        initargs=(grounds, work),
    )
    try:
        with _one_thread_each():
            running = {pool.submit(_one, left[place]): place for place in sorted(left)}
        for finished in as_completed(running):
            if not isinstance(finished.exception(), BrokenProcessPool):
                yield running[finished], finished.result()
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that start meanwhile find ``ONE_THREAD`` set to 1, where it is not set already."""
    new = [name for name in ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(new, "1"))
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)


_held: dict[str, Any] = {}


def _hold(grounds: Grounds, work: Work) -> None:
    """What every task of a process needs, sent once. Ctrl-C is for the process that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _held.update(grounds=grounds, work=work)


def _one(task: Task) -> Done:
    done: Done = _held["work"](task, _held["grounds"])
    return done
