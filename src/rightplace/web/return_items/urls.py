"""What the yearly return asks."""

from __future__ import annotations

from django.urls import path

from rightplace.web.return_items import pages

urlpatterns = [
    path("", pages.header, name="return_header"),
    path("download/", pages.download, name="return_download"),
    path("<slug:reference>/", pages.items, name="return_items"),
]
