"""The constants of ``forecast/people/priors.py`` and ``asked.py``, made again from the published files: ``python benchmarks/forecast_priors.py``.

DfE's SEN2 statistics are looked for in ``../shared/data`` beside the checkout, or under RIGHTPLACE_OPEN_DATA.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rightplace.forecast.people import england_moves
from rightplace.returns.statistics.build import national_from_statistics


def main() -> int:
    """Print the constants, by the last calendar year known."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("RIGHTPLACE_OPEN_DATA", beside))
    if not folder.is_dir():
        print(f"The statistics were not found in {folder}: nothing was made.")
        return 0
    history = national_from_statistics(folder).history
    for year in range(england_moves.FIRST_KNOWN, england_moves.LAST_KNOWN + 1):
        print(year, england_moves.joining(history, year), england_moves.turning_of(history, year))
        if england_moves.FIRST_KNOWN < year < england_moves.CEASED:
            print(year, "leaving", england_moves.leaving(history, year))
        if year >= england_moves.REQUESTS_FIRST_KNOWN:
            print(year, "requests", england_moves.requests(history, year))
    return 0


if __name__ == "__main__":
    sys.exit(main())
