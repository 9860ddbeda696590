"""Pages of errors: what happened, why, and what to do next."""

from __future__ import annotations

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rightplace.web.about.trouble import trouble, written
from rightplace.web.kept.keep import rescue
from rightplace.web.policy.binding import Refused
from rightplace.web.policy.rule import Answer

_log = logging.getLogger(__name__)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reason, and whom to ask."""
    answer = exception.answer if isinstance(exception, Refused) else Answer(allowed=False)
    return render(request, "about/403.html", {"answer": answer}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "about/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "about/400.html", status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or came from elsewhere."""
    return render(request, "about/form_too_old.html", {"kept": rescue(request), "again": request.path}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it is no mistake of ours: with a reference that also stands in the service's own log.

    Asks nothing of the database.
    """
    reference = secrets.token_hex(4)
    found = trouble(sys.exc_info()[1])
    if found is None:
        _log.error("The page of error %s was shown for %s.", reference, request.path)
        return HttpResponse(render_to_string("about/500.html", {"reference": reference}), status=500)
    _log.error("%s: the page of error %s was shown for %s.", found.title, reference, request.path)
    sent = request.method == "POST"
    told = {"trouble": found, "sent": sent, "keyed": sent and "key" in request.POST, "written": written(request)}
    return HttpResponse(
        render_to_string("about/503.html", {**told, "reference": reference}), status=503, headers={"Retry-After": "60"}
    )
