"""My work today."""

from __future__ import annotations

from django.urls import path

from rightplace.web.today import work_page

urlpatterns = [path("", work_page.work, name="today")]
