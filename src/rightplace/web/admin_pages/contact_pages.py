"""Entering who helps families in this area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.web.admin_pages.contacts import contact, save
from rightplace.web.admin_pages.models import AreaContact
from rightplace.web.design.forms import KeyedForm
from rightplace.web.policy.binding import page

_FACTS = ("name", "telephone", "email", "web", "hours")


class ContactForm(KeyedForm):
    """What the service is called, and at least one way to reach it."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the name of the service."})
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(
        label="E-mail address", required=False, error_messages={"invalid": "Enter an address like help@example.org."}
    )
    web = forms.URLField(
        label="Page on the web", required=False, assume_scheme="https",
        error_messages={"invalid": "Enter an address like https://www.example.org."},
    )  # fmt: skip
    hours = forms.CharField(
        label="When they answer", max_length=120, required=False, help_text="For example: Monday to Friday, 9 to 5"
    )

    def clean_web(self) -> str:
        """An address that a link may lead to. Raises ``ValidationError``."""
        web: str = self.cleaned_data["web"]
        if web and not web.startswith(("https://", "http://")):
            raise forms.ValidationError("Enter an address like https://www.example.org.")
        return web

    def clean(self) -> dict[str, Any]:
        """At least one way to reach them."""
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("telephone", "email", "web")):
            self.add_error("telephone", "Enter a telephone number, an e-mail address or a page on the web.")
        return given


@page("contacts.change")
def contacts(request: HttpRequest) -> HttpResponse:
    """Each service, as families read it."""
    lines = [{"kind": kind.value, "title": kind.label, "held": contact(kind.value)} for kind in AreaContact.Kind]
    return render(request, "admin_pages/contacts.html", {"lines": lines})


def _find(kind: str) -> AreaContact.Kind:
    if kind not in AreaContact.Kind.values:
        raise Http404("There is no such service.")
    return AreaContact.Kind(kind)


@page("contacts.change", find=_find)
def change(request: HttpRequest, kind: AreaContact.Kind) -> HttpResponse:
    """The form of one service."""
    held = contact(kind.value)
    initial = {name: getattr(held, name) for name in _FACTS} if held else {}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save(kind.value, {name: form.cleaned_data[name] for name in _FACTS}, by=request.user)
        messages.success(request, "Saved. Families and letters have it from now on.")
        return redirect("area_contacts")
    return render(request, "admin_pages/contact.html", {"form": form, "title": kind.label})
