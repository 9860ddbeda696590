"""Results as CSV files, for those who work on in a spreadsheet or a notebook."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rightplace.area.files import replace_file
from rightplace.forecast.backtest.result import Backtest
from rightplace.forecast.england.result import England
from rightplace.forecast.result import Forecast


def write_forecast(forecast: Forecast, folder: Path) -> None:
    """``summary.csv``, ``flows.csv``, ``per_1000.csv``, ``ages.csv``, ``history.csv``, ``rates.csv``, ``assumptions.csv`` and ``method.txt``."""
    for name in ("summary", "flows", "per_1000", "ages", "history", "rates", "assumptions"):
        write_frame(getattr(forecast, name), folder / f"{name}.csv")
    with replace_file(folder / "method.txt") as part:
        part.write_text(forecast.method.rstrip() + "\n", encoding="utf-8")


def write_england(england: England, folder: Path) -> None:
    """``areas.csv``, ``regions.csv``, ``england.csv``, ``failures.csv`` (authorities without a forecast, and why) and ``method.txt``."""
    for name in ("areas", "regions", "england", "failures"):
        write_frame(getattr(england, name), folder / f"{name}.csv")
    with replace_file(folder / "method.txt") as part:
        part.write_text(england.method.rstrip() + "\n", encoding="utf-8")


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
