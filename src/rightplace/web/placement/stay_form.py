"""The forms of where somebody is placed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms

from rightplace.calendar import clock
from rightplace.vocabulary.codes import Residential, Sen2Setting, WorkBased
from rightplace.web.accounts.models import Organisation
from rightplace.web.design.forms import DayField, KeyedForm

_DESCRIBED: Final = (Sen2Setting.OTHER.value, Sen2Setting.NOT_IN_EDUCATION_OTHER.value)


class StayForm(KeyedForm):
    """A setting or another arrangement, and from when."""

    setting = forms.ChoiceField(label="School, college or other setting", required=False)
    kind = forms.ChoiceField(
        label="Or another arrangement", required=False, choices=[("", "None"), *Sen2Setting.labels().items()]
    )
    other = forms.CharField(
        label="What it is, for “other”", required=False, max_length=150, help_text="Name no person: the return says it."
    )
    entry = DayField(label="First day there")
    rank = forms.ChoiceField(
        label="Main or second placement", choices=[("1", "Main"), ("2", "Second (dual registration)")],
        widget=forms.RadioSelect, initial="1", error_messages={"required": "Select main or second."},
    )  # fmt: skip
    sen_unit = forms.BooleanField(label="In a special educational needs unit there", required=False)
    resourced = forms.BooleanField(label="In resourced provision there", required=False)
    residential = forms.ChoiceField(
        label="Residential", required=False, choices=[("", "No"), *Residential.labels().items()]
    )
    work_based = forms.ChoiceField(
        label="Work-based learning", required=False, choices=[("", "None"), *WorkBased.labels().items()]
    )

    def __init__(self, *args: Any, born: date | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.born = born
        rows = Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("pk", "name")
        self.fields["setting"].choices = [("", "None of these"), *((str(pk), name) for pk, name in rows)]

    def clean_entry(self) -> date:
        """A day of the person's life that has come. Raises ``ValidationError``."""
        entry: date = self.cleaned_data["entry"]
        if entry > clock.today():
            raise forms.ValidationError("The day has not come yet. Record a placement once it has begun.")
        if self.born and entry < self.born:
            raise forms.ValidationError("This is before the date of birth.")
        return entry

    def clean(self) -> dict[str, Any]:
        """One place, described where it must be. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("setting")) == bool(given.get("kind")):
            self.add_error("setting", "Select a setting, or another arrangement below, and not both.")
        if given.get("kind") in _DESCRIBED and not given.get("other", "").strip():
            self.add_error("other", "Enter what it is.")
        if given.get("kind") and (given.get("sen_unit") or given.get("resourced")):
            self.add_error("kind", "A unit or resourced provision is at a school: select the school.")
        return given


class EndForm(KeyedForm):
    """The last day somewhere, or why the entry was a mistake."""

    leaving = DayField(label="Last day there", required=False, help_text="Leave it empty where it goes on.")
    struck = forms.CharField(
        label="Or, where it was entered by mistake, why", required=False, max_length=500, widget=forms.Textarea
    )

    def __init__(self, *args: Any, entry: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.entry = entry

    def clean_leaving(self) -> date | None:
        """A day after the first, that has come. Raises ``ValidationError``."""
        leaving: date | None = self.cleaned_data["leaving"]
        if leaving and leaving < self.entry:
            raise forms.ValidationError("This is before the first day there.")
        if leaving and leaving > clock.today():
            raise forms.ValidationError("The day has not come yet. Record it when it has.")
        return leaving

    def clean(self) -> dict[str, Any]:
        """Something to do. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("leaving") and not given.get("struck", "").strip():
            self.add_error("leaving", "Enter the last day there, or why it was a mistake.")
        return given
