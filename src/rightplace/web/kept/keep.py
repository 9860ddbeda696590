"""Keeping what was entered: each time a form is sent, whether it was right or not, and even after the sign-in ended.

A form carries a mark signed for one person and one address. When it is sent after the sign-in has ended, the mark says whose
text it is; the text is kept, the person signs in again, and finds the form as they left it. Nobody else does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final, TypeVar

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict

from rightplace.calendar import clock
from rightplace.web.accounts.models import User
from rightplace.web.design.forms import KeyedForm
from rightplace.web.kept.models import Kept

MOST: Final = 200_000
"""Characters that are kept of one form; a longer one is refused by its own limits anyway."""

MOST_ADDRESS: Final = 200

FOR: Final = timedelta(days=2)
"""How long after it was opened a form's mark still says whose it is."""

CLEARED_AFTER: Final = timedelta(days=90)
"""How long a text is kept that nobody came back to; families read it beside their text, and each saving starts it again."""

_OURS: Final = frozenset({"csrfmiddlewaretoken", "key", "mark"})


class KeptForm(KeyedForm):
    """A form whose text is kept: it carries the mark of the person and the address."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)


F = TypeVar("F", bound=KeptForm)


def opened(made: type[F], request: HttpRequest, *, initial: dict[str, Any] | None = None, **more: Any) -> F:
    """A form as it was sent, its text kept; or a new one, with what was kept of it filled in (``was_kept`` then says when)."""
    if request.method == "POST":
        put(request.user, request.path, request.POST)
        return made(request.POST, **more)
    mark = _signer(request.path).sign(str(request.user.pk))
    held = Kept.objects.filter(user=request.user, address=request.path).first()
    form = made(initial={**(initial or {}), "mark": mark}, **more)
    if held is not None:
        sent = MultiValueDict(held.entered)
        for name, field in form.fields.items():
            if name not in _OURS and any(key == name or key.startswith(f"{name}_") for key in sent):
                form.initial[name] = field.widget.value_from_datadict(sent, MultiValueDict(), name)
        # The version it was written on is kept with it, so that what others saved since is still noticed.
        form.was_kept = held.saved_at
    return form


def forget(request: HttpRequest) -> None:
    """What was kept of this form is no longer needed: it was sent."""
    Kept.objects.filter(user=request.user, address=request.path).delete()


def clear_old() -> int:
    """Clear texts that nobody came back to for so long, and those of accounts that ended. How many; done each night."""
    old = Kept.objects.filter(saved_at__lt=clock.now() - CLEARED_AFTER)
    ended = Kept.objects.filter(user__is_active=False, saved_at__lt=clock.now() - FOR)
    return old.delete()[0] + ended.delete()[0]


def keeps(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around a page (above ``@page``): a form sent after the sign-in ended is kept for the person it was shown to."""

    @wraps(view)
    def kept(request: HttpRequest, **address: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            rescue(request)
        return view(request, **address)

    return kept


def rescue(request: HttpRequest) -> bool:
    """Keep what was sent for the person its form was shown to, whoever is signed in now; whether it was kept."""
    try:
        number = _signer(request.path).unsign(request.POST.get("mark", ""), max_age=FOR)
    except signing.BadSignature:
        return False
    owner = User.objects.filter(pk=number, is_active=True).first()
    if owner is None:
        return False
    put(owner, request.path, request.POST)
    return True


def put(user: Any, address: str, sent: Any) -> None:
    """Keep what was sent, as one person's text of one address, in place of what was kept of it before."""
    entered = {name: values for name, values in sent.lists() if name not in _OURS}
    if sum(len(value) for values in entered.values() for value in values) > MOST or len(address) > MOST_ADDRESS:
        return
    Kept.objects.update_or_create(
        user=user, address=address, defaults={"entered": entered, "saved_at": clock.now()}
    )  # fmt: skip


def _signer(address: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"rightplace.web.kept:{address}")
