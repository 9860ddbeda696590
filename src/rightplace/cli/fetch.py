"""``rightplace fetch``: published statistics and registers, brought to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "fetch"


def run(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to bring the files to.")],
    source: Annotated[list[str] | None, typer.Option(metavar="NAME...", help="Only these; all when not given.")] = None,
) -> None:
    """Bring published statistics and the register of schools from the internet."""
    from rightplace.calendar import clock
    from rightplace.cli.screen import Shown, say, table
    from rightplace.errors import DATA_FAILS
    from rightplace.returns.fetch.run import fetch

    with Shown() as progress:
        result = fetch(folder, sources=source, on=clock.today(), progress=progress)
    table(result.frame(), "What came")
    say(*result.sentences())
    if result.failed:
        raise typer.Exit(DATA_FAILS)
