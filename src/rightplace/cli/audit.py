"""``rightplace audit``: whether the service's log and records are as they were written."""

from __future__ import annotations

from typing import Annotated, Final

import typer

NAME: Final = "audit"
app = typer.Typer(help="Check the service's log of access.", no_args_is_help=True)


@app.callback()
def options() -> None:
    """Check the service's log of access."""


@app.command("verify")
def verify(
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.")
    ] = None,
) -> None:
    """See whether any row of the log, or any event of a case, was changed, removed or put in. Exit code 3 where one was."""
    from rightplace.cli.screen import say
    from rightplace.errors import DataError
    from rightplace.web import service

    service.start(database)
    from rightplace.web.audit.verify import verify as check

    found = check()
    if found.broken:
        raise DataError(
            " ".join(found.broken), where="the log", action="Keep the database as it is, and look at the newest backup."
        )
    say(
        f"The log is whole: {found.rows:,} rows, and {found.events:,} events of cases.",
        f"Seal of the last row: {found.seal or 'none'}. Keep it elsewhere to compare with another day.",
    )
