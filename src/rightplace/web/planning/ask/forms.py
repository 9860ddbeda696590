"""What is asked for each kind of run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError

from rightplace.calendar import clock
from rightplace.calendar.academic import academic_year
from rightplace.errors import UserError
from rightplace.web.design.forms import KeyedForm
from rightplace.web.planning.scenario_text import LONGEST, chosen, proposals

if TYPE_CHECKING:
    from rightplace.forecast.scenario.description import Change


_LONG: Final = 10_000
"""From here on the thousands of a number are parted: before that it may be a year."""


def whole(label: str, least: int, most: int, help_text: str, *, required: bool = True) -> forms.IntegerField:
    """A whole number within bounds, with one sentence for every mistake."""
    first, last = (str(end) if end < _LONG else f"{end:,}" for end in (least, most))
    wrong = f"Enter a whole number from {first} to {last}, with no comma."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        required=required,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def _effect(change: Change) -> str:
    """When a proposal would act, on which rate, and how much."""
    until = f" until {change.until.day} {change.until:%B %Y}" if change.until else ""
    rate = change.rate.replace("_", " ")
    return f"From {change.start.day} {change.start:%B %Y}{until}, it multiplies the rate of {rate} by {change.low:g} to {change.high:g}. Proposed, not law."


class Ask(KeyedForm):
    """What every run is asked with: its name."""

    title = forms.CharField(
        label="What to call it",
        max_length=120,
        help_text="So that you and others find it again",
        error_messages={"required": "Enter what to call it.", "max_length": "Use 120 letters at most."},
    )


class Ahead(Ask):
    """A run that looks some years ahead, as things are going or with a scenario."""

    years = whole("Years ahead", 1, 30, "From 1 to 30")
    futures = whole(
        "Simulated futures", 100, 20_000,
        "From 100 to 20,000. More make the ends of the range steadier and take longer; 1,000 is enough to plan with",
    )  # fmt: skip
    proposals = forms.MultipleChoiceField(
        label="The government's proposals (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None of them is law. Dates are the government's; sizes are Rightplace's own wide guesses, as no source gives any",
        error_messages={"invalid_choice": "Choose from the proposals that are listed."},
    )
    scenario = forms.CharField(
        label="Scenario of your own (optional)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="Dated changes to rates, as in “Try a scenario” of the documentation. It is worked out with and without them",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes = proposals()
        self.fields["proposals"].choices = [(name, change.reason) for name, change in self.changes.items()]  # type: ignore[attr-defined]

    def switches(self) -> list[dict[str, Any]]:
        """The proposals as boxes to tick, each marked as proposed, with from when it would act and by how much."""
        ticked = self["proposals"].value() or []
        return [
            {
                "value": name, "text": f"{change.name.capitalize()} (proposed)", "checked": name in ticked,
                "hint": {"text": f"{change.reason} {_effect(change)}"},
            }
            for name, change in self.changes.items()
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers, once the scenario and the proposals are understood together. Every mistake in them is told."""
        said = super().clean() or {}
        text = (said.get("scenario") or "").strip()
        try:
            chosen(text, said.get("proposals") or [])
        except UserError as error:
            self.add_error("scenario", ValidationError(str(error)))
        return {**said, "scenario": text, "proposals": ",".join(said.get("proposals") or [])}


class AskForecast(Ahead):
    """A forecast."""


class AskEnough(Ahead):
    """Whether there are enough places: each person is followed, so fewer futures do."""

    futures = whole(
        "Simulated futures", 20, 1_000, "From 20 to 1,000. Each person is followed in each; 200 is enough to plan with"
    )


_ALONE: Final = "Dated changes to rates, as in “Try a scenario” of the documentation. The plan is made under it alone"


class AskInvest(Ahead):
    """Where to add places."""

    years = whole("Years ahead", 2, 20, "From 2 to 20")
    futures = whole(
        "Futures to plan for", 10, 200,
        "From 10 to 200. Hundreds more set the margin of safety and test the plan. 20 take a few minutes",
    )  # fmt: skip
    budget_gbp = whole(
        "Capital in all, pounds (optional)",
        0,
        10_000_000_000,
        "For example, 12000000. Leave it empty for no limit",
        required=False,
    )
    promise = whole("Share of futures in which every child is to have a place, per cent", 1, 99, "90 is usual")
    may_close = forms.BooleanField(
        label="Units, resourced provision and state special schools may also be closed or halved",
        required=False,
        help_text="Year group by year group: no child is moved. The law asks for consultation first, and the paper says which",
    )

    field_order: Final = ("key", "version", "title", "years", "futures", "budget_gbp", "promise", "may_close")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scenario"].help_text = _ALONE


class AskPlaces(Ask):
    """Places for a September."""

    september = whole(
        "September to place for",
        2015,
        2100,
        "The year, like 2027. Everyone who changes phase, waits or asked to move is placed",
    )


def next_september() -> int:
    """The year of the September that comes next."""
    return academic_year(clock.today()) + 1
