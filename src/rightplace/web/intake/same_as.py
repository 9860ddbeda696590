"""Asking whether a child or young person is one whom the records know: by those alike, and an answer for none of them."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from rightplace.web.cases.models import Case
from rightplace.web.design.words import day


def ask_which(form: forms.Form, known: Iterable[Case]) -> None:
    """Fill the field ``same_as`` of a form with the cases alike; take it away where there are none."""
    shown = [
        (one.reference, f"{one.person}, {one.reference}, born {day(one.person.born)}: {one.stage}") for one in known
    ]
    if shown:
        form.fields["same_as"].choices = [*shown, ("none", "None of these: somebody else")]
    else:
        del form.fields["same_as"]
