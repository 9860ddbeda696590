"""The form of an exemption, and that of its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.casework.deadlines import Deadline
from rightplace.casework.exemptions import CLOSURES, Exemption, ExemptionGround, problem
from rightplace.casework.rule import DeadlineRule
from rightplace.casework.terms import Adviser
from rightplace.web.design.forms import DayField, KeyedForm


class ExemptionForm(KeyedForm):
    """Which deadline, on what ground, from when to when, on what evidence, and who decided."""

    about = forms.ChoiceField(
        label="Whose advice", widget=forms.RadioSelect, error_messages={"required": "Select whose advice it is."}
    )
    ground = forms.ChoiceField(
        label="Ground", widget=forms.RadioSelect, error_messages={"required": "Select the ground."},
        help_text="The regulations list these and no others. A shortage of advisers is not a ground.",
    )  # fmt: skip
    starts = DayField(
        label="First day", help_text="The first day of the circumstances; for a closure, the day it closed."
    )
    ends = DayField(label="Last day", help_text="The last day of them; for a closure, the day it opens again.")
    advice_asked_on = DayField(
        label="Day advice was asked for", required=False, help_text="Only for a closure. For example, 14 3 2026"
    )
    evidence = forms.CharField(
        label="Evidence", widget=forms.Textarea, max_length=5_000,
        help_text="What shows it, and why it made the limit impractical. For example: term dates of the school, letter of 3 March.",
        error_messages={"required": "Enter what shows it."},
    )  # fmt: skip
    decided_by = forms.CharField(
        label="Who decided", max_length=150, help_text="The person by name, and their post",
        error_messages={"required": "Enter who decided."},
    )  # fmt: skip

    def __init__(self, *args: Any, rule: DeadlineRule, held: Sequence[Deadline], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rule = rule
        self.fields["ground"].choices = [(one.value, one.label) for one in rule.exemptions]
        if not rule.same:
            del self.fields["about"]
        else:
            self.fields["about"].choices = [(one.about, Adviser.labels().get(one.about, one.about)) for one in held]
        if not set(CLOSURES) & set(rule.exemptions):
            del self.fields["advice_asked_on"]

    def clean(self) -> dict[str, Any]:
        """Facts that the regulations allow. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given["ground"] in [one.value for one in CLOSURES] and not given["advice_asked_on"]:
            self.add_error("advice_asked_on", "Enter the day on which advice was asked for, like 14 3 2026.")
            return given
        wrong = problem(self.exemption(), self.rule.exemptions)
        if wrong:
            self.add_error("starts", wrong)
        return given

    def exemption(self) -> Exemption:
        """What was entered."""
        given = self.cleaned_data
        return Exemption(
            deadline=self.rule.id,
            ground=ExemptionGround(given["ground"]),
            starts=given["starts"],
            ends=given["ends"],
            evidence=given["evidence"].strip(),
            decided_by=given["decided_by"].strip(),
            about=given.get("about", ""),
            advice_asked_on=given.get("advice_asked_on"),
        )


class WithdrawForm(KeyedForm):
    """Why an exemption no longer counts."""

    reason = forms.CharField(
        label="Why it is withdrawn", widget=forms.Textarea, max_length=1_000,
        help_text="The exemption stays in the record, with this reason.",
        error_messages={"required": "Enter why it is withdrawn."},
    )  # fmt: skip
