"""A database from its URL: SQLite in one file for a pilot, PostgreSQL for a whole authority."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from rightplace.errors import UserError

_SQLITE: Final = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}
"""Writers queue rather than fail, readers never wait, and what was committed survives a power cut."""


_POSTGRESQL: Final = {"server_side_binding": True, "prepare_threshold": 5}
"""A statement that comes again and again is planned once by each connection: a third less work for the database."""


def from_url(url: str) -> dict[str, Any]:
    """Django's settings of a database from ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST:PORT/NAME``.

    Raises ``UserError`` for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path).removeprefix("/")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": _file(name), "OPTIONS": dict(_SQLITE)}
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(_POSTGRESQL),
        }
    raise UserError(
        "This is not the address of a database.",
        where="--database",
        action="Give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )


def _file(name: str) -> str | Path:
    """The path of an SQLite file: ``sqlite:///a.db`` is beside you, ``sqlite:////srv/a.db`` is where it says."""
    if not name:
        raise UserError("The address names no file.", where="--database", action="Give sqlite:///FILE.")
    return name if name == ":memory:" else Path(name).absolute()
