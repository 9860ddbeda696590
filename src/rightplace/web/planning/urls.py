"""Planning."""

from __future__ import annotations

from django.urls import path

from rightplace.web.planning import ask_page, glance_page, run_page

urlpatterns = [
    path("", glance_page.glance, name="planning"),
    path("ask/", ask_page.ask, name="planning_ask"),
    path("runs/<int:run>/", run_page.run, name="planning_run"),
    path("runs/<int:run>/stop/", run_page.stop, name="planning_stop"),
    path("runs/<int:run>/data/", run_page.data, name="planning_data"),
]
