"""The registers."""

from __future__ import annotations

from django.urls import path

from rightplace.web.registers import entry_page, list_page

urlpatterns = [
    path("", list_page.registers, name="registers"),
    path("case/<slug:reference>/", entry_page.of_case, name="registers_case"),
    path("<slug:name>/", list_page.listed, name="register"),
    path("<slug:name>/file/", list_page.as_file, name="register_file"),
    path("<slug:name>/new/<slug:reference>/", entry_page.add, name="register_add"),
    path("<slug:name>/<int:number>/", entry_page.entry, name="register_entry"),
]
