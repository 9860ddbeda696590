"""The calendar feed."""

from __future__ import annotations

from django.urls import path

from rightplace.web.calendar_feed import pages

urlpatterns = [
    path("", pages.own, name="calendar"),
    path("<slug:secret>/deadlines.ics", pages.feed, name="calendar_feed"),
]
