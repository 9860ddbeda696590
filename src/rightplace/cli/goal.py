"""``rightplace goal``: how much a rate must change for a number of plans in a year to come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rightplace.forecast.scenario.description import Change
    from rightplace.forecast.scenario.goal import Answer, Goal

NAME: Final = "goal"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    plans: Annotated[float, typer.Option(min=0, help="Plans wanted.")],
    year: Annotated[int, typer.Option(help="January they are wanted in.")],
    lever: Annotated[
        str, typer.Option(metavar="RATE", help="Rate to change: joining, leaving, moving or need_change.")
    ] = "joining",
    setting: Annotated[
        str | None, typer.Option(metavar="KIND", help="Count plans in this kind of setting only.")
    ] = None,
    need: Annotated[str | None, typer.Option(metavar="NEED", help="Count plans of this need only.")] = None,
    phase: Annotated[str | None, typer.Option(metavar="PHASE", help="Count plans of this phase only.")] = None,
    lever_groups: Annotated[
        str | None, typer.Option(metavar="RANGE", help='Year groups whose rate changes, like "Year 6 to Year 9".')
    ] = None,
    lever_need: Annotated[list[str] | None, typer.Option(metavar="NEED", help="Needs whose rate changes.")] = None,
    lever_setting: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Kinds of setting whose rate changes.")
    ] = None,
    lever_to: Annotated[list[str] | None, typer.Option(metavar="KIND", help="With moving: where to.")] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Day the rate changes. From the last return if not given."),
    ] = None,
    futures: Annotated[int, typer.Option(min=10, max=5000, help="Simulated futures of each try.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV file for what each change of the rate gives.")
    ] = None,
) -> None:
    """Find how much a rate must change to reach a number of plans."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown
    from rightplace.forecast.scenario.goal import seek
    from rightplace.report.csv_files import write_frame

    require_writable(out)
    target = _target(plans, year, setting=setting, need=need, phase=phase)
    pulled = _lever(lever, start, lever_groups, lever_need, lever_setting, lever_to)
    with Shown() as progress:
        answer = seek(store.load(area), target=target, lever=pulled, futures=futures, seed=seed, progress=progress)
    if out:
        write_frame(answer.curve, out)
    _tell(answer, target, pulled, out)


def _target(plans: float, year: int, **dimensions: str | None) -> Goal:
    from rightplace.forecast.scenario.goal import Goal

    given = [(name, value) for name, value in dimensions.items() if value]
    if len(given) > 1:
        raise typer.BadParameter("Count plans by one of --setting, --need and --phase.")
    dimension, value = given[0] if given else ("total", "total")
    return Goal(people=plans, year=year, dimension=dimension, value=value)


def _lever(
    rate: str,
    start: str | None,
    groups: str | None,
    needs: list[str] | None,
    settings: list[str] | None,
    to: list[str] | None,
) -> Change:
    """The rate to change, read as a change of a scenario is, so that mistakes are told in the same words."""
    from rightplace.forecast.scenario.parse import from_values

    given = {"year groups": groups, "needs": needs, "settings": settings, "to": to}
    facts = {key: value for key, value in given.items() if value}
    always = {
        "rate": rate,
        "from": start or "2000-01-01",
        "times": 1,
        "reason": "goal",
        "source": "goal",
        "name": "goal",
    }
    return from_values({"changes": [always | facts]}, "the lever").changes[0]


def _tell(answer: Answer, target: Goal, lever: Change, out: Path | None) -> None:
    import polars as pl

    from rightplace.cli.screen import say, table
    from rightplace.forecast.scenario.stated import whom

    shown = answer.curve.select(
        (100 * (pl.col("factor") - 1)).round(1).alias(f"change of {lever.rate.replace('_', ' ')} %"),
        pl.col("mean", "p10", "p50", "p90").round(0).cast(pl.Int64),
    )
    counted = "" if target.dimension == "total" else f" ({target.dimension} {target.value})"
    table(shown, f"Plans in January {target.year}{counted}, by how much the rate changes")
    what = f"{lever.rate.replace('_', ' ')} ({whom(lever)})"
    if answer.factor is None:
        say(
            f"{target.people:,.0f} plans cannot be reached by {what} of 0 to 300% of what it is: "
            f"that gives from {answer.least:,.0f} to {answer.most:,.0f}, and {answer.now:,.0f} as it is."
        )
    else:
        say(
            f"{target.people:,.0f} plans are reached on average with {what} {_percent(answer.factor)} "
            f"({answer.factor:.2f} times what it is, which gives {answer.now:,.0f}).",
            f"In 8 of 10 futures it would take from {_end(answer.low, 'less than 0')} to {_end(answer.high, 'more than 3')} times.",
        )
    if out:
        say(f"Written: {out}")


def _percent(factor: float) -> str:
    change = 100 * (factor - 1)
    return f"{'up' if change >= 0 else 'down'} by {abs(change):.1f}%"


def _end(factor: float | None, beyond: str) -> str:
    return beyond if factor is None else f"{factor:.2f}"
