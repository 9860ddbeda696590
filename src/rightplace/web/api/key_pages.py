"""Keys for programs: the list, making one, ending one."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.calendar import clock
from rightplace.web.accounts.models import User
from rightplace.web.api.models import LONGEST, Key
from rightplace.web.audit import log
from rightplace.web.design.forms import DayField, KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import OFFICERS, SETTINGS

_ROLES = {
    Key.Scope.PUPILS: SETTINGS,
    Key.Scope.CASES: OFFICERS,
    Key.Scope.DEADLINES: OFFICERS,
}


class KeyForm(KeyedForm):
    """What the program is called, whose rights it has, what of them, and until when."""

    name = forms.CharField(
        label="Name of the program", max_length=100, help_text="For example: Marsh School's pupil records",
        error_messages={"required": "Enter the name of the program."},
    )  # fmt: skip
    username = forms.CharField(
        label="User name of the account whose rights it has", max_length=150,
        help_text="Best an account that is only for this program. The program can never do more than the account may.",
        error_messages={"required": "Enter a user name."},
    )  # fmt: skip
    scope = forms.ChoiceField(
        label="What it may read", choices=Key.Scope.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select what it may read.", "invalid_choice": "Select one of the three."},
    )  # fmt: skip
    until = DayField(label="Last day", help_text="At most a year from now. For example, 14 3 2027")

    def clean_until(self) -> date:
        """A day to come, at most a year away. Raises ``ValidationError``."""
        until: date = self.cleaned_data["until"]
        if not clock.today() <= until <= clock.today() + LONGEST:
            raise forms.ValidationError("Enter a day from today to a year from now.")
        return until

    def clean(self) -> dict[str, object]:
        """An account that is open, and of a role that has what the scope reads."""
        given = super().clean() or {}
        if not given.get("username"):
            return given
        given["user"] = User.objects.filter(username=given["username"], is_active=True).first()
        if given["user"] is None:
            self.add_error("username", "There is no open account with this user name.")
        elif given.get("scope") and given["user"].role not in _ROLES[Key.Scope(given["scope"])]:
            self.add_error("scope", f"A {given['user'].get_role_display().lower()} does not have this to read.")
        return given


@page("api.keys")
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, and the form of a new one. Its secret is shown once, on the page that answers."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            facts = {name: given[name] for name in ("name", "scope", "until")}
            made, secret = Key.make(given["user"], made_by=str(request.user), **facts)
            words = f"Made the key “{made.name}” (…{made.mark}) of the account {made.user.username}: {made.get_scope_display()}."
            log.add(who=request.user, action="accounts", words=words, request=request)
        return render(request, "api/key.html", {"made": made, "secret": secret})
    today = clock.today()
    held = Counted(Key.objects.select_related("user")).get_page(request.GET.get("page"))
    return render(request, "api/keys.html", {"form": form, "page": held, "on": today})


def _find(number: int) -> Key:
    return get_object_or_404(Key, pk=number)


@page("api.keys", find=_find)
def end(request: HttpRequest, key: Key) -> HttpResponse:
    """End a key: it opens nothing from now on."""
    if request.method == "POST" and key.ended_at is None:
        with transaction.atomic():
            Key.objects.filter(pk=key.pk, ended_at=None).update(ended_at=clock.now())
            log.add(
                who=request.user, action="accounts", words=f"Ended the key “{key.name}” (…{key.mark}).", request=request
            )
        messages.success(request, f"The key “{key.name}” is ended.")
    return redirect("api_keys")
