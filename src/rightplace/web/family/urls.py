"""The pages for families."""

from __future__ import annotations

from django.urls import path

from rightplace.web.family import (
    documents_page,
    explain_page,
    reply_page,
    request_page,
    rights_page,
    said_page,
    views_page,
    where_page,
)

urlpatterns = [
    path("", where_page.home, name="family"),
    path("ask/", request_page.ask, name="family_ask"),
    path("<slug:reference>/", where_page.where_we_are, name="family_case"),
    path("<slug:reference>/rights/", rights_page.rights, name="family_rights"),
    path("<slug:reference>/documents/", documents_page.documents, name="family_documents"),
    path("<slug:reference>/views/", views_page.views, name="family_views"),
    path("<slug:reference>/reply/", reply_page.reply, name="family_reply"),
    path("<slug:reference>/school/", reply_page.prefer, name="family_prefer"),
    path("<slug:reference>/said/", said_page.said, name="family_said"),
    path("<slug:reference>/explain/", explain_page.explain, name="family_explain"),
]
