"""Keeping accounts."""

from __future__ import annotations

from django.urls import path

from rightplace.web.admin_pages import contact_pages, organisation_pages, pages, post_page

urlpatterns = [
    path("", pages.people, name="people"),
    path("add/", pages.add, name="account_add"),
    path("contacts/", contact_pages.contacts, name="area_contacts"),
    path("contacts/<slug:kind>/", contact_pages.change, name="area_contact"),
    path("organisations/", organisation_pages.organisations, name="organisations"),
    path("organisations/add/", organisation_pages.add, name="organisation_add"),
    path("organisations/<int:organisation>/", organisation_pages.change, name="organisation_change"),
    path("post/", post_page.post, name="post"),
    path("<int:account>/", pages.person, name="account_change"),
    path("<int:account>/do/", pages.act, name="account_act"),
]
