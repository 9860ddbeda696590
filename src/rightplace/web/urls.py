"""Every address of the service: each subject's own list, put together."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("rightplace.web.about.urls")),
    path("accounts/", include("rightplace.web.accounts.urls")),
    path("today/", include("rightplace.web.today.urls")),
    path("cases/", include("rightplace.web.cases.urls")),
    path("plans/", include("rightplace.web.plans.urls")),
    path("advice/", include("rightplace.web.advice.urls")),
    path("requests/", include("rightplace.web.intake.urls")),
    path("exemptions/", include("rightplace.web.exemptions.urls")),
    path("yearly-return/", include("rightplace.web.return_items.urls")),
    path("annex-a/", include("rightplace.web.annex_a.urls")),
    path("moves/", include("rightplace.web.transfer_pack.urls")),
    path("caseload/", include("rightplace.web.caseload.urls")),
    path("placement/", include("rightplace.web.placement.urls")),
    path("reviews/", include("rightplace.web.reviews.urls")),
    path("transfers/", include("rightplace.web.transfers.urls")),
    path("letters/", include("rightplace.web.letters.urls")),
    path("disputes/", include("rightplace.web.disputes.urls")),
    path("panel/", include("rightplace.web.panel.urls")),
    path("api/", include("rightplace.web.api.urls")),
    path("calendar/", include("rightplace.web.calendar_feed.urls")),
    path("records/", include("rightplace.web.records.urls")),
    path("people/", include("rightplace.web.admin_pages.urls")),
    path("planning/", include("rightplace.web.planning.urls")),
    path("family/", include("rightplace.web.family.urls")),
    path("messages/", include("rightplace.web.messages.urls")),
    path("notices/", include("rightplace.web.notices.urls")),
    path("registers/", include("rightplace.web.registers.urls")),
    path("documents/", include("rightplace.web.documents.urls")),
    path("school/", include("rightplace.web.school.urls")),
    path("audit/", include("rightplace.web.audit.urls")),
]

handler400 = "rightplace.web.about.errors.bad_request"
handler403 = "rightplace.web.about.errors.refused"
handler404 = "rightplace.web.about.errors.not_found"
handler500 = "rightplace.web.about.errors.server_error"
