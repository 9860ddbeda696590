"""How e-mail is sent, from one address: a mail server, a folder, or the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from rightplace.errors import UserError

_BACKENDS: Final = "django.core.mail.backends"


def mail(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings of e-mail from ``RIGHTPLACE_MAIL``; ``MAIL_ON`` is False where nothing is set, and none is made.

    ``smtp://USER:PASSWORD@HOST:587`` (STARTTLS), ``smtps://USER:PASSWORD@HOST:465``, ``file:FOLDER`` and ``console:``.
    Raises ``UserError`` for any other, and for a server without ``RIGHTPLACE_MAIL_FROM``.
    """
    text, sender = environ.get("RIGHTPLACE_MAIL", "").strip(), environ.get("RIGHTPLACE_MAIL_FROM", "").strip()
    made: dict[str, Any] = {"MAIL_ON": bool(text), "DEFAULT_FROM_EMAIL": sender or "rightplace@localhost"}
    parts = urlsplit(text)
    if not text:
        return {**made, "EMAIL_BACKEND": f"{_BACKENDS}.dummy.EmailBackend"}
    if parts.scheme == "console":
        return {**made, "EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {**made, "EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise UserError(
            "This is not a way to send e-mail.",
            where="RIGHTPLACE_MAIL",
            action="Give smtp://USER:PASSWORD@HOST:587, smtps://USER:PASSWORD@HOST:465, file:FOLDER or console:.",
        )
    if not sender:
        raise UserError("E-mails need an address they come from.", where="RIGHTPLACE_MAIL_FROM", action="Set it.")
    return {**made, **_server(parts)}


def _server(parts: Any) -> dict[str, Any]:
    whole = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if whole else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": whole,
        # A server on this same machine needs no encryption on the way to it.
        "EMAIL_USE_TLS": not whole and parts.hostname not in ("localhost", "127.0.0.1", "::1"),
        "EMAIL_TIMEOUT": 20,
    }
