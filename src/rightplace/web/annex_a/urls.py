"""The lists of an inspection."""

from __future__ import annotations

from django.urls import path

from rightplace.web.annex_a import pages

urlpatterns = [
    path("", pages.lists, name="annex_a"),
    path("file/", pages.take, name="annex_a_file"),
]
