"""Cases: the list, one case, recording and striking out, documents."""

from __future__ import annotations

from django.urls import path

from rightplace.web.cases import case_page, document_page, list_page, record_page, strike_page

urlpatterns = [
    path("", list_page.cases, name="cases"),
    path("documents/<int:number>/", document_page.get, name="document"),
    path("<slug:reference>/", case_page.case, name="case"),
    path("<slug:reference>/record/<slug:kind>/", record_page.record, name="record_event"),
    path("<slug:reference>/strike-out/<int:number>/", strike_page.strike_out, name="strike_out"),
]
