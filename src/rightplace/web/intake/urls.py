"""Requests for an assessment."""

from __future__ import annotations

from django.urls import path

from rightplace.web.intake import enter_page

urlpatterns = [path("", enter_page.enter, name="intake")]
