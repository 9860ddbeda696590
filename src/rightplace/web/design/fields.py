"""What the parts of a form ask about a field."""

from __future__ import annotations

from typing import Any

from django import forms

from rightplace.web.design.forms import DayWidget


def widget_kind(bound: forms.BoundField) -> str:
    """Which box a field is shown as: hidden, day, radios, checkbox, select, textarea, file or input."""
    widget = bound.field.widget
    kinds = (
        (forms.HiddenInput, "hidden"),
        (DayWidget, "day"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


def first_id(bound: forms.BoundField) -> str:
    """The id of the first box of a field, which a mistake's link leads to."""
    return f"{bound.auto_id}-day" if widget_kind(bound) == "day" else str(bound.auto_id)


def day_boxes(bound: forms.BoundField) -> list[dict[str, Any]]:
    """The three boxes of a day."""
    value = bound.value()
    parts = list(value) if isinstance(value, list | tuple) else bound.field.widget.decompress(value)
    wrong = " govuk-input--error" if bound.errors else ""
    return [
        {
            "id": f"{bound.auto_id}-{name}",
            "name": f"{bound.html_name}_{name}",
            "label": name.capitalize(),
            "classes": f"govuk-input--width-{4 if name == 'year' else 2}{wrong}",
            "value": "" if part is None else str(part),
        }
        for name, part in zip(("day", "month", "year"), parts, strict=True)
    ]


def choices(bound: forms.BoundField) -> list[dict[str, Any]]:
    """The choices of a field, the chosen one marked."""
    value = bound.value()
    chosen = {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, str) else value
    return [
        {
            "value": str(code),
            "text": str(label),
            "checked": str(code) == str(chosen),
            "selected": str(code) == str(chosen),
        }
        for code, label in bound.field.choices
    ]


FILTERS = {"widget_kind": widget_kind, "first_id": first_id, "day_boxes": day_boxes, "choices": choices}
"""For the templates."""
