"""Both person-level models on the six forecasts of the published demonstration: ``python benchmarks/folds.py [--futures N]``.

Each fold knows the transitions up to a year and foresees every later January: by the transition-count model (the method of MastodonC's
witan.send) and by Rightplace's person-level route. Printed for each fold: error, range and score of the total, and the mean error, the mean
score and the number of ranges that hold for needs and for settings.
The data are MastodonC's demonstration (public repository witan.send, folder data/demo), looked for in
``../shared/data/witan_demo`` beside the checkout, or under RIGHTPLACE_OPEN_DATA.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
import polars as pl

from rightplace.forecast.transition_counts import inputs, skill
from rightplace.forecast.transition_counts.as_people import forecaster
from rightplace.returns.transition_counts import read_folder


def table(rows: pl.DataFrame, name: str) -> None:
    """Print a model's folds and their averages."""
    print(name)
    for row in rows.iter_rows(named=True):
        print(
            f"  to {row['train_until']} for {row['year']}: {row['mean']:7.1f} [{row['low']:.0f} to {row['high']:.0f}] of {row['truth']}"
            f" ({row['error_percent']:+.2f}%, score {row['crps']:6.2f});"
            f" needs {row['needs_inside']}/{row['needs']} held, error {row['needs_mae']:5.2f}, score {row['needs_crps']:5.2f};"
            f" settings {row['settings_inside']}/{row['settings']}, {row['settings_mae']:5.2f}, {row['settings_crps']:5.2f}"
        )
    error = float(np.abs(rows["mean"].to_numpy() - rows["truth"].to_numpy()).mean())
    held = {
        part: 100 * rows[f"{part}_inside"].to_numpy().sum() / rows[part].to_numpy().sum()
        for part in ("needs", "settings")
    }
    mean = {name: float(rows[name].to_numpy().mean()) for name in rows.columns}
    print(
        f"  all six: error {error:.1f}, score {mean['crps']:.1f}, held {rows['inside'].sum()}/{rows.height};"
        f" needs error {mean['needs_mae']:.1f}, score {mean['needs_crps']:.1f}, held {held['needs']:.0f}%;"
        f" settings error {mean['settings_mae']:.1f}, score {mean['settings_crps']:.1f}, held {held['settings']:.0f}%"
    )


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futures", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("RIGHTPLACE_OPEN_DATA", beside)) / "witan_demo"
    if not folder.is_dir():
        print(f"The demonstration was not found in {folder}: nothing was run.")
        return 0
    given = inputs.from_files(read_folder(folder))
    shape = {"futures": asked.futures, "seed": asked.seed}
    theirs = skill.folds(given, foresee=skill.forecaster(**shape))
    ours = skill.folds(given, foresee=forecaster(**shape))
    table(theirs, "Transition counts (witan.send)")
    table(ours, "Rightplace, person by person")
    return 0


if __name__ == "__main__":
    sys.exit(main())
