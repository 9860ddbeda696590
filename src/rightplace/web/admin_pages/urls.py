"""Keeping accounts."""

from __future__ import annotations

from django.urls import path

from rightplace.web.admin_pages import pages

urlpatterns = [
    path("", pages.people, name="people"),
    path("add/", pages.add, name="account_add"),
    path("<int:account>/", pages.person, name="account_change"),
    path("<int:account>/do/", pages.act, name="account_act"),
]
