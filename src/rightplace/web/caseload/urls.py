"""Caseloads and handing over."""

from __future__ import annotations

from django.urls import path

from rightplace.web.caseload import hand_over_page, load_page

urlpatterns = [
    path("", load_page.caseload, name="caseload"),
    path("hand-over/<slug:reference>/", hand_over_page.hand_over, name="hand_over"),
]
