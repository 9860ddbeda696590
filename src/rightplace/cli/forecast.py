"""``rightplace forecast``: the futures of one area, or of every authority in England."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "forecast"


def run(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    area: Annotated[Path | None, typer.Argument(metavar="AREA", help="Folder of the area record.")] = None,
    years: Annotated[int, typer.Option(min=1, max=30, help="Januaries ahead.")] = 10,
    futures: Annotated[int, typer.Option(min=10, max=100_000, help="Simulated futures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
    everywhere: Annotated[bool, typer.Option("--all", help="Every authority, from published statistics.")] = False,
    statistics: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder of published statistics, with --all.")
    ] = None,
    until: Annotated[int | None, typer.Option(metavar="YEAR", help="Last January used, with --all.")] = None,
) -> None:
    """Forecast plans for an area, with ranges."""
    if everywhere and statistics and not area:
        _england(statistics, out, years=years, futures=futures, seed=seed, until=until)
    elif area and not (everywhere or statistics or until):
        _area(area, out, years=years, futures=futures, seed=seed)
    else:
        raise typer.BadParameter("Give an AREA, or --all with --statistics FOLDER (and --until YEAR if wanted).")


def _area(area: Path, out: Path, *, years: int, futures: int, seed: int) -> None:
    import polars as pl

    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say, table
    from rightplace.forecast.run import forecast
    from rightplace.report.csv_files import write_forecast

    require_writable(out / "summary.csv")
    with Shown() as progress:
        result = forecast(store.load(area), years=years, futures=futures, seed=seed, progress=progress)
    write_forecast(result, out)
    total = result.summary.filter(pl.col("dimension") == "total")
    table(
        total.select("year", pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64)),
        "EHC plans expected each January",
    )
    say(
        "In 8 of 10 futures the number lies between p10 and p90.",
        f"Written: {out / 'summary.csv'} and the files beside it.",
    )


def _england(folder: Path, out: Path, *, years: int, futures: int, seed: int, until: int | None) -> None:
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say, table
    from rightplace.forecast.england import forecast_all
    from rightplace.report.csv_files import write_areas
    from rightplace.returns.statistics.build import national_from_statistics

    require_writable(out / "areas.csv")
    with Shown() as progress:
        national = national_from_statistics(folder, until=until)
        england = forecast_all(national, years=years, futures=futures, seed=seed, progress=progress)
    write_areas(england, out)
    if not england.failures.is_empty():
        table(england.failures, "Authorities without a forecast, and why")
    say(f"{england.areas['la_code'].n_unique()} authorities forecast. Written: {out / 'areas.csv'}")
