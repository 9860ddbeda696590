"""The pages for families."""

from __future__ import annotations

from django.urls import path

from rightplace.web.family import where_page

urlpatterns = [
    path("", where_page.home, name="family"),
    path("<slug:reference>/", where_page.where_we_are, name="family_case"),
]
