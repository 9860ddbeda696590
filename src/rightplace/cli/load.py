"""``rightplace load``: an area record from an authority's own files, or from published statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "load"


def run(
    area: Annotated[
        Path, typer.Argument(metavar="AREA", help="Folder for the record. An earlier record there is replaced.")
    ],
    sen2: Annotated[list[Path] | None, typer.Option(metavar="FILE...", help="SEN2 returns, one or more years.")] = None,
    gias: Annotated[
        list[Path] | None, typer.Option(metavar="FILE...", help="GIAS extract of schools and colleges.")
    ] = None,
    extracts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE...", help="CSV files named for a table: population.csv, postcodes.csv, staff.csv ..."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the area; the authority's name when not given.")] = None,
    statistics: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder of published statistics.")] = None,
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="Authority: DfE code, ONS code or name.")
    ] = None,
) -> None:
    """Load SEN2 returns, or published statistics, into an area record."""
    own = sen2 and not (statistics or authority)
    published = statistics and authority and not (sen2 or gias or extracts)
    if not own and not published:
        raise typer.BadParameter("Give --sen2 FILE..., or both --statistics FOLDER and --authority CODE.")
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say
    from rightplace.cli.show import show
    from rightplace.returns.load import load_returns
    from rightplace.returns.statistics.build import area_from_statistics
    from rightplace.vocabulary.authority import find

    require_writable(area / store.MANIFEST)
    with Shown() as progress:
        if statistics and authority:
            made = area_from_statistics(statistics, find(authority).code)
        else:
            made = load_returns(sen2 or (), gias=gias or (), extracts=extracts or (), name=name, progress=progress)
        store.save(made, area)
    show(made)
    say(f"Area record: {area}")
