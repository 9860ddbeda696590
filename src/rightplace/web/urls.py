"""Every address of the service: each subject's own list, put together."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("rightplace.web.about.urls")),
    path("accounts/", include("rightplace.web.accounts.urls")),
    path("today/", include("rightplace.web.today.urls")),
    path("cases/", include("rightplace.web.cases.urls")),
    path("family/", include("rightplace.web.family.urls")),
    path("audit/", include("rightplace.web.audit.urls")),
]

handler400 = "rightplace.web.about.errors.bad_request"
handler403 = "rightplace.web.about.errors.refused"
handler404 = "rightplace.web.about.errors.not_found"
handler500 = "rightplace.web.about.errors.server_error"
