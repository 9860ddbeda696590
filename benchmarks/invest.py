"""The investment plan of the example area: how far it can be from the best, and what it takes, by futures planned for.

    python benchmarks/invest.py [FUTURES ...] [--may-close]

Target: a gap of 3% at most at 20, 60 and 200 futures, each within five minutes of processor time from the loaded area, forecast
and trial on other futures included; the frontier and the explanations are not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from rightplace.area import store
from rightplace.area.record import Area
from rightplace.example.make import make_example
from rightplace.forecast.run import forecast
from rightplace.places.invest.closing import ALL
from rightplace.places.invest.run import Ask, futures_needed, invest

ON = date(2026, 11, 22)
GAP = 0.03
SECONDS = 300.0


def plan(area: Area, futures: int, ask: Ask) -> None:
    """Time one plan and print it beside the target."""
    begun, worked = time.perf_counter(), time.process_time()
    ahead = forecast(area, years=10, futures=futures_needed(futures), seed=1)
    made = invest(area, ahead, on=ON, futures=futures, ask=ask, explained=False)
    took, core = time.perf_counter() - begun, time.process_time() - worked
    reached = made.meets and made.proof.gap <= GAP and core <= SECONDS
    print(
        f"{futures} futures: gap {made.proof.gap:.2%}, kept in {made.kept:.1%} of them and {made.kept_elsewhere:.1%} of {made.tried} others;"
        f" {made.schemes.height} schemes, {made.closures.height} bases ended; {core:.0f} s of processor, {took:.0f} s"
        f" {'reached' if reached else 'MISSED'}",
        flush=True,
    )


def main(words: list[str]) -> None:
    """Each number of futures in turn, in one area."""
    with tempfile.TemporaryDirectory() as folder:
        area = store.load(make_example(Path(folder) / "example").folder / "area")
    ask = Ask(may_close=(ALL,)) if "--may-close" in words else Ask()
    for futures in [int(word) for word in words if word.isdigit()] or [20, 60, 200]:
        plan(area, futures, ask)


if __name__ == "__main__":
    main(sys.argv[1:])
