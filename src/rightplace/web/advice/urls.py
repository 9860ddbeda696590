"""Advice: of a case, and what an adviser owes."""

from __future__ import annotations

from django.urls import path

from rightplace.web.advice import ask_page, give_page

urlpatterns = [
    path("", give_page.owed, name="advice_owed"),
    path("<int:number>/give/", give_page.give, name="advice_give"),
    path("<int:number>/", give_page.read, name="advice_read"),
    path("<int:number>/chase/", ask_page.chase, name="advice_chase"),
    path("<int:number>/received/", ask_page.received, name="advice_received"),
    path("case/<slug:reference>/", ask_page.advice, name="advice"),
]
