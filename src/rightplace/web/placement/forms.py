"""The forms of consulting, finding and deciding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from rightplace.calendar import clock
from rightplace.casework.placement_facts import SettingStatus
from rightplace.web.accounts.models import Organisation
from rightplace.web.design.forms import DayField, KeyedForm, yes_no
from rightplace.web.placement.questions import QUESTIONS

_ANSWERS: Final = {"yes": True, "no": False, "": None}


class PastDay(KeyedForm):
    """A form about a day that has come."""

    day = DayField(label="Day")

    def clean_day(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day


class ConsultForm(PastDay):
    """A setting to be sent the draft plan."""

    day = DayField(label="Day it was sent the draft plan")
    setting = forms.ChoiceField(label="School, college or other setting", required=False)
    other = forms.CharField(label="Or its name, where it is not in the list", max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("pk", "name")
        self.fields["setting"].choices = [("", "Not in the list"), *((str(pk), name) for pk, name in rows)]
        self.order_fields(["setting", "other", "day"])

    def clean(self) -> dict[str, Any]:
        """One setting. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("setting")) == bool(given.get("other", "").strip()):
            self.add_error("setting", "Select a setting, or enter its name below, and not both.")
        return given


class AnswerForm(PastDay):
    """What a setting answered."""

    day = DayField(label="Day the answer came")
    setting = forms.ChoiceField(label="Which setting", error_messages={"required": "Select the setting that answered."})
    can_meet = yes_no("Does it say that it can meet the needs?", open_too=True)

    def __init__(self, *args: Any, names: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["setting"].choices = [("", "Select"), *((name, name) for name in names)]
        self.order_fields(["setting", "day", "can_meet"])


class FindingsForm(KeyedForm):
    """The questions of law, each with its answer and its evidence. An answer needs its evidence."""

    def __init__(self, *args: Any, asked_for: str, saved: Mapping[str, Any] | None = None, **more: Any) -> None:
        saved = saved or {}
        super().__init__(*args, **more)
        self.asked = [question for question in QUESTIONS if asked_for or not question.of_setting]
        if asked_for:
            self.fields["status"] = forms.ChoiceField(
                label=f"What is {asked_for} in law?", widget=forms.RadioSelect,
                choices=[(status.value, status.label) for status in SettingStatus], initial=saved.get("status"),
                error_messages={"required": "Select what the setting is in law."},
            )  # fmt: skip
        for question in self.asked:
            held = saved.get(question.name, {})
            answer = {True: "yes", False: "no"}.get(held.get("answer"), "")
            self.fields[question.name] = forms.ChoiceField(
                label=question.words, help_text=f"{question.law[:1].upper()}{question.law[1:]}.", initial=answer,
                choices=[("yes", "Yes"), ("no", "No"), ("", "Not known yet")], widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            self.fields[f"{question.name}_evidence"] = forms.CharField(
                label=f"Evidence: {question.words[:1].lower()}{question.words[1:]}", widget=forms.Textarea, required=False,
                max_length=10_000, initial=held.get("evidence", ""),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Every answer has evidence. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        for question in self.asked:
            if given.get(question.name) and not given.get(f"{question.name}_evidence", "").strip():
                self.add_error(
                    f"{question.name}_evidence", "Enter the evidence for this answer, or select “Not known yet”."
                )
        return given

    def values(self) -> dict[str, Any]:
        """The findings as they are saved."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            question.name: {
                "answer": _ANSWERS[given.get(question.name, "")], "evidence": given[f"{question.name}_evidence"].strip(),
            }
            for question in self.asked
        }  # fmt: skip
        return found | ({"status": given["status"]} if given.get("status") else {})


class DecideForm(PastDay):
    """What was decided, by whom and why."""

    named = forms.CharField(
        label="Setting to be named", max_length=200, required=False,
        help_text="As it was named when it was consulted. Leave it empty where the plan names a type alone.",
    )  # fmt: skip
    kind = forms.CharField(
        label="Type of setting", max_length=200, error_messages={"required": "Enter the type of setting."},
        help_text="For example, mainstream secondary school",
    )  # fmt: skip
    reasons = forms.CharField(
        label="Reasons", max_length=20_000, widget=forms.Textarea, error_messages={"required": "Enter the reasons."},
        help_text="They go to the family. Say which ground each refusal rests on, and its evidence.",
    )  # fmt: skip
    decided_by = forms.CharField(
        label="Who decided", max_length=150, help_text="Name and post. A person decides; this page only sets out the law.",
        error_messages={"required": "Enter who decided."},
    )  # fmt: skip
    day = DayField(label="Day it was decided")
    findings = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    without_ground = forms.BooleanField(
        label="Record it although no ground to refuse is shown", required=False, widget=forms.HiddenInput
    )

    def show_doubt(self) -> None:
        """Ask whether it is recorded although no ground is shown."""
        self.fields["without_ground"].widget = forms.CheckboxInput()
