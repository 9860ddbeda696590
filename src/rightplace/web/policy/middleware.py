"""What every request passes through: headers, and the rule that a page without an action is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rightplace.web.policy.binding import Refused
from rightplace.web.policy.decide import may
from rightplace.web.policy.foreign import FOREIGN
from rightplace.web.policy.role import STAFF
from rightplace.web.policy.rule import PUBLIC, Answer

_PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
_WITHOUT_SECOND_FACTOR: Final = frozenset({*FOREIGN, "signing_in"})

Respond = Callable[[HttpRequest], HttpResponse]


class Headers:
    """Headers that Django has no setting for. Pages about people are never kept by a browser or a proxy."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with its headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class EveryPageHasAnAction:
    """Refuses any page that neither is bound to an action nor is a known page of the sign-in library."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, unchanged."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A refusal, a way to the sign-in or second-factor page, or None to go on."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        action = getattr(view, "action", None) or FOREIGN.get(name)
        if action is None:
            raise Refused(Answer(allowed=False, reason="This page has no rule about who may open it, so nobody may."))
        user = request.user
        if action != PUBLIC and name in FOREIGN:
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            answer = may(user, action)
            if not answer:
                raise Refused(answer)
        if action != PUBLIC and name not in _WITHOUT_SECOND_FACTOR and _lacks_second_factor(user):
            messages.warning(request, "Before you can go on, set up a second step for signing in.")
            return redirect("mfa_activate_totp")
        return None


def _lacks_second_factor(user: Any) -> bool:
    if not settings.MFA_REQUIRED_OF_STAFF or not user.is_authenticated or user.role not in STAFF:
        return False
    if user.signs_in_elsewhere:
        return False
    return not user.authenticator_set.exists()
