"""What the forms of every register have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from rightplace.web.design.forms import DayField, KeyedForm


def pounds(
    label: str, *, help_text: str = "Pounds a year, like 21500 or 21500.50. Leave it empty if it is not known."
) -> Any:
    """A sum of money a year, or nothing where it is not known."""
    return _Pounds(
        label=label, required=False, min_value=Decimal(0), max_value=Decimal(99_999_999), decimal_places=2,
        help_text=help_text,
        error_messages={
            "invalid": "Enter pounds as a number, like 21500 or 21500.50.",
            "min_value": "Enter 0 or more.",
            "max_value": "Enter less than 100 million.",
            "max_decimal_places": "Enter pounds with two figures for pence at most.",
            "max_digits": "Enter less than 100 million.",
        },
    )  # fmt: skip


class _Pounds(forms.DecimalField):
    """Takes a pound sign and commas, as people write them."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace("£", "").replace(",", "").strip() if value is not None else value)


def hours(label: str) -> Any:
    """Hours a week."""
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_value=Decimal(168), decimal_places=1, widget=forms.TextInput,
        help_text="In a week of term, like 12.5",
        error_messages={
            "invalid": "Enter hours as a number, like 12.5.", "min_value": "Enter 0 or more.",
            "max_value": "A week has 168 hours. Enter fewer.", "max_decimal_places": "Enter hours like 12.5.",
        },
    )  # fmt: skip


def choice(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> Any:
    """One of several, in a list."""
    return forms.ChoiceField(
        label=label, choices=[("", "Select one" if required else "Not said"), *choices], required=required, help_text=help_text,
        error_messages={"required": f"Select one: {label[:1].lower()}{label[1:]}.", "invalid_choice": "Select one of the list."},
    )  # fmt: skip


def line(label: str, *, most: int = 200, required: bool = False, help_text: str = "") -> Any:
    """A line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text,
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}.", "max_length": f"Use {most} letters at most."},
    )  # fmt: skip


def text(label: str, *, required: bool = False, help_text: str = "") -> Any:
    """Several lines."""
    return forms.CharField(
        label=label, max_length=4000, required=required, help_text=help_text, widget=forms.Textarea,
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}.", "max_length": "Use 4,000 letters at most."},
    )  # fmt: skip


def a_day(label: str, *, required: bool = False, help_text: str = "") -> DayField:
    """A day, that may be left empty."""
    return DayField(label=label, required=required, **({"help_text": help_text} if help_text else {}))


class EntryForm(KeyedForm):
    """Ends after it starts; the last questions of every register."""

    last: tuple[str, ...] = ("note", "mistaken")

    def __init__(self, *args: Any, new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"] = text("Note")
        if not new:
            self.fields["mistaken"] = forms.BooleanField(
                label="This entry was made by mistake: take it out of the register", required=False
            )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "It ends before it starts. Check both days.")
        return given

    def need(self, name: str, message: str) -> None:
        """Ask for a field that something else makes necessary."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
