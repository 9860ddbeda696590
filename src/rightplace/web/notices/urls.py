"""News."""

from __future__ import annotations

from django.urls import path

from rightplace.web.notices import pages

urlpatterns = [
    path("", pages.notices, name="notices"),
    path("how/", pages.how, name="notices_how"),
    path("<int:number>/", pages.open_one, name="notice"),
]
