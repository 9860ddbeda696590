"""Reviews."""

from __future__ import annotations

from django.urls import path

from rightplace.web.reviews import pages

urlpatterns = [
    path("", pages.reviews, name="reviews"),
    path("<slug:reference>/", pages.review, name="review"),
]
