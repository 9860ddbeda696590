"""The work of a run over England in this process, one authority after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rightplace.forecast.england import authority
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.published.evidence import Grounds


def each(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
    """The results of tasks in their order, each on every core."""
    for task in tasks:
        yield authority.forecast(task, grounds)
