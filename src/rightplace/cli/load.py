"""``rightplace load``: an area record from an authority's own files, or from published statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "load"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder for the area record. An earlier record there is replaced.")],
    sen2: Annotated[list[Path] | None, typer.Option(metavar="FILE...", help="SEN2 returns, one or more years.")] = None,
    gias: Annotated[list[Path] | None, typer.Option(metavar="FILE...", help="GIAS extract of schools and colleges.")] = None,
    population: Annotated[Path | None, typer.Option(metavar="FILE", help="Residents by year and single year of age.")] = None,
    postcodes: Annotated[Path | None, typer.Option(metavar="FILE", help="Postcodes with their neighbourhood (LSOA).")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the area; the authority's name when not given.")] = None,
    statistics: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder of published statistics.")] = None,
    authority: Annotated[str | None, typer.Option(metavar="CODE", help="Authority: DfE code, ONS code or name.")] = None,
) -> None:
    """Load SEN2 returns, or published statistics, into an area record."""
    from rightplace.area import store
    from rightplace.cli.screen import Shown, say
    from rightplace.cli.show import show
    from rightplace.returns.load import Extracts, load_returns, load_statistics

    extracts = Extracts(gias=tuple(gias or ()), population=population, postcodes=postcodes)
    with Shown() as progress:
        if statistics and authority and not sen2:
            made = load_statistics(statistics, authority, name=name)
        elif sen2 and not statistics:
            made = load_returns(sen2, extracts, name=name, progress=progress)
        else:
            raise typer.BadParameter("Give --sen2 FILE..., or both --statistics FOLDER and --authority CODE.")
        store.save(made, area)
    show(made)
    say(f"Area record: {area}")
