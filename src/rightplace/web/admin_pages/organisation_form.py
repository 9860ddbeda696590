"""The form of a school, trust or service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rightplace.vocabulary.setting import SettingKind
from rightplace.web.accounts.models import Organisation
from rightplace.web.design.forms import KeyedForm


class OrganisationForm(KeyedForm):
    """What an organisation is called; for a setting also its kind and its trust."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name."})
    setting_kind = forms.ChoiceField(
        label="Kind of setting", required=False, choices=[("", "Select one"), *SettingKind.labels().items()],
        help_text="For a school, college or other setting",
    )  # fmt: skip
    trust = forms.ChoiceField(label="Trust", required=False, help_text="For a school that is part of one")

    def __init__(self, *args: Any, kind: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        known = Organisation.objects.filter(kind=Organisation.Kind.TRUST).values_list("pk", "name")
        self.fields["trust"].choices = [("", "None"), *((str(key), name) for key, name in known)]

    def clean(self) -> dict[str, Any]:
        """Facts that fit the kind of organisation. The trust is given as a record."""
        facts = super().clean() or {}
        chosen, kind = facts.get("trust"), facts.get("kind") or self.kind
        facts["trust"] = Organisation.objects.filter(pk=chosen).first() if chosen else None
        if kind == Organisation.Kind.SETTING and not facts.get("setting_kind") and "setting_kind" not in self.errors:
            self.add_error("setting_kind", "Select the kind of setting.")
        if kind and kind != Organisation.Kind.SETTING and (facts.get("setting_kind") or facts["trust"]):
            field = "setting_kind" if facts.get("setting_kind") else "trust"
            self.add_error(field, "Only a school, college or other setting has one. Select none.")
        return facts


class NewOrganisation(OrganisationForm):
    """Facts with what it is, and a code that no other has."""

    kind = forms.ChoiceField(
        label="What it is", choices=[("", "Select one"), *Organisation.Kind.choices],
        error_messages={"required": "Select what it is.", "invalid_choice": "Select what it is."},
    )  # fmt: skip
    code = forms.RegexField(
        r"^[A-Za-z0-9-]{2,40}$",
        label="Code",
        help_text="Of a setting: its URN, else its UKPRN, as in Get Information about Schools. Of others: a short code of your own. It cannot be changed later.",
        error_messages={
            "required": "Enter the code.",
            "invalid": "Use 2 to 40 letters, figures and hyphens, with no space.",
        },
    )
    field_order = ("kind", "code")

    def clean_code(self) -> str:
        """Raises ``ValidationError`` where another has it."""
        code: str = self.cleaned_data["code"]
        held = Organisation.objects.filter(code__iexact=code).first()
        if held is not None:
            raise ValidationError(f"{held} has this code. Change that one, or check the code.")
        return code
