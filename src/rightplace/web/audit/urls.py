"""The log of access."""

from __future__ import annotations

from django.urls import path

from rightplace.web.audit import log_page

urlpatterns = [path("", log_page.log, name="audit_log")]
