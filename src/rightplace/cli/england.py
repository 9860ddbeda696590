"""``rightplace forecast --all``: every authority in England, with its regions, on this machine or a cluster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightplace.forecast.england.result import England
    from rightplace.forecast.england.run import Spread


def forecast_england(
    folder: Path,
    out: Path,
    *,
    years: int,
    futures: int,
    seed: int,
    until: int | None,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Forecast every authority from the statistics in ``folder`` and write the results to ``out``.

    An authority's results are kept in ``out`` as they are made, so the same command takes up an interrupted run.
    """
    from rightplace.area.files import require_writable
    from rightplace.cli.partial_results import Folder
    from rightplace.cli.screen import Shown
    from rightplace.errors import DataError
    from rightplace.forecast.england.run import forecast_all
    from rightplace.report.csv_files import write_england
    from rightplace.returns.statistics.build import national_from_statistics

    require_writable(out / "areas.csv")
    kept = Folder(out)
    with Shown() as progress:
        national = national_from_statistics(folder, until=until)
        made = forecast_all(
            national, years=years, futures=futures, seed=seed,
            spread=_spread(workers, cluster), kept=kept, progress=progress,
        )  # fmt: skip
    write_england(made, out)
    if made.areas.is_empty():
        raise DataError(
            f"No authority could be forecast: {made.failures['what'][0]}",
            where=str(folder),
            action=f"See {out / 'failures.csv'} for each.",
        )
    kept.remove()
    _show(made, out)


def _spread(workers: int | None, cluster: str | None) -> Spread:
    """Where the work is done: a cluster, this process, or several (as many as there are processors, unless said)."""
    from functools import partial

    if cluster:
        from rightplace.forecast.england import cluster as on_cluster

        return partial(on_cluster.each, address=cluster)
    from rightplace.forecast.england import here, processes

    many = workers or os.cpu_count() or 1
    return here.each if many == 1 else partial(processes.each, workers=many)


def _show(made: England, out: Path) -> None:
    import polars as pl

    from rightplace.cli.screen import say, table

    if not made.failures.is_empty():
        table(made.failures, "Authorities without a forecast, and why")
    if not made.england.is_empty():
        total = made.england.filter(pl.col("dimension") == "total")
        table(
            total.select("year", pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64)),
            f"EHC plans expected each January in the {total['authorities'][0]} authorities together",
        )
    say(
        f"{made.areas['la_code'].n_unique()} authorities forecast. In 8 of 10 futures England's number lies between p10 and p90.",
        f"Written: {out / 'areas.csv'}, regions.csv, england.csv and failures.csv.",
    )
