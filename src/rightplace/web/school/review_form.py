"""The form of review paperwork: made from the outcomes of the plan, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from rightplace.calendar import clock
from rightplace.web.design.forms import DayField
from rightplace.web.kept.keep import KeptForm
from rightplace.web.plans.written import Written

CHANGES: Final = (
    ("maintain", "Keep the plan as it is"),
    ("amend", "Change the plan"),
    ("cease", "End the plan"),
)


def _long(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=forms.Textarea)


class ReviewForm(KeptForm):
    """The report of a review meeting: SEND Regulations 2014, regulation 20(7) and (8). All is needed to send it."""

    meeting = DayField(label="Day of the meeting", required=False)
    attendees = _long("Who came, and who was asked and could not come")
    views_child = _long("Views of the child or young person", "In their own words where you can.")
    views_family = _long("Views of the parents or carers")
    provision = _long("How the provision in the plan works", "What is given, what is not and why.")
    recommend = forms.ChoiceField(
        label="What the meeting recommends", choices=CHANGES, required=False, widget=forms.RadioSelect
    )
    changes = _long("Which changes, and why", "Where people did not agree, say who thinks what.")

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, Written]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.outcomes = {f"outcome_{entry.number}": f"{name}: {entry.text}" for name, entry in outcomes}
        for name, text in self.outcomes.items():
            self.fields[name] = _long(f"Progress towards outcome {text}")
        first = ["key", "version", "mark", "meeting", "attendees", "views_child", "views_family"]
        self.order_fields([*first, *self.outcomes])

    def clean_meeting(self) -> date | None:
        """A day that has come, where the report is sent. Raises ``ValidationError``."""
        day: date | None = self.cleaned_data["meeting"]
        if day is not None and day > clock.today() and "send" in self.data:
            raise forms.ValidationError("The meeting has not been held yet. Save this, and send it after the meeting.")
        return day

    def clean(self) -> dict[str, Any]:
        """Nothing may be missing when it is sent, and anything when it is saved. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if "send" in self.data:
            for name, field in self.fields.items():
                if name in ("key", "version", "mark", "changes") or name in self.errors or given.get(name):
                    continue
                what = "Select" if name == "recommend" else "Enter"
                self.add_error(
                    name, f"{what}: {field.label[:1].lower()}{field.label[1:]}. Where there is nothing, say so."
                )
        return given

    def answers(self) -> dict[str, Any]:
        """What was entered, as JSON values."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "version", "mark")}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
