"""The identity provider from the environment: its settings for the sign-in library, and where forms may lead for it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from rightplace.errors import UserError

_CLASS: Final = "rightplace.web.accounts.openid.CarefulProvider"


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """Settings of the provider that ``RIGHTPLACE_OIDC_*`` name; with no ``APPS`` where none is named.

    Raises ``UserError`` where its address is not HTTPS: over anything else somebody on the way could be anyone. A stub on
    this same machine is let through.
    """
    server = environ.get("RIGHTPLACE_OIDC_SERVER", "").strip()
    if not server:
        return {"openid_connect": {"provider_class": _CLASS, "APPS": []}}
    parts = urlsplit(server)
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and _here(parts.hostname))):
        raise UserError(
            "The identity provider must be reached by HTTPS.",
            where="RIGHTPLACE_OIDC_SERVER",
            action="Give its issuer, like https://sign-in.example.org.",
        )
    app = {
        "provider_id": "council",
        "name": environ.get("RIGHTPLACE_OIDC_NAME", "your work account"),
        "client_id": environ.get("RIGHTPLACE_OIDC_CLIENT_ID", ""),
        "secret": environ.get("RIGHTPLACE_OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": server, "amr": _words(environ.get("RIGHTPLACE_OIDC_AMR", ""))},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "provider_class": _CLASS, "APPS": [app]}}


def form_targets(environ: Mapping[str, str]) -> list[str]:
    """Origins that a form may lead to beside our own: a browser asks where the button "Go on" ends up, at the provider.

    ``RIGHTPLACE_OIDC_PAGES`` names the origin of its pages where it is not that of its issuer.
    """
    server = environ.get("RIGHTPLACE_OIDC_SERVER", "").strip()
    named = _words(environ.get("RIGHTPLACE_OIDC_PAGES", "")) or ([server] if server else [])
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, named) if parts.netloc]


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
