"""``rightplace backtest``: how right forecasts would have been, beside simple rivals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rightplace.forecast.backtest.result import Backtest

NAME: Final = "backtest"


def run(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    area: Annotated[
        Path | None, typer.Argument(metavar="AREA", help="Folder of the area record: tested on its own returns.")
    ] = None,
    statistics: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Published statistics: every authority is tested.")
    ] = None,
    first: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR", help="First January to forecast from: 2019, or the area's earliest, when not given."
        ),
    ] = None,
    parts: Annotated[
        bool,
        typer.Option("--parts", help="Score kinds of setting and age bands of every authority too: takes minutes."),
    ] = False,
    horizons: Annotated[int, typer.Option(min=1, max=10, help="Years ahead.")] = 3,
    futures: Annotated[int, typer.Option(min=10, max=100_000, help="Simulated futures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
) -> None:
    """Test forecasts on the past: made from each earlier January, scored on what came."""
    if area and not (statistics or parts):
        made = _on_returns(area, first, horizons=horizons, futures=futures, seed=seed)
    elif statistics and not area:
        made = _on_statistics(statistics, first, parts=parts, horizons=horizons, futures=futures, seed=seed)
    else:
        raise typer.BadParameter("Give an AREA, or --statistics FOLDER (and --parts if wanted).")
    from rightplace.cli.screen import say
    from rightplace.report.csv_files import write_backtest

    write_backtest(made, out)
    _show(made)
    say(*made.notes, f"Written: {out / 'summary.csv'} and the files beside it.")


def _on_returns(folder: Path, first: int | None, *, horizons: int, futures: int, seed: int) -> Backtest:
    from rightplace.area import store
    from rightplace.cli.screen import Shown
    from rightplace.forecast.backtest import returns

    with Shown() as progress:
        return returns.backtest(
            store.load(folder), first=first, horizons=horizons, futures=futures, seed=seed, progress=progress
        )


def _on_statistics(folder: Path, first: int | None, *, parts: bool, horizons: int, futures: int, seed: int) -> Backtest:
    # The library's fits are thousands of sums of a few numbers: sharing each between threads makes them five times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from rightplace.cli.screen import Shown
    from rightplace.forecast.backtest import authorities
    from rightplace.returns.statistics.build import national_from_statistics

    with Shown() as progress:
        return authorities.backtest(
            lambda until: national_from_statistics(folder, until=until),
            first=authorities.FIRST if first is None else first,
            horizons=horizons,
            futures=futures,
            seed=seed,
            with_parts=parts,
            progress=progress,
        )


def _show(made: Backtest) -> None:
    """Print the averages: a table for each dimension."""
    import polars as pl

    from rightplace.cli.screen import table

    names = {
        "mape_percent": "error %",
        "bias_percent": "bias %",
        "wis_percent": "interval score %",
        "coverage80_percent": "in 80% range",
        "coverage95_percent": "in 95% range",
    }
    for dimension in made.summary["dimension"].unique(maintain_order=True):
        rows = made.summary.filter(pl.col("dimension") == dimension)
        about = rows["about"][0]
        table(
            rows.select(pl.col("horizon").alias("years ahead"), "method", pl.col(list(names)).round(2), "n").rename(
                names
            ),
            f"{about}: {dimension.replace('_', ' ')}",
        )
