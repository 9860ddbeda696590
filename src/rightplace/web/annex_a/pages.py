"""The page of the lists, and the files."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.annex_a import files
from rightplace.web.annex_a.columns import NOT_HELD
from rightplace.web.annex_a.lists import gaps, list_1, plans
from rightplace.web.audit.log import add
from rightplace.web.policy.binding import page

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("annex_a.take")
def lists(request: HttpRequest) -> HttpResponse:
    """What the lists hold and what they lack."""
    on = clock.today()
    context = {
        "on": on,
        "people": plans().count(),
        "notes": files.notes(settings.AUTHORITY_NAME, on, plans().count()),
        "not_held": NOT_HELD,
    }
    if request.GET.get("gaps"):
        context["gaps"] = gaps(list(list_1(on)))
    return render(request, "annex_a/lists.html", context)


@page("annex_a.take")
def take(request: HttpRequest) -> HttpResponse:
    """The file that the form asks for: a workbook, or List 1 or 2 as CSV. That it was taken is noted."""
    kind = request.POST.get("file", "")
    if request.method != "POST" or kind not in ("workbook", "1", "2"):
        return redirect("annex_a")
    on = clock.today()
    rows = [] if kind == "2" else list(list_1(on))
    name = f"annex-a-{on.isoformat()}"
    if kind == "workbook":
        said = files.notes(settings.AUTHORITY_NAME, on, len(rows))
        response = HttpResponse(files.workbook(rows, said), content_type=_XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    else:
        response = HttpResponse(files.comma_separated(int(kind), rows), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-list-{kind}.csv"'
    what = "both Annex A lists" if kind == "workbook" else f"Annex A list {kind}"
    add(who=request.user, action="export", words=f"Downloaded {what}: {len(rows):,} people.", request=request)
    return response
