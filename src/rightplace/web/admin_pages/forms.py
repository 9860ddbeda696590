"""Forms about an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rightplace.web.accounts.models import Organisation, User
from rightplace.web.design.forms import KeyedForm
from rightplace.web.policy.role import Role

_AT_A_SETTING = {Role.SCHOOL: Organisation.Kind.SETTING, Role.TRUST: Organisation.Kind.TRUST}


class Facts(KeyedForm):
    """What an administrator says of a person."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter the person's name."})
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Select one"), *Role.choices],
        error_messages={"required": "Select a role.", "invalid_choice": "Select a role."},
    )
    organisation = forms.ChoiceField(
        label="School, trust or service", required=False, help_text="Needed for the SENCO of a school or a trust"
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.org."},
    )
    telephone = forms.CharField(
        label="Telephone",
        required=False,
        max_length=30,
        help_text="Families see it for the officer of their case",
        error_messages={"max_length": "Use 30 letters and figures at most."},
    )
    signs_in_elsewhere = forms.BooleanField(
        label="Signs in with their work account (your identity provider)", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Organisation.objects.values_list("pk", "name")
        self.fields["organisation"].choices = [("", "None"), *((str(key), name) for key, name in known)]

    def clean(self) -> dict[str, Any]:
        """Facts that fit one another. The organisation is given as a record."""
        facts = super().clean() or {}
        chosen = facts.get("organisation")
        facts["organisation"] = Organisation.objects.filter(pk=chosen).first() if chosen else None
        needed = _AT_A_SETTING.get(Role(facts["role"])) if facts.get("role") else None
        if needed and (facts["organisation"] is None or facts["organisation"].kind != needed):
            what = "school or other setting" if needed == Organisation.Kind.SETTING else "trust"
            self.add_error("organisation", f"Select the {what} this person works for.")
        if facts.get("signs_in_elsewhere") and not facts.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the e-mail address that the identity provider knows the person by.")
        return facts


class NewPerson(Facts):
    """Facts with a user name that nobody has."""

    username = forms.RegexField(
        r"^[A-Za-z0-9_.@+-]{2,150}$",
        label="User name",
        help_text="Letters, figures and . _ @ + -",
        error_messages={
            "required": "Enter a user name.",
            "invalid": "Use 2 to 150 letters, figures and . _ @ + -, with no space.",
        },
    )
    field_order = ("username",)

    def clean_username(self) -> str:
        """Raises ``ValidationError`` where somebody has it, in large or small letters."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError("Somebody has this user name. Choose another.")
        return name
