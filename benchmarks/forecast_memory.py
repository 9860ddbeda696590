"""The most memory a forecast holds, by how many futures it has.

    python benchmarks/forecast_memory.py [FUTURES [FUTURES ...]]

The example area of 3,000 plans, 10 years, each number of futures (10,000 and 100,000 unless told otherwise) in a process of its
own, as the command runs it. Target: 100,000 futures take at most 10% more than 10,000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def _most(words: list[str]) -> tuple[float, float]:
    """The most memory, in MB, and the processor seconds of a process that runs these words."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"This failed: {' '.join(words)}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def main(sizes: list[int]) -> None:
    """Print one line for the program alone and one for each number of futures."""
    from rightplace.example.make import make_example

    imports = "import rightplace.forecast.scenario.compare, rightplace.report.csv_files, rightplace.area.store"
    print(f"the program alone: {_most(['-c', imports])[0]:,.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "example"
        make_example(made)
        first = None
        for futures in sizes:
            words = ["-m", "rightplace", "forecast", str(made / "area"), "--out", str(Path(folder) / "out")]
            memory, seconds = _most([*words, "--futures", str(futures)])
            first = first or memory
            more = f"{100 * (memory / first - 1):+.0f}%"
            print(f"{futures:,} futures: {memory:,.0f} MB ({more}), processors {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
