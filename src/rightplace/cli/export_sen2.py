"""``rightplace export-sen2``: the SEN2 return from the service's cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

NAME: Final = "export-sen2"


def run(
    out: Annotated[Path, typer.Option(metavar="FILE", help="XML file to write.")],
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.")
    ] = None,
) -> None:
    """Write the SEN2 return of 2026 from the live cases. Then see it through "rightplace check"."""
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import say
    from rightplace.web import service

    require_writable(out)
    service.start(database)
    from rightplace.web.load.returned import write_return

    written = write_return(out)
    say(f"{out}: {written.people:,} people, {written.plans:,} plans, as at {written.reference}.")
