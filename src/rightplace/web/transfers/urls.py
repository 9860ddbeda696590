"""Moves between phases."""

from __future__ import annotations

from django.urls import path

from rightplace.web.transfers import pages

urlpatterns = [
    path("", pages.transfers, name="transfers"),
    path("expected/", pages.expect, name="transfers_expect"),
]
