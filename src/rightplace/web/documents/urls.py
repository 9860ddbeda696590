"""Documents of a case: the list, and adding one. Getting one is at ``cases/documents/``."""

from __future__ import annotations

from django.urls import path

from rightplace.web.documents import add_page, list_page, share_page

urlpatterns = [
    path("sharing/<int:number>/", share_page.share, name="document_sharing"),
    path("<slug:reference>/", list_page.documents, name="documents"),
    path("<slug:reference>/add/", add_page.add, name="document_add"),
]
