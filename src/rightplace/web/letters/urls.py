"""Letters."""

from __future__ import annotations

from django.urls import path

from rightplace.web.letters import pages

urlpatterns = [
    path("<int:number>/", pages.letter, name="letter"),
    path("case/<slug:reference>/", pages.letters, name="letters"),
    path("case/<slug:reference>/write/", pages.write, name="letter_write"),
]
