"""Signing in and out, and tries that failed, as rows of the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from rightplace.web.audit.log import add


def listen() -> None:
    """Note every sign-in, sign-out and failed try from now on."""
    user_logged_in.connect(_in, dispatch_uid="audit in")
    user_logged_out.connect(_out, dispatch_uid="audit out")
    user_login_failed.connect(_failed, dispatch_uid="audit failed")


def _in(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    add(who=user, action="sign_in", words="Signed in.", request=request)


def _out(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        add(who=user, action="sign_out", words="Signed out.", request=request)


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    name = str(credentials.get("username", ""))[:60]
    add(who="Somebody", action="sign_in_failed", words=f"Could not sign in as “{name}”.", request=request)
