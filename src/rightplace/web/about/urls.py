"""The first page, health, and the accessibility statement."""

from __future__ import annotations

from django.urls import path

from rightplace.web.about import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("health", pages.health, name="health"),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
