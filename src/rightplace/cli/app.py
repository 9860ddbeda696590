"""The list of commands. Each command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from rightplace import __version__
from rightplace.cli import (
    assign,
    audit,
    backtest,
    check,
    choose,
    clock,
    example,
    export_scap,
    export_sen2,
    fetch,
    forecast,
    goal,
    invest,
    load,
    nearest,
    pathways,
    report,
    serve,
    share_places,
    show,
)

app = typer.Typer(
    name="rightplace",
    help="Plan for children and young people with special educational needs and disabilities.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for module in (
    example,
    fetch,
    check,
    load,
    show,
    forecast,
    goal,
    backtest,
    report,
    choose,
    assign,
    pathways,
    invest,
    nearest,
    share_places,
    clock,
    serve,
    export_sen2,
    export_scap,
):
    app.command(name=module.NAME)(module.run)
app.add_typer(audit.app, name=audit.NAME)


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Plan for children and young people with special educational needs and disabilities."""
    if version:
        typer.echo(f"rightplace {__version__}")
        raise typer.Exit
