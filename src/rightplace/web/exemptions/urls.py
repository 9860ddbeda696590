"""Exemptions of a case."""

from __future__ import annotations

from django.urls import path

from rightplace.web.exemptions import pages, told_page

urlpatterns = [
    path("<slug:reference>/", pages.exemptions, name="exemptions"),
    path("<slug:reference>/more-time/", told_page.told, name="exemptions_told"),
    path("<slug:reference>/record/<slug:rule>/", pages.record, name="exemption_record"),
    path("<slug:reference>/withdraw/<int:number>/", pages.withdraw, name="exemption_withdraw"),
]
