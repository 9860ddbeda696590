"""Time a forecast of all England, start to finish, and its memory.

    python benchmarks/england.py FOLDER [WORKERS [FUTURES]]

FOLDER holds published statistics. Reading them, working out every authority, adding up and writing the results are all in the
time. Target for 153 authorities, 10 years and 1,000 futures on two cores: 120 seconds and 4 GB.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def main(folder: Path, workers: int, futures: int) -> None:
    """Print seconds on the clock and of processors, and the most memory held by this process and by one worker."""
    from rightplace.cli.england import forecast_england

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        forecast_england(
            folder, Path(out), years=10, futures=futures, seed=1, until=None, workers=workers, cluster=None
        )
    wall = time.perf_counter() - start
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = sum(part.ru_utime + part.ru_stime for part in (own, theirs))
    most = own.ru_maxrss + (workers * theirs.ru_maxrss if workers > 1 else 0)
    print(
        f"{futures:,} futures, {workers} processes: {wall:.0f} s (target 120 s), processors {used:.0f} s, load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"memory at most: {own.ru_maxrss / 2**20:.2f} GB here, {theirs.ru_maxrss / 2**20:.2f} GB in a worker, so {most / 2**20:.2f} GB in all (target 4 GB)"
    )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count() or 1,
        int(sys.argv[3]) if len(sys.argv) > 3 else 1000,
    )
