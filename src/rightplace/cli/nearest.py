"""``rightplace nearest``: how far the nearest special school, unit or resourced provision is, on a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rightplace.vocabulary.need import Need

NAME: Final = "nearest"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="The page to write.")],
    need: Annotated[
        str | None, typer.Option(metavar="CODE", help="Code of a need, such as ASD. Any need if not given.")
    ] = None,
    year_group: Annotated[int, typer.Option(min=-4, max=20, metavar="NUMBER", help="Year group; Reception is 0.")] = 7,
    september: Annotated[
        int | None,
        typer.Option(min=2015, max=2100, metavar="YEAR", help="The September looked at. The next if not given."),
    ] = None,
    table: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="The same as a table, a row a school.")] = None,
) -> None:
    """Map the nearest special school, SEN unit or resourced provision to each mainstream school."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.calendar.academic import academic_year
    from rightplace.calendar.clock import today
    from rightplace.cli.screen import say
    from rightplace.report import html, nearest_report
    from rightplace.report.csv_files import write_frame
    from rightplace.report.placed.nearest import nearest

    wanted = _need(need)
    require_writable(out, table)
    record = store.load(area)
    when = september or academic_year(today()) + 1
    made = nearest_report.build(record, september=when, need=wanted, year_group=year_group)
    html.write(made, out)
    if table:
        write_frame(nearest(record, september=when, need=wanted and str(wanted), year_group=year_group), table)
    say(f"{made.title}.", *(f"Written: {path}" for path in (out, table) if path))


def _need(text: str | None) -> Need | None:
    from rightplace.errors import UserError
    from rightplace.vocabulary.need import Need

    if text is None:
        return None
    found = next((one for one in Need if one == text.strip().upper()), None)
    if found is None:
        raise UserError(f"{text!r} is not a code of need.", where="--need", action=f"Use one of {', '.join(Need)}.")
    return found
