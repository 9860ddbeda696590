"""Make England's reference for forecasts again from the published statistics.

    python benchmarks/forecast_reference.py FOLDER

Writes ``england_2025.csv`` and ``composition_2025.csv`` in ``src/rightplace/forecast/data`` and prints the constants of
``reference.GROWTH``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from rightplace import forecast
from rightplace.area.files import replace_file
from rightplace.forecast.published import composition_file, evidence, pattern, reference
from rightplace.returns.statistics.build import national_from_statistics

HEADER = f"""# England: EHC plans in January {reference.YEAR - 1} and {reference.YEAR}, and plans that started, ceased and moved away in
# {reference.YEAR - 1}: sums of the authorities with complete returns of both Januaries.
# Contains public sector information licensed under the Open Government Licence v3.0.
# Source: {reference.SOURCE}
"""


COMPOSITION_HEADER = f"""# How shares of settings and age bands of EHC plans are foretold: constants fitted to the counts of 153 authorities to
# January {reference.YEAR}. The method is in docs/methods/forecast.
# Contains public sector information licensed under the Open Government Licence v3.0.
# Source: {reference.SOURCE}
"""


def main(folder: Path) -> None:
    """Write the reference from a folder of published statistics."""
    national = national_from_statistics(folder, until=reference.YEAR)
    counts = pattern.complete(national.history, reference.YEAR)
    grounds = evidence.from_national(national)[0]
    parts = [part for part in (grounds.settings, grounds.ages) if part is not None]
    constants = pl.concat([composition_file.rows(part) for part in parts])
    folder_of_data = Path(forecast.__file__).parent / "data"
    for name, header, table in (
        (reference.FILE, HEADER, counts),
        (reference.COMPOSITION_FILE, COMPOSITION_HEADER, constants),
    ):
        with replace_file(folder_of_data / name) as path:
            path.write_text(header + table.write_csv(), encoding="utf-8")
        print(f"{table.height} rows written to {folder_of_data / name}")
    print(grounds.growth)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
