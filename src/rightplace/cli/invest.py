"""``rightplace invest``: where to add places over ten years, so that the plan holds in most futures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.places.invest.result import Investment
    from rightplace.places.invest.scheme import Scheme

NAME: Final = "invest"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    schemes: Annotated[Path | None, typer.Option(metavar="FILE", help="Schemes to weigh up (CSV).")] = None,
    futures: Annotated[
        int, typer.Option(min=10, max=2000, help="Futures planned for; at least 500 more test the plan.")
    ] = 20,
    years: Annotated[int, typer.Option(min=2, max=20, help="Years ahead.")] = 10,
    budget: Annotated[
        list[str] | None,
        typer.Option(metavar="POUNDS | YEAR=POUNDS", help="Capital in all, or in a year; may be repeated."),
    ] = None,
    promise: Annotated[float, typer.Option(help="Share of futures in which every child has a place.")] = 0.9,
    may_close: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SETTING/BASE | all",
            help="A unit, resourced provision or state special school that may be closed or halved. Repeat for more.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same plan.")] = 1,
    publish: Annotated[
        bool, typer.Option("--publish", help="Protect small numbers in the report, for readers outside the service.")
    ] = False,
) -> None:
    """Plan new places for an area: what to open, where, when and how large."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.calendar import clock
    from rightplace.cli.screen import Shown
    from rightplace.forecast.run import forecast
    from rightplace.places.invest.run import Ask, futures_needed, invest

    require_writable(out / "schemes.csv")
    total, by_year = _budgets(budget or [])
    given = _schemes(schemes) if schemes else None
    record = store.load(area)
    with Shown() as progress:
        ahead = forecast(record, years=years, futures=futures_needed(futures), seed=seed, progress=progress)
        ask = Ask(promise=promise, budget=by_year, total_budget=total, may_close=tuple(may_close or ()))
        plan = invest(record, ahead, given, on=clock.today(), futures=futures, ask=ask, seed=seed, progress=progress)
    _write(plan, out)
    _report(record, plan, out, publish=publish)
    _show(plan, out)


def _schemes(path: Path) -> tuple[Scheme, ...]:
    from rightplace.errors import UserError
    from rightplace.places.invest.scheme_rows import from_text

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "The file of schemes cannot be read as UTF-8 text.", where=str(path), action="Check the file."
        ) from error
    return from_text(text, str(path))


def _budgets(given: list[str]) -> tuple[float | None, dict[int, float]]:
    total: float | None = None
    by_year: dict[int, float] = {}
    for entry in given:
        year, _, amount = entry.rpartition("=")
        try:
            pounds = float(amount.replace(",", ""))
            if year:
                by_year[int(year)] = pounds
            else:
                total = pounds
        except ValueError:
            raise typer.BadParameter(
                f"{entry!r} is not pounds (12000000) or a year and pounds (2027=3000000)."
            ) from None
    return total, by_year


def _write(plan: Investment, out: Path) -> None:
    from rightplace.area.files import replace_file
    from rightplace.report.csv_files import investment

    out.mkdir(parents=True, exist_ok=True)
    for name, frame in investment(plan).items():
        with replace_file(out / f"{name}.csv") as path:
            frame.write_csv(path)


def _report(record: Area, plan: Investment, out: Path, *, publish: bool) -> None:
    """The paper as a page and as a workbook."""
    from rightplace.report import html, investment_report, workbook

    made = investment_report.build(record, plan, publish=publish)
    html.write(made, out / "report.html")
    workbook.write(made, out / "report.xlsx")


def _show(plan: Investment, out: Path) -> None:
    import polars as pl

    from rightplace.cli.screen import say, table

    shown = plan.schemes.select(
        pl.col("opens").cast(pl.String), "name", "places", pl.col("capital_gbp").round(0).cast(pl.Int64), "serves"
    )
    table(shown, "Schemes to open, by September")
    if plan.closures.height:
        ends = pl.col("places_now", "places_last").round(0).cast(pl.Int64)
        table(
            plan.closures.select("september", "name", "action", ends),
            "Bases to close or halve, year group by year group",
        )
    lines = [
        f"Expected cost over the years looked at {plan.proof.incumbent:,.0f} pounds; no plan costs less than"
        f" {plan.proof.bound:,.0f} (gap {plan.proof.gap:.1%}).",
        f"From September {plan.promise_from} every child has a place in {plan.kept:.0%} of the futures planned for, and in"
        f" {plan.kept_elsewhere:.0%} of {plan.tried} others (95% interval {plan.kept_elsewhere_low:.0%} to"
        f" {plan.kept_elsewhere_high:.0%}).",
    ]
    if not plan.meets:
        lines.append("The promise is not kept. In the way: " + "; ".join(plan.in_the_way) + ".")
        if plan.least_budget_gbp is not None:
            lines.append(f"The least capital found that would do is {plan.least_budget_gbp:,.0f} pounds.")
    say(*lines, f"Written: {out / 'report.html'}, {out / 'schemes.csv'} and the files beside them.")
