"""Work of a run over England that loses its process, for tests of what happens then."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.published.evidence import Grounds


def lost_once(task: Task, grounds: Grounds) -> Done:
    """The process of authority 302 is lost the first time: a file named by the history's only source remembers it."""
    seen = Path(task.history["source"][0])
    if task.la_code == "302" and not seen.exists():
        seen.touch()
        os._exit(9)
    return Done(la_code=task.la_code, january=task.last, stock=np.full((2, 1, 3), int(task.la_code), dtype=np.int32))


def lost_always(task: Task, grounds: Grounds) -> Done:
    """The process of authority 302 is lost whenever it is tried."""
    if task.la_code == "302":
        os._exit(9)
    return lost_once(task, grounds)
