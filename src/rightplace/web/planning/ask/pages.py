"""The pages on which runs are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.planning import area as areas
from rightplace.web.planning.ask.forms import Ask, AskEnough, AskForecast, AskInvest, AskPlaces, next_september
from rightplace.web.planning.models import Run
from rightplace.web.policy.binding import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A page that asks: its heading, what the answer is, the form, and what it starts from."""

    kind: Run.Kind
    heading: str
    answer: str
    form: type[Ask]
    start: dict[str, Any]


_GOING: Final = "As things are going"
_FORECAST: Final = Asking(
    kind=Run.Kind.FORECAST,
    heading="Ask for a forecast",
    answer="How many children and young people will have an EHC plan, by need, setting and year group.",
    form=AskForecast,
    start={"years": 10, "futures": 1000, "title": _GOING},
)
_ENOUGH: Final = Asking(
    kind=Run.Kind.ENOUGH,
    heading="Ask whether there are enough places",
    answer="How many specialist places are short or to spare, by year, kind, phase, need and locality.",
    form=AskEnough,
    start={"years": 10, "futures": 200, "title": "Enough places, as things are going"},
)
_PLACES: Final = Asking(
    kind=Run.Kind.PLACES,
    heading="Ask for places for a September",
    answer="A place suggested for everyone who needs one, with the reason. Places are kept for those whom a forecast expects to join "
    "before then. A named person decides each place.",
    form=AskPlaces,
    start={"title": "Places for September"},
)
_INVEST: Final = Asking(
    kind=Run.Kind.INVEST,
    heading="Ask where to add places",
    answer="What to open, where, when and how large, so that the plan holds in most futures. Schemes are made from the area's own "
    "settings at usual costs; to weigh up your own, use the command “rightplace invest”.",
    form=AskInvest,
    start={"years": 10, "futures": 20, "promise": 90, "title": "Where to add places"},
)


@page("planning.run")
def forecast(request: HttpRequest) -> HttpResponse:
    """The form for a forecast, and what it does: a run that waits for the worker."""
    return _ask(request, _FORECAST)


@page("planning.run")
def enough(request: HttpRequest) -> HttpResponse:
    """The form for sufficiency."""
    return _ask(request, _ENOUGH)


@page("planning.run")
def places(request: HttpRequest) -> HttpResponse:
    """The form for places in a September."""
    return _ask(request, _PLACES)


@page("planning.run")
def invest(request: HttpRequest) -> HttpResponse:
    """The form for new places."""
    return _ask(request, _INVEST)


def _ask(request: HttpRequest, asking: Asking) -> HttpResponse:
    start = dict(asking.start)
    if asking.kind == Run.Kind.PLACES:
        start |= {"september": next_september(), "title": f"Places for September {next_september()}"}
    form = asking.form(request.POST or None, initial=start)
    if request.method == "POST" and not areas.there():
        form.add_error(None, "There is no area record to plan with. Ask the person who runs Rightplace.")
    if request.method == "POST" and form.is_valid():
        return redirect("planning_run", _kept(request, form, asking).pk)
    return render(request, "planning/ask.html", {"form": form, "asking": asking})


def _kept(request: HttpRequest, form: Ask, asking: Asking) -> Run:
    said = dict(form.cleaned_data)
    key = said.pop("key")
    said.pop("version")
    facts = {"years": 1, "futures": 200, **said, "kind": asking.kind}
    who = {"asked_by": str(request.user), "asked_at": clock.now()}
    with transaction.atomic():
        run, made = Run.objects.get_or_create(key=key, defaults={**facts, **who})
        if made:
            log.add(who=request.user, action="planning", words=f"Asked for {run.words}.", request=request)
    return run
