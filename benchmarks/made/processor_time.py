"""Processor time of the service, of its database and of the whole machine, as Linux tells it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def of_processes(numbers: Iterable[int]) -> float:
    """Seconds that these processes have worked; one that has ended counts as none."""
    return sum(_of(number) for number in numbers)


def children(parent: int) -> list[int]:
    """A process and all that it started."""
    found = [parent]
    for number in found:
        try:
            text = Path(f"/proc/{number}/task/{number}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in text.split()]
    return found


def of_machine() -> float:
    """Seconds that all processors have worked, for anybody."""
    names = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, softirq, steal = (int(value) for value in names[:8])
    return (user + nice + system + irq + softirq + steal) / TICKS


def _of(number: int) -> float:
    try:
        told = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / TICKS
