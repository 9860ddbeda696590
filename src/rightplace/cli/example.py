"""``rightplace example``: a made-up local area to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "example"


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to make. An earlier example there is replaced.")
    ],
    plans: Annotated[int, typer.Option(min=500, max=100_000, help="About how many EHC plans in January 2026.")] = 3000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same files, byte for byte.")] = 1,
    faults: Annotated[int, typer.Option(min=0, help="Known mistakes to plant; faults.csv lists them.")] = 0,
) -> None:
    """Make a made-up local area with four years of returns."""
    from rightplace.cli.screen import Shown, say
    from rightplace.example.make import make_example

    with Shown() as progress:
        made = make_example(folder, plans=plans, seed=seed, faults=faults, progress=progress)
    say(*made.sentences())
