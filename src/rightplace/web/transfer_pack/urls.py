"""Moves between authorities."""

from __future__ import annotations

from django.urls import path

from rightplace.web.transfer_pack import in_page, out_page

urlpatterns = [
    path("", in_page.packs, name="packs"),
    path("taken/<int:number>/", in_page.pack, name="pack"),
    path("<slug:reference>/out/", out_page.out, name="pack_out"),
]
