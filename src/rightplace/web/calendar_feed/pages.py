"""Setting up one's feed, and the feed itself."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.calendar_feed.ics import calendar
from rightplace.web.calendar_feed.models import Feed, hashed
from rightplace.web.calendar_feed.own import entries
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may
from rightplace.web.policy.rule import PUBLIC


@page("calendar.own")
def own(request: HttpRequest) -> HttpResponse:
    """Whether you have a feed; make its address, which is shown once, or end it."""
    address = ""
    if request.method == "POST":
        with transaction.atomic():
            if "end" in request.POST:
                Feed.objects.filter(user=request.user).delete()
                words = "Ended their calendar feed."
            else:
                secret = Feed.renewed(request.user)
                address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
                words = "Made an address for a calendar feed; an earlier one no longer works."
            log.add(who=request.user, action="calendar", words=words, request=request)
    feed = Feed.objects.filter(user=request.user).first()
    return render(request, "calendar_feed/own.html", {"feed": feed, "address": address})


@page(PUBLIC)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed of whoever has this secret. A calendar program cannot sign in, so the address is the key."""
    found = Feed.objects.select_related("user").filter(secret=hashed(secret)).first()
    if found is None or not found.user.is_active or not may(found.user, "calendar.own"):
        raise Http404("There is no such feed.")
    if found.read_at is None:
        log.add(who=found.user, action="calendar", words="A calendar program read the feed for the first time.")
    Feed.objects.filter(pk=found.pk).update(read_at=clock.now())
    text = calendar("Rightplace deadlines", entries(found.user), at=clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
