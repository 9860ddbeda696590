"""Whole records."""

from __future__ import annotations

from django.urls import path

from rightplace.web.records import pages

urlpatterns = [
    path("", pages.kept, name="records_kept"),
    path("<slug:reference>/take-out/", pages.export, name="record_export"),
    path("<slug:reference>/propose/", pages.propose, name="record_propose"),
    path("<slug:reference>/remove/", pages.remove, name="record_remove"),
]
