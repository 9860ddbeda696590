"""A choice as plain values, for JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from rightplace.places.choose.choice import Choice
from rightplace.places.fit.outcome import FitTest
from rightplace.places.travel.transport import Mode


def as_values(choice: Choice) -> dict[str, Any]:
    """Everything in a choice as dictionaries, lists, text and numbers. What is not known is None.

    Each test of fit has ``test``, ``question``, ``result``, ``evidence`` and ``bars``.
    """
    made: dict[str, Any] = _plain(choice)
    return made


def _plain(value: object) -> Any:
    if isinstance(value, FitTest):
        return {
            "test": value.test.name.lower(),
            "question": value.test.question,
            "result": str(value.result),
            "evidence": value.evidence,
            "bars": value.bars,
        }
    if isinstance(value, Mode):
        return value.label
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
