"""Planning."""

from __future__ import annotations

from django.urls import path

from rightplace.web.planning import beside_page, glance_page, nearest_page, run_page
from rightplace.web.planning.ask import pages as ask

urlpatterns = [
    path("", glance_page.glance, name="planning"),
    path("ask/", ask.forecast, name="planning_ask"),
    path("ask/enough/", ask.enough, name="planning_ask_enough"),
    path("ask/places/", ask.places, name="planning_ask_places"),
    path("ask/new-places/", ask.invest, name="planning_ask_invest"),
    path("beside/", beside_page.beside, name="planning_beside"),
    path("nearest/", nearest_page.nearest, name="planning_nearest"),
    path("runs/<int:run>/", run_page.run, name="planning_run"),
    path("runs/<int:run>/stop/", run_page.stop, name="planning_stop"),
    path("runs/<int:run>/data/", run_page.data, name="planning_data"),
]
