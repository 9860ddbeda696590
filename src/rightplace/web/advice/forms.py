"""The forms of advice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from rightplace.calendar import clock
from rightplace.casework.terms import Adviser
from rightplace.web.advice.choices import people
from rightplace.web.design.forms import DayField, KeyedForm


class PastDay(KeyedForm):
    """A form about something that happened on a day that has come."""

    def clean_day(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day


class AskForm(PastDay):
    """Whose advice, of whom, and from which day."""

    adviser = forms.ChoiceField(
        label="Whose advice", choices=Adviser.labels().items(), widget=forms.RadioSelect,
        error_messages={"required": "Select whose advice is asked for."},
    )  # fmt: skip
    user = forms.ChoiceField(
        label="Who gives it here", required=False,
        help_text="They see the record, and give their advice in a form that they can save and come back to.",
    )  # fmt: skip
    asked_of = forms.CharField(
        label="Or whom it is asked of on paper", required=False, max_length=150, help_text="Name and organisation"
    )
    day = DayField(label="Day they were asked", help_text="The six weeks run from the day they receive it.")
    note = forms.CharField(
        label="What to cover", required=False, max_length=4000, widget=forms.Textarea,
        help_text="For example, a question of the family. Needs, provision and outcomes are always asked.",
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["user"].choices = [("", "Nobody here: it comes on paper"), *people()]

    def clean(self) -> dict[str, Any]:
        """Someone must be asked. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if not given.get("user") and not given.get("asked_of", "").strip():
            self.add_error("asked_of", "Enter whom it is asked of, or select who gives it here.")
        return given


class GiveForm(KeyedForm):
    """The advice itself."""

    needs = forms.CharField(
        label="Needs", max_length=40_000, required=False, widget=forms.Textarea,
        help_text="What the child or young person finds hard, and how you know.",
    )  # fmt: skip
    provision = forms.CharField(
        label="Provision", max_length=40_000, required=False, widget=forms.Textarea,
        help_text="What is needed: what, how much, how often and by whom.",
    )  # fmt: skip
    outcomes = forms.CharField(
        label="Outcomes", max_length=40_000, required=False, widget=forms.Textarea,
        help_text="What the child or young person should be able to do with that provision, and by when.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """All three are needed to give advice, and none to save it. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if "give" in self.data:
            for name in ("needs", "provision", "outcomes"):
                if not given.get(name, "").strip():
                    self.add_error(name, f"Enter the {name}, or write why there is nothing to say.")
        return given


class ChaseForm(PastDay):
    """A reminder that was sent."""

    day = DayField(label="Day of the reminder")
    how = forms.CharField(
        label="How, and what was said", max_length=200, error_messages={"required": "Enter how they were reminded."}
    )


class ReceivedForm(PastDay):
    """Advice that came on paper or by e-mail."""

    day = DayField(label="Day it was received")
