"""Make England's reference for forecasts again from the published statistics.

    python benchmarks/forecast_reference.py FOLDER

Writes ``src/rightplace/forecast/data/england_2025.csv`` and prints the constants of ``reference.GROWTH``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rightplace.area.files import replace_file
from rightplace.forecast.published import evidence, pattern, reference
from rightplace.returns.statistics.build import national_from_statistics

HEADER = f"""# England: EHC plans in January {reference.YEAR - 1} and {reference.YEAR}, and plans that started, ceased and moved away in
# {reference.YEAR - 1}: sums of the authorities with complete returns of both Januaries.
# Contains public sector information licensed under the Open Government Licence v3.0.
# Source: {reference.SOURCE}
"""


def main(folder: Path) -> None:
    """Write the reference from a folder of published statistics."""
    national = national_from_statistics(folder, until=reference.YEAR)
    counts = pattern.complete(national.history, reference.YEAR)
    target = Path(reference.__file__).parent / "data" / reference.FILE
    with replace_file(target) as path:
        path.write_text(HEADER + counts.write_csv(), encoding="utf-8")
    print(f"{counts.height} rows written to {target}")
    print(evidence.from_national(national)[0].growth)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
