"""The work of a run over England in several processes of this machine; a process that is lost is replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Final, Self

from rightplace.forecast.england import authority
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.published.evidence import Grounds

Forecaster = Callable[[Task, Grounds], Done]

ONE_THREAD: Final = ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Libraries of a process that has one core to itself are told so before they start, or their threads fight over it."""
LOST: Final = "The process that worked on it was lost, and so were those that tried again."


def alone(task: Task, grounds: Grounds) -> Done:
    """One authority on one core."""
    return authority.forecast(task, grounds, threads=1)


class Processes:
    """Processes of this machine that forecast authorities by ``work``, from when they are entered until they are left.

    They start at once, so that they load what they need while the evidence is still being read.
    """

    def __init__(self, workers: int, work: Forecaster = alone) -> None:
        self._workers = workers
        self._work = work

    def __enter__(self) -> Self:
        self._pool = _started(self._workers)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def each(self, tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        """The results of tasks as they finish.

        Where a process is lost (killed, out of memory) what was not finished is tried again. Where one is lost once more, the
        rest is done by one process alone, so that a task which is itself the cause is found: it is given back as failed and the
        others go on.
        """
        left, many, lost = dict(enumerate(tasks)), self._workers, 0
        while left:
            for place, done in self._together(left, grounds):
                del left[place]
                yield done
            if left and many == 1:
                yield authority.failed(left.pop(min(left)), LOST)
            if left:
                lost += 1
                many = self._workers if lost == 1 else 1
                self._pool.shutdown()
                self._pool = _started(many)

    def _together(self, left: Mapping[int, Task], grounds: Grounds) -> Iterator[tuple[int, Done]]:
        """Places and results as they finish, until all are done or a process is lost. One process takes them in their order."""
        try:
            running = {self._pool.submit(self._work, left[place], grounds): place for place in sorted(left)}
            for finished in as_completed(running):
                # Let go of it here: a result kept by its Future would be kept until all are done.
                place = running.pop(finished)
                if not isinstance(finished.exception(), BrokenProcessPool):
                    yield place, finished.result()
        except BrokenProcessPool:
            return


def _started(many: int) -> ProcessPoolExecutor:
    """Processes that are on their way up. Ctrl-C is for the process that asked."""
    pool = ProcessPoolExecutor(
        max_workers=many,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    with _one_thread_each():
        for _ in range(many):
            pool.submit(_load)
    return pool


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


def _load() -> None:
    """Nothing: to find this function a process has loaded all that :func:`alone` needs."""
