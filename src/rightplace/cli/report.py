"""``rightplace report``: a plan as a page and a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "report"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="The page to write.")],
    workbook: Annotated[Path | None, typer.Option(metavar="FILE.xlsx", help="The same tables as a workbook.")] = None,
    findings: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Findings of 'rightplace check --csv', to count in the report."),
    ] = None,
    backtest: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Results of 'rightplace backtest', to show how right forecasts were."),
    ] = None,
    years: Annotated[int, typer.Option(min=1, max=30, help="Januaries ahead.")] = 10,
    futures: Annotated[int, typer.Option(min=10, max=100_000, help="Simulated futures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
    publish: Annotated[
        bool, typer.Option("--publish", help="Protect small numbers, for readers outside the service.")
    ] = False,
) -> None:
    """Write the report of an area: a self-contained page, and a workbook of its tables."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say
    from rightplace.forecast.run import forecast
    from rightplace.forecast.why.explain import explain
    from rightplace.places.sufficiency.run import sufficiency
    from rightplace.report import first_plan, html
    from rightplace.report import workbook as xlsx
    from rightplace.report.backtest_summary import BacktestSummary
    from rightplace.report.inputs import FindingsSummary

    record = store.load(area)
    require_writable(out, workbook)
    found = FindingsSummary.read(findings) if findings else None
    tested = BacktestSummary.read(backtest) if backtest else None
    with Shown() as progress:
        result = forecast(record, years=years, futures=futures, seed=seed, progress=progress)
        enough = None if record["settings"].is_empty() else sufficiency(record, result, seed=seed, progress=progress)
        reasons = explain(result, progress=progress)
        progress(0, 2, "drawing the report")
        made = first_plan.build(record, result, found, backtest=tested, enough=enough, reasons=reasons, publish=publish)
        html.write(made, out)
        progress(1, 2, "drawing the report")
        if workbook:
            xlsx.write(made, workbook)
        progress(2, 2, "drawing the report")
    say(*(f"Written: {path}" for path in (out, workbook) if path))
