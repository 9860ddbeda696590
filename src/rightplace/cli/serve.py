"""``rightplace serve``: the service that people sign in to, on this machine."""

from __future__ import annotations

from typing import Annotated, Final

import typer

NAME: Final = "serve"


def run(
    example: Annotated[
        bool, typer.Option("--example", help="Load a made-up area, and print a person and password for each role.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8000,
    database: Annotated[
        str | None,
        typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."),
    ] = None,
    plans: Annotated[int, typer.Option(min=500, max=100_000, help="Plans in the made-up area.")] = 500,
) -> None:
    """Run the service on this machine only, for a trial. Ctrl-C stops it.

    For people elsewhere see "Run the service" in the documentation.
    """
    from rightplace.cli.screen import Shown
    from rightplace.web import server, service

    address = server.free_address(port)
    server.settings_for_a_trial(second_factor=not example)
    service.start(database, migrate=True)
    if example:
        from rightplace.web.load.example import load_example, people

        with Shown() as progress:
            load_example(plans=plans, progress=progress)
        for account in people():
            typer.echo(f"{account.role}\t{account.user}\t{account.password}")
        server.begin_anew(["serve", "--port", str(address[1])])
    server.run(
        address, ready=lambda: typer.echo(f"Rightplace is at http://{address[0]}:{address[1]}/ (Ctrl-C stops it)")
    )
