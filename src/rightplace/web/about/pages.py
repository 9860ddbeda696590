"""The first page, health, and the accessibility statement."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from rightplace import __version__
from rightplace.web.design.navigation import doors
from rightplace.web.policy.binding import page
from rightplace.web.policy.rule import PUBLIC


@page("home")
def home(request: HttpRequest) -> HttpResponse:
    """The first door that is open to the person; a page that says so where none is."""
    open_doors = doors(request.user, "")
    if open_doors:
        return redirect(open_doors[0].href)
    return render(request, "about/no_doors.html")


@page(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """200 where the service and its database answer; Django's 500 page where they do not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ready", "version": __version__})


@page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "about/accessibility.html")
