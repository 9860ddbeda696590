"""The form of an event, made from its facts: a new kind of event in casework has its form at once."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any

from django import forms

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS, Event
from rightplace.vocabulary.term import Term
from rightplace.web.cases.event_words import hint_of, label_of
from rightplace.web.cases.store.facts import hints, to_event
from rightplace.web.design.forms import DayField, KeyedForm, yes_no


class EventForm(KeyedForm):
    """The base of every event's form: the day, then the event's own facts."""

    kind: str
    day = DayField(label="Day it happened")

    def clean_day(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day

    def event(self, by: str) -> Event:
        """The event that was entered."""
        given = {name: _plain(self.cleaned_data[name]) for name in hints(EVENTS[self.kind])}
        return to_event(self.kind, self.cleaned_data["day"], given, recorded_by=by)


@cache
def form_for(kind: str) -> type[EventForm]:
    """The form of a kind of event. Raises ``KeyError`` for a kind that is not known."""
    made = EVENTS[kind]
    required = {item.name: item.default is MISSING and item.default_factory is MISSING for item in fields(made)}
    questions = {
        name: _question(kind, name, hint, must=required[name], open_too=open_too)
        for name, (hint, open_too) in hints(made).items()
    }
    return type(f"{made.__name__}Form", (EventForm,), {"kind": kind, "__module__": __name__, **questions})


def _question(kind: str, name: str, hint: type, *, must: bool, open_too: bool) -> forms.Field:
    label, help_text = label_of(kind, name), hint_of(kind, name)
    if hint is date:
        return DayField(label=label, required=must, **({"help_text": help_text} if help_text else {}))
    if hint is bool:
        return yes_no(label, help_text=help_text, open_too=open_too)
    if issubclass(hint, Term):
        chosen = [(term.value, term.label) for term in hint]
        choices = [*chosen, ("", "Not said or none")] if open_too else chosen
        return forms.ChoiceField(
            label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect, required=not open_too,
            error_messages={"required": f"Select one: {label[:1].lower()}{label[1:]}."},
        )  # fmt: skip
    return forms.CharField(
        label=label, help_text=help_text, required=must, max_length=200,
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}."},
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value
