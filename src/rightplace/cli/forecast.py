"""``rightplace forecast``: the futures of one area, with and without a scenario, or of every authority in England."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from rightplace.cli.forecast_extras import Extras, write_extras

if TYPE_CHECKING:
    from rightplace.forecast.result import Forecast
    from rightplace.forecast.scenario.compare import Comparison
    from rightplace.forecast.scenario.description import Scenario

NAME: Final = "forecast"


def run(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    area: Annotated[Path | None, typer.Argument(metavar="AREA", help="Folder of the area record.")] = None,
    years: Annotated[int, typer.Option(min=1, max=30, help="Januaries ahead.")] = 10,
    futures: Annotated[int, typer.Option(min=10, max=100_000, help="Simulated futures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
    scenario: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Dated changes to rates, in YAML: forecast without and with them."),
    ] = None,
    reform: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A proposal of the government as a scenario, or all. Not law."),
    ] = None,
    own_parameters: Annotated[
        Path | None,
        typer.Option(
            "--parameters", metavar="FOLDER", help="Your own parameter files, whose dates and sizes --reform takes."
        ),
    ] = None,
    mode: Annotated[
        Literal["cohort", "individual"],
        typer.Option(help="Count people by cell, or follow each person: the same futures in distribution."),
    ] = "cohort",
    future: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Also write one future by itself; the first is 0."),
    ] = None,
    localities: Annotated[
        bool, typer.Option("--localities", help="Also split plans by locality, from the names of neighbourhoods.")
    ] = False,
    why: Annotated[
        bool,
        typer.Option("--why", help="Also say why plans change and what is uncertain; takes several times as long."),
    ] = False,
    everywhere: Annotated[bool, typer.Option("--all", help="Every authority, from published statistics.")] = False,
    statistics: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder of published statistics, with --all.")
    ] = None,
    until: Annotated[int | None, typer.Option(metavar="YEAR", help="Last January used, with --all.")] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=256, metavar="N", help="Processes, with --all. As many as processors if not given."),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to work on, with --all.")
    ] = None,
) -> None:
    """Forecast plans for an area, with ranges."""
    if workers and cluster:
        raise typer.BadParameter("Give --workers or --cluster, not both: a cluster has its own workers.")
    if future is not None and future >= futures:
        raise typer.BadParameter(f"There are futures 0 to {futures - 1}: --future {future} is not one of them.")
    if own_parameters and not reform:
        raise typer.BadParameter("Give --parameters with --reform: it changes the dates and sizes of proposals.")
    wanted = Extras(future=future, localities=localities, why=why)
    if everywhere and statistics and not (area or wanted.any or mode != "cohort"):
        from rightplace.cli.england import forecast_england
        from rightplace.cli.scenario import chosen

        forecast_england(
            statistics, out, years=years, futures=futures, seed=seed, until=until, workers=workers, cluster=cluster,
            scenario=chosen(scenario, reform or (), own_parameters),
        )  # fmt: skip
    elif area and not (everywhere or statistics or until or workers or cluster):
        from rightplace.cli.scenario import chosen

        shape = {"years": years, "futures": futures, "seed": seed, "mode": mode}
        _area(area, out, chosen(scenario, reform or (), own_parameters), wanted, shape)
    else:
        raise typer.BadParameter(
            "Give an AREA (and --scenario, --reform, --mode, --future, --localities or --why if wanted), or --all with --statistics FOLDER (and --scenario, --reform, --until, --workers or --cluster if wanted)."
        )


def _area(area: Path, out: Path, scenario: Scenario | None, wanted: Extras, shape: dict[str, Any]) -> None:
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say
    from rightplace.forecast.run import forecast
    from rightplace.forecast.scenario.compare import compare
    from rightplace.report.csv_files import write_forecast

    require_writable(out / "summary.csv")
    made = store.load(area)
    with Shown() as progress:
        if scenario:
            both = compare(made, scenario, **shape, progress=progress)
            result = both.baseline
        else:
            result = forecast(made, **shape, progress=progress)
        write_forecast(result, out)
        write_extras(result, made, wanted, out, progress)
        if scenario:
            write_extras(both.scenario, made, wanted, out, progress, "scenario_")
    _show(result)
    say(
        "In 8 of 10 futures the number lies between p10 and p90.",
        f"Written: {out / 'summary.csv'} and the files beside it.",
    )
    if scenario:
        _write_comparison(both, scenario, out)


def _show(result: Forecast) -> None:
    import polars as pl

    from rightplace.cli.screen import table

    total = result.summary.filter(pl.col("dimension") == "total")
    table(
        total.select("year", pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64)),
        "EHC plans expected each January",
    )


def _write_comparison(both: Comparison, scenario: Scenario, out: Path) -> None:
    """Write and show what a scenario changes."""
    import polars as pl

    from rightplace.cli.screen import say, table
    from rightplace.report.csv_files import write_frame

    for name in ("summary", "flows", "assumptions"):
        write_frame(getattr(both.scenario, name), out / f"scenario_{name}.csv")
    write_frame(both.difference, out / "difference.csv")
    shown = both.difference.filter(pl.col("dimension") == "total")
    points = pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64)
    table(shown.select("year", points), f"Plans more (or, with a minus, fewer) under the scenario: {scenario.name}")
    last = both.difference.filter((pl.col("year") == pl.col("year").max()) & (pl.col("dimension") == "setting"))
    table(last.select("value", points), f"The same by kind of setting, January {last['year'][0]}")
    say(
        "The difference is taken in each future, which has the same chances with and without the scenario.",
        *_stated(both.scenario, scenario),
        f"Written: {out / 'difference.csv'}, scenario_summary.csv and the files beside them.",
    )


def _stated(result: Forecast, scenario: Scenario) -> list[str]:
    """What a reader must know of a scenario: what is not law, what the area does not have, what was held to 1."""
    import polars as pl

    from rightplace.cli.scenario import not_law

    names = result.assumptions.filter(pl.col("name").str.contains("changes nothing|held at 1 there"))["name"]
    return [*not_law(scenario), *(f"Note: {name}." for name in names)]
