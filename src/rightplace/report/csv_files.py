"""Results as CSV files, for those who work on in a spreadsheet or a notebook."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rightplace.area.files import replace_file
from rightplace.forecast.backtest.result import Backtest
from rightplace.forecast.england.compare import Difference
from rightplace.forecast.england.result import England
from rightplace.forecast.result import Forecast
from rightplace.forecast.scenario.compare import Comparison
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.reasons import ASSIGNMENTS
from rightplace.places.invest.result import Investment


def write_forecast(forecast: Forecast, folder: Path) -> None:
    """``summary.csv``, ``flows.csv``, ``per_1000.csv``, ``ages.csv``, ``history.csv``, ``rates.csv``, ``assumptions.csv`` and ``method.txt``."""
    for name in ("summary", "flows", "per_1000", "ages", "history", "rates", "assumptions"):
        write_frame(getattr(forecast, name), folder / f"{name}.csv")
    with replace_file(folder / "method.txt") as part:
        part.write_text(forecast.method.rstrip() + "\n", encoding="utf-8")


def write_comparison(both: Comparison, folder: Path) -> None:
    """What a scenario changes: ``scenario_summary.csv``, ``scenario_flows.csv``, ``scenario_assumptions.csv`` and ``difference.csv``."""
    for name in ("summary", "flows", "assumptions"):
        write_frame(getattr(both.scenario, name), folder / f"scenario_{name}.csv")
    write_frame(both.difference, folder / "difference.csv")


def write_england(england: England, folder: Path) -> None:
    """``areas.csv``, ``regions.csv``, ``england.csv``, ``failures.csv`` (authorities without a forecast, and why) and ``method.txt``."""
    for name in ("areas", "regions", "england", "failures"):
        write_frame(getattr(england, name), folder / f"{name}.csv")
    with replace_file(folder / "method.txt") as part:
        part.write_text(england.method.rstrip() + "\n", encoding="utf-8")


def write_england_difference(difference: Difference, folder: Path) -> None:
    """What a scenario changes: ``difference_areas.csv``, ``difference_regions.csv`` and ``difference_england.csv``."""
    for name in ("areas", "regions", "england"):
        write_frame(getattr(difference, name), folder / f"difference_{name}.csv")


def write_backtest(backtest: Backtest, folder: Path) -> None:
    """``scores.csv``, ``summary.csv``, ``by_size.csv``, ``by_origin.csv`` and ``notes.txt`` in ``folder``."""
    for name in ("scores", "summary", "by_size", "by_origin"):
        write_frame(getattr(backtest, name), folder / f"{name}.csv")
    with replace_file(folder / "notes.txt") as part:
        part.write_text("\n".join(backtest.notes) + "\n", encoding="utf-8")


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """One frame as CSV with a header; numbers to six significant decimals at most, nothing for null."""
    with replace_file(path) as part:
        frame.with_columns(pl.selectors.float().round(6)).write_csv(part)


def placements(found: Placements) -> dict[str, pl.DataFrame]:
    """The frames of a plan for a September, by the names of their files."""

    def rounded(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.col("km", "minutes").cast(pl.Float64).round(1), pl.col("cost_gbp").round(2))

    short = ("setting", "base", "capacity", "kept", "assigned", "value_of_one_more_place")
    return {
        "assignments": rounded(found.assignments.select(ASSIGNMENTS)),
        "unplaced": found.unplaced,
        "settings": found.settings.select(short),
        "settings_in_full": found.settings,
        "fairness": found.fairness,
        "second_best": rounded(found.second_best()),
    }


def investment(plan: Investment) -> dict[str, pl.DataFrame]:
    """The frames of an investment plan, by the names of their files."""
    return {name: getattr(plan, name) for name in ("schemes", "closures", "frontier", "years", "considered")}
