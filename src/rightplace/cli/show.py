"""``rightplace show``: what an area record holds and where it came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rightplace.area.record import Area

NAME: Final = "show"


def run(area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")]) -> None:
    """Show what an area record holds and where it came from."""
    from rightplace.area import store

    show(store.load(area))


def show(area: Area) -> None:
    """Print an area: its tables, its plans by year, its sources and what was refused."""
    import polars as pl

    from rightplace.area.summary import FIRST_WITHOUT_STATEMENTS, describe, plans_by_year, remarks, sources
    from rightplace.cli.screen import say, table

    say(f"{area.name} ({area.la_code})")
    table(describe(area).filter(pl.col("rows") > 0), "What the record holds")
    plans = plans_by_year(area)
    table(plans.with_columns(pl.col("people").cast(pl.Int64)), "EHC plans in place each January")
    if (plans["year"] < FIRST_WITHOUT_STATEMENTS).any():
        say(f"Counts before January {FIRST_WITHOUT_STATEMENTS} include statements of special educational needs.")
    if area.lineage:
        table(sources(area), "Where it came from")
        say(*remarks(area))
