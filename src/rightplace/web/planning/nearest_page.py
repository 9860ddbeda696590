"""How far the nearest special school, unit or resourced provision is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.area import store
from rightplace.errors import UserError
from rightplace.vocabulary import year_group as year_groups
from rightplace.vocabulary.need import Need
from rightplace.web.planning import area as areas
from rightplace.web.planning.ask.forms import next_september, whole
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may

_YEAR_GROUP = 7


class Asked(forms.Form):
    """For whom."""

    need = forms.ChoiceField(
        label="Need",
        required=False,
        choices=[("", "Any need"), *((str(need), need.label) for need in Need if need is not Need.NOT_RECORDED)],
        error_messages={"invalid_choice": "Choose a need from the list."},
    )
    year_group = whole("Year group", year_groups.FIRST, year_groups.LAST, "Reception is 0, nursery is below it")


@page("planning.see")
def nearest(request: HttpRequest) -> HttpResponse:
    """The map and its table for a need and a year group. It counts settings and no children, so all see the same."""
    start = {"need": "", "year_group": str(_YEAR_GROUP)}
    form = Asked({**start, **{name: request.GET[name] for name in start if name in request.GET}}, label_suffix="")
    context: dict[str, Any] = {"form": form, "sections": [], "trouble": ""}
    if form.is_valid():
        manifest = settings.AREA / store.MANIFEST
        changed = manifest.stat().st_mtime_ns if manifest.is_file() else 0
        asked = (form.cleaned_data["need"], form.cleaned_data["year_group"], next_september())
        try:
            context["sections"] = _sections(settings.AREA, changed, *asked)
        except UserError as error:
            context["trouble"] = areas.trouble(error, exact=bool(may(request.user, "planning.exact")))
    return render(request, "planning/nearest.html", context)


@lru_cache(maxsize=32)
def _sections(folder: Path, changed: int, need: str, year_group: int, september: int) -> list[dict[str, Any]]:
    """The sections as a page shows them, kept until the record has ``changed``. Raises ``UserError``."""
    from rightplace.report import nearest_report
    from rightplace.web.planning.shown import as_page, safe

    wanted = Need(need) if need else None
    told = nearest_report.build(store.load(folder), september=september, need=wanted, year_group=year_group).sections
    return safe(as_page(told))
