"""Any form that was sent after the sign-in had ended: kept, and shown filled in once its person signs in again.

Every form carries a mark signed for one person and one address (``whose``). What such a form sends too late is kept for that
person; when they open the address again in the same browser, the form stands there as it was, not sent. Forms that keep
themselves at each saving (``kept.keep.KeptForm``) see to this on their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.design.forms import UNSENT
from rightplace.web.kept.keep import FOR, MOST_ADDRESS, put
from rightplace.web.kept.models import Kept

_MARK: Final = "whose"
_WAITS: Final = "unsent"
_BUTTONS: Final = frozenset({"save", "send", "give", "remove", "keep", "close", "end", "do", "file"})
"""Names of buttons that do more than send their form: what they do is for the person to press again."""


def mark(request: HttpRequest) -> SafeString:
    """The hidden box that says whose form this is; "" for somebody who has not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return SafeString("")
    signed = _signer(request.get_full_path()).sign(str(user.pk))
    return format_html('<input type="hidden" name="{}" value="{}">', _MARK, signed)


class NothingUnsentIsLost:
    """Keeps what is sent too late, and fills the form in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response: of the page asked for, or of its form filled in as it was sent too late."""
        known, address = request.user.is_authenticated, request.get_full_path()
        if request.method == "POST" and not known:
            _keep(request, address)
        sent = request.method == "POST"
        waits = known and request.session.get(_WAITS) == address
        if request.method == "GET" and waits:
            _fill(request, address)
        response = self.get_response(request)
        if sent and waits and response.status_code == 302:
            del request.session[_WAITS]
            Kept.objects.filter(user=request.user, address=address).delete()
        return response


def _keep(request: HttpRequest, address: str) -> None:
    if "mark" in request.POST or "key" not in request.POST or len(address) > MOST_ADDRESS:
        return
    try:
        number = _signer(address).unsign(request.POST.get(_MARK, ""), max_age=FOR)
    except signing.BadSignature:
        return
    owner = User.objects.filter(pk=number, is_active=True).first()
    if owner is None:
        return
    put(owner, address, request.POST)
    request.session[_WAITS] = address


def _fill(request: HttpRequest, address: str) -> None:
    """Let the page answer as to a form that cannot be sent yet (``design.forms.UNSENT`` in it), so that it shows it."""
    held = Kept.objects.filter(user=request.user, address=address).first()
    if held is None:
        return
    form = QueryDict(mutable=True)
    for name, values in held.entered.items():
        if name not in _BUTTONS and name != _MARK:
            form.setlist(name, values)
    form[UNSENT] = "yes"
    asked: Any = request
    asked.method, asked.POST, asked._files = "POST", form, MultiValueDict()
    asked._dont_enforce_csrf_checks = True
    log.add(who=request.user, action="read", words=f"Opened again a form that was not sent: {address}", request=request)


def _signer(address: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"rightplace.web.kept.unsent:{address}")
