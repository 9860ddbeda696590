"""``rightplace forecast --all``: every authority in England, with its regions, on this machine or a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rightplace.forecast.england.compare import Compared
    from rightplace.forecast.england.result import England
    from rightplace.forecast.england.tasks import Spread
    from rightplace.forecast.scenario.description import Scenario


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
    scenario: Scenario | None = None,
) -> None:
    """Forecast every authority from the statistics in ``folder`` and write the results to ``out``; with a ``scenario`` without and with it.

    An authority's results are kept in ``out`` as they are made, so the same command takes up an interrupted run.
    """
    from rightplace.area.files import require_writable
    from rightplace.cli.partial_results import Folder
    from rightplace.cli.screen import Shown
    from rightplace.forecast.england.compare import compare_all
    from rightplace.forecast.england.run import forecast_all
    from rightplace.returns.statistics.build import national_from_statistics

    require_writable(out / "areas.csv")
    kept, both = Folder(out), None
    with Shown() as progress, _spread(workers, cluster) as spread:
        national = national_from_statistics(folder, until=until)
        how: dict[str, Any] = {
            "years": years, "futures": futures, "seed": seed, "spread": spread, "kept": kept, "progress": progress,
        }  # fmt: skip
        if scenario:
            both = compare_all(national, scenario, **how)
        made = both.without if both else forecast_all(national, **how)
        _write(made, both, out)
    _require_any(made, folder, out)
    kept.remove()
    _show(made, out)
    if both and scenario:
        _show_change(both, scenario, out)


def _write(made: England, both: Compared | None, out: Path) -> None:
    """The forecast without a scenario; and with one, what it gives and what it changes."""
    from rightplace.report.csv_files import write_england, write_england_difference

    write_england(made, out)
    if both:
        write_england(both.under, out / "scenario")
        write_england_difference(both.difference, out)


def _require_any(made: England, folder: Path, out: Path) -> None:
    """Raise ``DataError`` where no authority could be forecast at all."""
    from rightplace.errors import DataError

    if made.areas.is_empty():
        raise DataError(
            f"No authority could be forecast: {made.failures['what'][0]}",
            where=str(folder),
            action=f"See {out / 'failures.csv'} for each.",
        )


def _show_change(both: Compared, scenario: Scenario, out: Path) -> None:
    """What a scenario does to England's number, each January."""
    import polars as pl

    from rightplace.cli.scenario import not_law
    from rightplace.cli.screen import say, table

    lost = both.under.failures.join(both.without.failures, on="la_code", how="anti")
    if not lost.is_empty():
        table(lost, "Authorities without a forecast under the scenario, and why: they are in no difference")
    shown = both.difference.england.filter(pl.col("dimension") == "total")
    points = pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64)
    if not shown.is_empty():
        table(shown.select("year", points), f"Plans more (or, with a minus, fewer) under the scenario: {scenario.name}")
    say(
        "The difference is taken in each future, which has the same chances without and with the scenario.",
        *not_law(scenario),
        f"Written: {out / 'difference_england.csv'}, difference_regions.csv and difference_areas.csv, and the usual files under the scenario in {out / 'scenario'}.",
    )


@contextmanager
def _spread(workers: int | None, cluster: str | None) -> Iterator[Spread]:
    """Where the work is done: a cluster, this process, or several (as many as there are processors, unless said)."""
    many = workers or os.cpu_count() or 1
    if cluster:
        from rightplace.forecast.england import cluster as on_cluster

        yield partial(on_cluster.each, address=cluster)
    elif many == 1:
        from rightplace.forecast.england import here

        yield here.each
    else:
        from rightplace.forecast.england.processes import Processes

        with Processes(many) as several:
            yield several.each


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
