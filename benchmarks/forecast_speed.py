"""Time a forecast of one area and of all England.

    python benchmarks/forecast_speed.py [FOLDER]

FOLDER holds published statistics; without it only the example area is timed. Targets: the example area (3,000
plans, 10 years, 1,000 futures) in 10 seconds, compiling included; England (153 authorities) in 60.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rightplace.area import store
from rightplace.area.record import Area


def _seconds(what: Callable[[], object]) -> tuple[float, float]:
    wall, work = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - wall, time.process_time() - work


def _example() -> Area:
    from rightplace.example.make import make_example

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "example"
        make_example(made)
        return store.load(made / "area")


def main(folder: Path | None) -> None:
    """Print seconds on the clock and of processor time, first run and second."""
    from rightplace.forecast.england.totals import totals_of_all
    from rightplace.forecast.run import forecast

    area = _example()
    for which in ("first, with any compiling", "second"):
        wall, work = _seconds(lambda: forecast(area))
        print(f"one area, 10 years, 1,000 futures, {which}: {wall:.1f} s, processor {work:.1f} s (target 10 s)")
    if folder is not None:
        from rightplace.returns.statistics.build import national_from_statistics

        national = national_from_statistics(folder)
        wall, work = _seconds(lambda: totals_of_all(national))
        print(
            f"{len(national.la_codes)} authorities, 10 years, 1,000 futures: {wall:.1f} s, processor {work:.1f} s (target 60 s)"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
