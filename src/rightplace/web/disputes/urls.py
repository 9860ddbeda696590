"""Disagreements."""

from __future__ import annotations

from django.urls import path

from rightplace.web.disputes import bundle_page, pages

urlpatterns = [
    path("", pages.disputes, name="disputes"),
    path("<slug:reference>/", pages.dispute, name="dispute"),
    path("<slug:reference>/bundle/", bundle_page.bundle, name="bundle"),
]
