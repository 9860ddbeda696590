"""Which web addresses may be asked: https, or plain http on this machine alone."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from rightplace.errors import RefusedError


def check_address(url: str, *, sent_from: str | None = None) -> None:
    """Refuse an address that is not https.

    Plain http is allowed only on this machine (for a local copy or a test); ``sent_from`` is the address
    that redirected here, and only an address on this machine may redirect to one on this machine.

    Raises ``RefusedError``.
    """
    parts = urlsplit(url)
    local = is_this_machine(parts.hostname or "")
    if sent_from is not None and local and not is_this_machine(urlsplit(sent_from).hostname or ""):
        raise _refused(url, sent_from, "which is this machine")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise _refused(url, sent_from, "which is not a secure (https) address")


def is_this_machine(host: str) -> bool:
    """Whether a host name or number is the loopback of this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(url: str, sent_from: str | None, why: str) -> RefusedError:
    if sent_from is None:
        return RefusedError(
            f"The address is {url}, {why}.",
            action="Give an address that starts with https://.",
        )
    return RefusedError(
        f"The service sent the request on to {url}, {why}, so it was not followed.",
        where=sent_from,
        action="Try again from another network; if it happens again, tell the publisher.",
    )
