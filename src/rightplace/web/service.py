"""Starting Django from a command: the settings, the tables, and words for what is missing."""

from __future__ import annotations

import os
import secrets

from rightplace.errors import UserError


def start(database: str | None, *, migrate: bool = False) -> None:
    """Set Django up on a database, from its URL or from ``RIGHTPLACE_DATABASE``; with ``migrate``, bring its tables up to date.

    Raises ``UserError`` where Django is not installed, or the database cannot be reached or has no tables of ours.
    """
    if database:
        os.environ["RIGHTPLACE_DATABASE"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.web.settings")
    os.environ.setdefault("RIGHTPLACE_SECRET_KEY", secrets.token_urlsafe(50))
    try:
        import django
    except ImportError as error:
        raise UserError(
            "The service needs Django, which is not installed.", action="Install rightplace[web]."
        ) from error
    django.setup()
    _tables(migrate=migrate)


def _tables(*, migrate: bool) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    file = connection.settings_dict["NAME"]
    try:
        if migrate:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            return
        # To ask an SQLite file that is not there for its tables would make it.
        missing = connection.vendor == "sqlite" and not os.path.exists(file)
        there = set() if missing else set(connection.introspection.table_names())
    except DatabaseError as error:
        raise UserError(
            f"The database cannot be used: {' '.join(str(error).split())}.",
            where="--database",
            action="Check its address, and that it is running.",
        ) from error
    if "cases_case" not in there:
        raise UserError(
            "This database is not one of Rightplace's.",
            where="--database",
            action="Run rightplace serve on it once, which makes the tables.",
        )
