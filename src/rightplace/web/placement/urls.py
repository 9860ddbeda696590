"""Which setting the plan names."""

from __future__ import annotations

from django.urls import path

from rightplace.web.placement import pages, stay_page

urlpatterns = [
    path("<slug:reference>/", pages.placement, name="placement"),
    path("<slug:reference>/consult/", pages.consult, name="placement_consult"),
    path("<slug:reference>/answer/", pages.answered, name="placement_answer"),
    path("<slug:reference>/findings/", pages.findings, name="placement_findings"),
    path("<slug:reference>/decide/", pages.decide, name="placement_decide"),
    path("<slug:reference>/attends/", stay_page.stays, name="stays"),
    path("<slug:reference>/attends/<int:number>/", stay_page.stay, name="stay"),
]
