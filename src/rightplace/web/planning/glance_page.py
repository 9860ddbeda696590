"""The area at a glance: what was counted, what is expected, and the forecasts that were made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.disclosure.published import lone
from rightplace.errors import UserError
from rightplace.web.design.lists import Counted
from rightplace.web.planning import area as areas
from rightplace.web.planning import results
from rightplace.web.planning.models import Run
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may


@page("planning.see")
def glance(request: HttpRequest) -> HttpResponse:
    """Headline counts, the newest forecast without a scenario, and the list of runs."""
    exact = bool(may(request.user, "planning.exact"))
    newest = Run.objects.filter(kind=Run.Kind.FORECAST, state=Run.State.DONE, scenario="", proposals="").first()
    sections = results.page(newest, exact=exact) if newest else []
    context = {
        "area": _area(exact=exact),
        "exact": exact,
        "newest": newest,
        "expected": _block(sections, "summary", "para"),
        "figure": _block(sections, "ahead", "figure"),
        "page": Counted(Run.objects.all()).get_page(request.GET.get("page")),
        "busy": Run.objects.filter(state__in=(Run.State.WAITING, Run.State.RUNNING)).first(),
    }
    return render(request, "planning/glance.html", context)


def _area(*, exact: bool) -> dict[str, Any]:
    """The counts of the area as this person may see them, or why there are none."""
    try:
        held = areas.counted()
    except UserError as error:
        return {"trouble": areas.trouble(error, exact=exact)}
    shown = [(year, f"{people:,}" if exact else lone(people).text) for year, people in reversed(held.plans)]
    return {"name": held.name, "plans": shown, "covers": held.covers if exact else ()}


def _block(sections: list[dict[str, Any]], key: str, kind: str) -> dict[str, Any] | None:
    """The first block of a kind in a section."""
    return next(
        (block for one in sections if one["key"] == key for block in one["blocks"] if block["kind"] == kind), None
    )
