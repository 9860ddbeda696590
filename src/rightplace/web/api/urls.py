"""The API's addresses. Each is bound to the action that its operation asks the policy about."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from rightplace.web.api import key_pages
from rightplace.web.api.service import api
from rightplace.web.policy.binding import page

ACTIONS: Final = {
    "api_cases": "cases.list",
    "api_case": "case.see",
    "api_deadlines": "today.see",
    "api_pupils": "school.owed",
}


@page("api.describe")
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/"))


def _bound() -> list[URLPattern]:
    """The library's addresses, each with its action; its own front page is left out."""
    patterns = [pattern for pattern in api.urls[0] if pattern.name in ACTIONS]
    for pattern in patterns:
        pattern.callback.action = ACTIONS[pattern.name]
    return patterns


urlpatterns = [
    *_bound(),
    path("description.json", description, name="api_description"),
    path("keys/", key_pages.keys, name="api_keys"),
    path("keys/<int:number>/end/", key_pages.end, name="api_key_end"),
]
