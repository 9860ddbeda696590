"""Panels."""

from __future__ import annotations

from django.urls import path

from rightplace.web.panel import pages

urlpatterns = [
    path("", pages.meetings, name="panel"),
    path("set/", pages.set_meeting, name="panel_set"),
    path("<int:number>/", pages.meeting, name="panel_meeting"),
    path("papers/<int:number>/", pages.item, name="panel_item"),
]
