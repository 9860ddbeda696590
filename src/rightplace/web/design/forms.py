"""Forms in the manner of the design: a day in three boxes, words for what is wrong, and a form's own number."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict

LIKE: Final = "For example, 14 3 2026"


class DayWidget(forms.MultiWidget):
    """A day as three boxes: day, month and year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = {"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput}
        super().__init__(widgets=boxes, attrs=attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """A date in its parts."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A day; says which part is missing or that there is no such day."""

    widget = DayWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", LIKE)
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **options)

    def compress(self, parts: list[str]) -> date | None:
        """A date from its parts. Raises ``ValidationError`` in words."""
        named = dict(zip(("day", "month", "year"), [*parts, "", "", ""], strict=False))
        missing = [name for name, part in named.items() if not str(part or "").strip()]
        if len(missing) == len(named):
            if self.required:
                raise forms.ValidationError(f"Enter {self._what()}, like 14 3 2026.")
            return None
        if missing:
            raise forms.ValidationError(f"The date must have a {' and a '.join(missing)}, like 14 3 2026.")
        try:
            made = date(int(named["year"]), int(named["month"]), int(named["day"]))
        except ValueError:
            raise forms.ValidationError("There is no such day. Enter a date like 14 3 2026.") from None
        if not 1990 <= made.year <= 2100:
            raise forms.ValidationError("Enter the year in full, like 2026.")
        return made

    def clean(self, value: Any) -> date | None:
        """A date from the three boxes; each one's own mistake is told by :meth:`compress`."""
        return self.compress([str(part or "").strip() for part in (value or ["", "", ""])])

    def _what(self) -> str:
        label = str(self.label or "the date")
        return label[:1].lower() + label[1:]


def yes_no(label: str, *, help_text: str = "", open_too: bool = False) -> forms.TypedChoiceField:
    """A question with yes and no, and where ``open_too`` also "Not said"."""
    choices = [("yes", "Yes"), ("no", "No"), *([("", "Not said")] if open_too else [])]
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        widget=forms.RadioSelect,
        required=not open_too,
        error_messages={"required": f"Select yes or no: {label[:1].lower()}{label[1:]}."},
    )


def new_key() -> str:
    """A number for a form as it is shown, so that sending it twice does it once."""
    return secrets.token_urlsafe(24)


def in_our_words(field: forms.Field) -> None:
    """Where a field has only Django's words for a mistake, say what to enter and of what."""
    what = str(field.label or "this")
    what = what[:1].lower() + what[1:] if what[1:2].islower() else what
    verb = "Select" if isinstance(field, forms.ChoiceField) else "Enter"
    ours = {
        "required": f"{verb} {what}.",
        "invalid_choice": f"Choose {what} among those shown.",
        "max_length": "Make this shorter: %(limit_value)d letters at most.",
        "min_value": "Enter a number of %(limit_value)s or more.",
        "max_value": "Enter a number of %(limit_value)s or less.",
    }
    theirs = type(field).default_error_messages | forms.Field.default_error_messages
    for code, words in ours.items():
        if field.error_messages.get(code) in (None, theirs.get(code)):
            field.error_messages[code] = words


UNSENT: Final = "was-not-sent"
"""A form with this name in it was sent after the sign-in ended, and is shown again instead of being taken."""


class KeyedForm(forms.Form):
    """A form that carries its own number and the version of the record that it was opened on.

    With ``UNSENT`` among what was sent it is never valid: it says that it was not sent, and has a number of its own again.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, version: int = 0, **options: Any) -> None:
        initial = {"key": new_key(), "version": version, **(options.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, label_suffix="", **options)
        self.unsent = bool(self.data) and UNSENT in self.data
        if self.unsent:
            self.data = self.data.copy()
            self.data["key"] = new_key()

    def full_clean(self) -> None:
        """As for any form, in our words; one that was not sent says so first, and nothing else of what it holds."""
        for field in self.fields.values():
            in_our_words(field)
        super().full_clean()
        if self.unsent:
            words = "You were signed out before this was sent. What you entered is all here: check it, and send it."
            self._errors = ErrorDict({NON_FIELD_ERRORS: self.error_class([words])})

    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return self.visible_fields()
