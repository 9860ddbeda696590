"""Requests for an assessment, and who makes them."""

from __future__ import annotations

from django.urls import path

from rightplace.web.intake import accounts_page, claims_page, enter_page

urlpatterns = [
    path("", enter_page.enter, name="intake"),
    path("who/", claims_page.claims, name="claims"),
    path("who/<int:number>/", claims_page.decide, name="claim"),
    path("<slug:reference>/family/", accounts_page.accounts, name="family_accounts"),
]
