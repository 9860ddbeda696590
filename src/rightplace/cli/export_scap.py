"""``rightplace export-scap``: the School Capacity survey's sheet of pupils expected to need a specialist place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    import polars as pl

    from rightplace.places.pathways.specialist import Specialist

NAME: Final = "export-scap"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="File to write: .xlsx, or .csv with others beside it.")],
    first: Annotated[
        int | None,
        typer.Option(
            "--from",
            metavar="YEAR",
            help="September of the first academic year; without it, the one after the last return.",
        ),
    ] = None,
    futures: Annotated[int, typer.Option(min=1, max=1000, help="Futures of the forecast.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
) -> None:
    """Write the forecast of specialist places for the School Capacity (SCAP) survey."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say, table
    from rightplace.places.pathways.specialist import ALL, specialist
    from rightplace.returns.scap.sheet import academic_year, sheet
    from rightplace.returns.scap.write import files, write

    require_writable(*files(out))
    with Shown() as progress:
        found = specialist(store.load(area), first=first, futures=futures, seed=seed, progress=progress)
    notes = _notes(found)
    ranges = _rounded(found.ranges).with_columns(academic_year("academic_year"))
    write(sheet(found.cells, la_code=found.la_code, name=found.name), ranges, notes, out)
    shown = ranges.filter(provision=ALL).drop("provision", "mean")
    table(shown, f"Pupils with an EHC plan expected to need a specialist place, {found.name}")
    say(*notes[:3], f"Written: {', '.join(str(path) for path in files(out))}.")


def _rounded(ranges: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return ranges.with_columns(pl.col("low", "middle", "high").round(0).cast(pl.Int64), pl.col("mean").round(1))


def _notes(found: Specialist) -> list[str]:
    return [
        "The department's template was not seen: the Layout says which columns are in its guide and which are not. "
        "Copy the numbers into the template of the year.",
        f"Forecast from the EHC plans of January {found.start}, in {found.futures:,} futures; pupils of an academic year are those of its January.",
        "Independent, non-maintained and alternative provision have rows of their own: leave out what the survey does not ask for.",
        "Pupils are those who would be in these kinds of setting if places were offered as they have been. Need that has gone unmet for "
        "want of places is not in it.",
        "The cells of a phase and year add up to the middle of the futures (p50) of all provision together. Low and high in the ranges are "
        "p10 and p90: eight of ten futures lie between. Ranges of parts do not add up to the range of the whole.",
        "The numbers are exact and some are small: protect them before you publish them.",
        *(line for line in found.method.splitlines() if line.strip()),
    ]
