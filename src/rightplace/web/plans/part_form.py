"""The form of an entry of a plan, made from what its section asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from rightplace.web.design.forms import KeyedForm
from rightplace.web.plans.sections import SECTIONS, Section
from rightplace.web.plans.written import Written, labels

_MEASURES: Final = (
    ("how_much", "How much", "For example, 45 minutes"),
    ("how_often", "How often", "For example, twice a week in term time"),
    ("who", "Who gives it", "For example, a speech and language therapist"),
)
_TYPES: Final = "For example, mainstream secondary school"


class PartForm(KeyedForm):
    """What an entry says, what it is tied to and what it rests on. ``version`` is the revision that was opened."""

    def __init__(self, *args: Any, section: Section, entries: Sequence[Written], version: int = 0, **more: Any) -> None:
        super().__init__(*args, version=version, **more)
        self.section = section
        self.fields["text"] = self._text()
        if section.measured:
            for name, label, hint in _MEASURES:
                self.fields[name] = forms.CharField(label=label, help_text=hint, max_length=200, required=False)
        if section.letter == "I":
            self.fields["kind"] = forms.CharField(
                label="Type of setting", help_text=_TYPES, max_length=200, required=False
            )
        if section.ties:
            self.fields["ties"] = self._ties(entries)
        if section.letter not in ("A", "I", "K"):
            self.fields["source"] = forms.CharField(
                label="Report it comes from", help_text="Whose, and of what day. Leave it empty where there is none.",
                max_length=200, required=False,
            )  # fmt: skip

    def values(self) -> dict[str, str]:
        """What was entered, empty answers left out."""
        names = ("text", "kind", "how_much", "how_often", "who", "source")
        return {name: self.cleaned_data[name].strip() for name in names if self.cleaned_data.get(name, "").strip()}

    def ties(self) -> list[int]:
        """Numbers of the entries that this one is tied to."""
        return sorted(int(number) for number in self.cleaned_data.get("ties", []))

    def _text(self) -> forms.Field:
        if self.section.letter == "I":
            return forms.CharField(
                label="Name of the school, college or other setting",
                help_text="As it was named when it was consulted. Leave it empty where the plan names a type alone.",
                max_length=200, required=False,
            )  # fmt: skip
        return forms.CharField(
            label=f"Text of the {self.section.one}", help_text=self.section.hint, widget=forms.Textarea, max_length=20_000,
            error_messages={"required": f"Enter the {self.section.one}."},
        )  # fmt: skip

    def _ties(self, entries: Sequence[Written]) -> forms.Field:
        names = labels(entries)
        choices = [
            (str(entry.number), f"{names[entry.number]}: {_short(entry.text)}")
            for entry in _of(entries, self.section.ties)
        ]
        words = " and ".join(f"{SECTIONS[letter].title.lower()} ({letter})" for letter in self.section.ties)
        hint = "" if choices else "None is written yet."
        return forms.MultipleChoiceField(
            label=f"Tied to: {words}",
            help_text=hint,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


def _of(entries: Sequence[Written], letters: Iterable[str]) -> list[Written]:
    return [entry for letter in letters for entry in entries if entry.section == letter]


def _short(text: str, most: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"
