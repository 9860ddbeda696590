"""``rightplace check``: the rules of the SEN2 return, run on files before they are sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    import polars as pl

NAME: Final = "check"


def run(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="SEN2 XML files, or the nine CSVs of a Blade export.")
    ],
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write every finding to this CSV file.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the findings as a page for a browser.")
    ] = None,
    gias: Annotated[
        list[Path] | None, typer.Option(metavar="FILE...", help="GIAS extract, for the rules about settings.")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(metavar="FILE", help="population.csv, for the rule about plans per resident.")
    ] = None,
) -> None:
    """Check SEN2 returns. Exit code 3 when there are errors."""
    from rightplace.area.files import require_writable
    from rightplace.cli.failure import tell
    from rightplace.cli.screen import Shown, say, table
    from rightplace.errors import DATA_FAILS
    from rightplace.report import findings_page
    from rightplace.returns.checks.findings import write_csv
    from rightplace.returns.checks.several import check_several
    from rightplace.returns.load import read_settings
    from rightplace.returns.sen2.reader import read_what_can_be

    require_writable(csv, html)
    with Shown() as progress:
        settings, _ = read_settings(gias or ())
        residents = _residents(population) if population else None
        returns, refused = read_what_can_be(files, progress=progress)
        if not returns:
            raise refused[0]
        checked = check_several(returns, settings=settings, population=residents, progress=progress)
    if csv:
        write_csv(checked.frame, csv)
    if html:
        findings_page.write(checked, html)
    by_rule = checked.by_rule()
    if not by_rule.is_empty():
        table(by_rule, "Findings by rule")
    say(*checked.sentences(), *(f"Written: {path}" for path in (csv, html) if path))
    for error in refused:
        tell(error)
    if checked.has_errors or refused:
        raise typer.Exit(DATA_FAILS if checked.has_errors else refused[0].exit_code)


def _residents(population: Path) -> pl.DataFrame:
    from rightplace.errors import UserError
    from rightplace.returns.extracts import read_extract

    extract = read_extract(population)
    if extract.table != "population":
        raise UserError(
            f"--population was given {extract.table}.csv.", where=str(population), action="Give population.csv."
        )
    return extract.frame
