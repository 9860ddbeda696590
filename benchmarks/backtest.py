"""Time a back-test of every authority, and print its tables as they stand in docs/methods/forecast.md.

    python benchmarks/backtest.py [FOLDER]

FOLDER holds published statistics; without it only the example area is tested. Target: England (Januaries from 2019, three years
ahead, 1,000 futures) in 60 seconds on two cores.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import polars as pl

# As the command does, before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from rightplace.forecast.backtest.result import METHODS, OURS, Backtest

MEASURES: Final = {
    "mape_percent": "error", "bias_percent": "bias", "wis_percent": "interval score",
    "coverage80_percent": "in 80% range", "coverage95_percent": "in 95% range",
}  # fmt: skip


def tables(made: Backtest) -> None:
    """Print averages by horizon and method; errors by horizon, origin and method; and ours by size."""
    total = pl.col("dimension") == "total"
    _print(made.summary.filter(total).select("horizon", "method", *MEASURES, "n"))
    errors = made.by_origin.filter(total).pivot("method", index=["horizon", "origin"], values="mape_percent")
    ours = made.by_origin.filter(total & (pl.col("method") == OURS)).select("horizon", "origin", *list(MEASURES)[1:])
    _print(
        errors.select("horizon", "origin", *(name for name in METHODS if name in errors.columns)).join(
            ours, on=["horizon", "origin"]
        )
    )
    _print(made.by_size.filter(total & (pl.col("method") == OURS)).select("horizon", "size", *MEASURES, "n"))
    rest = made.summary.filter(~total)
    if not rest.is_empty():
        _print(rest.select("dimension", "horizon", "method", *MEASURES, "n"))


def _print(frame: pl.DataFrame) -> None:
    named = frame.rename({name: words for name, words in MEASURES.items() if name in frame.columns})
    print("\n| " + " | ".join(named.columns) + " |\n|" + " --- |" * named.width)
    for row in named.iter_rows():
        print(
            "| "
            + " | ".join(
                "" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row
            )
            + " |"
        )
    print()


def main(folder: Path | None) -> None:
    """Print seconds on the clock and of processor time, and the tables."""
    from rightplace.area import store
    from rightplace.example.make import make_example
    from rightplace.forecast.backtest import authorities, returns
    from rightplace.returns.statistics.build import national_from_statistics

    with tempfile.TemporaryDirectory() as made:
        make_example(Path(made) / "example")
        area = store.load(Path(made) / "example" / "area")
    wall, work = time.perf_counter(), time.process_time()
    own = returns.backtest(area)
    print(f"example area: {time.perf_counter() - wall:.1f} s, processor {time.process_time() - work:.1f} s")
    tables(own)
    if folder is None:
        return
    for library in (False, True):
        wall, work = time.perf_counter(), time.process_time()
        england = authorities.backtest(
            lambda until: national_from_statistics(folder, until=until), with_library=library
        )
        which = "with" if library else "without"
        print(
            f"England {which} the library's rival: {time.perf_counter() - wall:.1f} s, "
            f"processor {time.process_time() - work:.1f} s (target 60 s)"
        )
    tables(england)
    print("\n".join(england.notes))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
