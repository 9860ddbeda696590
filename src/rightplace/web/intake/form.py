"""The form of a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from rightplace.calendar import academic, clock
from rightplace.vocabulary.codes import RequestSource
from rightplace.web.accounts.models import Organisation, User
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import DayField, KeyedForm
from rightplace.web.intake.models import Intake
from rightplace.web.policy.role import OFFICERS

_OLDEST: Final = 25


class OfThoseShown(forms.ChoiceField):
    """One of the people alike. Who they are is known once the rest has been read, so the page checks what was chosen."""

    def valid_value(self, value: Any) -> bool:
        """Anything, for now."""
        return True


class RequestForm(KeyedForm):
    """Who asks, for whom, when it was received, and who takes it on."""

    forename = forms.CharField(
        label="First name",
        max_length=80,
        error_messages={"required": "Enter the first name of the child or young person."},
    )
    surname = forms.CharField(
        label="Last name",
        max_length=80,
        error_messages={"required": "Enter the last name of the child or young person."},
    )
    born = DayField(label="Date of birth")
    postcode = forms.CharField(label="Postcode of the home", max_length=12, required=False)
    upn = forms.CharField(
        label="Unique pupil number", max_length=13, required=False, help_text="Leave it empty where you do not know it."
    )
    setting = forms.ChoiceField(label="School, college or other setting now", required=False)
    source = forms.ChoiceField(
        label="Who asks", choices=RequestSource.labels().items(), widget=forms.RadioSelect,
        error_messages={"required": "Select who asks."},
    )  # fmt: skip
    asked_by = forms.CharField(
        label="Name of the person who asks",
        max_length=150,
        error_messages={"required": "Enter the name of the person who asks."},
    )
    reach = forms.CharField(
        label="How to reach them", max_length=200, required=False, help_text="Telephone, e-mail or address"
    )
    how = forms.ChoiceField(
        label="How the request came", choices=Intake.How.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select how the request came."},
    )  # fmt: skip
    received = DayField(
        label="Day the request was received",
        help_text="The day it reached the council, not the day it was opened or its papers were complete. Time runs from it.",
    )
    reason = forms.CharField(
        label="What they say", required=False, max_length=20_000, widget=forms.Textarea,
        help_text="In their own words where you can.",
    )  # fmt: skip
    officer = forms.ChoiceField(label="Case officer", required=False)
    known = OfThoseShown(
        label="Or it is this person: record the request in their record", required=False, widget=forms.HiddenInput
    )
    different = forms.BooleanField(
        label="This is somebody else than the people shown above", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        settings = Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("pk", "name")
        self.fields["setting"].choices = [("", "None, or not known"), *((str(pk), name) for pk, name in settings)]
        officers = User.objects.filter(role__in=sorted(OFFICERS), is_active=True).order_by("name", "pk")
        self.fields["officer"].choices = [("", "Nobody yet"), *((str(one.pk), str(one)) for one in officers)]

    def show_doubt(self, known: Sequence[Case]) -> None:
        """Ask whether this is somebody else, or which of those alike."""
        self.fields["different"].widget = forms.CheckboxInput()
        shown = [(one.reference, f"{one.person}, {one.reference}") for one in known]
        self.fields["known"].widget = forms.Select()
        self.fields["known"].choices = [("", "None of them"), *shown]

    def clean_received(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["received"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day

    def clean_born(self) -> date:
        """A date of birth of somebody under 25. Raises ``ValidationError``."""
        born: date = self.cleaned_data["born"]
        if born > clock.today():
            raise forms.ValidationError("The date of birth is in the future.")
        if academic.age_on_31_august(born, academic.academic_year(clock.today())) > _OLDEST:
            raise forms.ValidationError("An assessment can be asked for up to the age of 25. Check the date of birth.")
        return born

    def clean_upn(self) -> str:
        """A number in capitals, as the return has it."""
        return str(self.cleaned_data["upn"]).strip().upper()
