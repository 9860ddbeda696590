"""A parameter: a named fact of law, price or policy whose value changes on known dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from rightplace.errors import UserError

Scalar = bool | int | float | str
Status = Literal["in force", "proposed", "local"]

STATUSES: tuple[str, ...] = get_args(Status)
"""``in force``: law or the latest published figure; ``proposed``: not yet law; ``local``: an area's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a parameter is from a date.

    ``value`` is None from the date a parameter is repealed. ``low`` and ``high`` are a range where the
    source gives one. ``verified`` is False where the source was not read or is second-hand. ``note``
    says what a reader must know before using the figure.
    """

    value: Scalar | None
    unit: str
    from_date: date
    status: Status
    source_title: str
    source_link: str
    verified: bool
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named parameter with its values in the order of their dates.

    ``owner`` is who can change it: Parliament, a department, the local authority. ``subject`` is the
    file it stands in.
    """

    name: str
    label: str
    unit: str
    owner: str
    subject: str
    values: tuple[Value, ...]

    def find(self, on: date, *, include_proposed: bool = False) -> Value | None:
        """The value on a date; None before the first one, and from the date of a repeal.

        A proposed value counts only with ``include_proposed``. Of two values from the same date a local one
        comes before the others.
        """
        counted = [
            value for value in self.values if value.from_date <= on and (include_proposed or value.status != "proposed")
        ]
        latest = max(counted, key=lambda value: (value.from_date, value.status == "local"), default=None)
        return latest if latest is not None and latest.value is not None else None

    def at(self, on: date, *, include_proposed: bool = False) -> Value:
        """The value on a date, as :meth:`find`. Raises ``UserError`` when there is none."""
        value = self.find(on, include_proposed=include_proposed)
        if value is None:
            dates = ", ".join(str(known.from_date) for known in self.values)
            raise UserError(
                f"{self.label} has no value in force on {on}.",
                where=self.name,
                action=f"Choose a date for which it has one (its values start on {dates}).",
            )
        return value
