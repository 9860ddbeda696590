"""The API: its addresses, its sign-in, and its words for what is refused."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import django_auth

from rightplace import __version__
from rightplace.web.api import answers
from rightplace.web.api.shapes import CaseList, DeadlineList, Trouble, WholeCase
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.policy.binding import Refused
from rightplace.web.policy.decide import may

NOT_GIVEN: Final = {401: Trouble, 403: Trouble, 404: Trouble, 422: Trouble}
"""What every address may answer instead: not signed in, not allowed, not there, not understood."""
Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,20}$", description="Reference of a case, like R000123")]
After = Annotated[str, Query(pattern=r"^[A-Za-z0-9]{0,20}$", description="Only cases after this reference")]
Most = Annotated[int, Query(ge=1, le=500, description="How many at most")]
Skip = Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out at the start")]

api: Final = NinjaAPI(
    title="Rightplace",
    version=__version__,
    description="Cases and deadlines, to read only. The session of the service is the sign-in, and its rules hold.",
    auth=django_auth,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


@api.get("/cases", response={200: CaseList, **NOT_GIVEN}, url_name="api_cases", summary="Cases you may see")
def cases(request: HttpRequest, after: After = "", most: Most = 100) -> Any:
    """Cases by reference. Reading the list is noted in the log of access."""
    _must(request, "cases.list")
    add(who=request.user, action="read", words="Read the list of cases through the API.", request=request)
    return answers.cases(request.user, after=after, most=most)


@api.get("/cases/{reference}", response={200: WholeCase, **NOT_GIVEN}, url_name="api_case", summary="One case")
def case(request: HttpRequest, reference: Reference) -> Any:
    """A case with its events and open deadlines. That it was read is noted in the log of access."""
    try:
        found = find.case(reference)
    except Http404:
        _must(request, "case.see")
        raise
    _must(request, "case.see", found)
    looked(request, found, f"the record of {found.person} through the API")
    return answers.case(found)


@api.get("/deadlines", response={200: DeadlineList, **NOT_GIVEN}, url_name="api_deadlines", summary="Your deadlines")
def deadlines(request: HttpRequest, skip: Skip = 0, most: Most = 100) -> Any:
    """Open deadlines of the cases you hold, or of all for a manager, the soonest first."""
    _must(request, "today.see")
    add(who=request.user, action="read", words="Read a list of deadlines through the API.", request=request)
    return answers.deadlines(request.user, skip=skip, most=most)


def _must(request: HttpRequest, action: str, record: Any = None) -> None:
    """Raises ``Refused`` with the policy's reason where the person may not."""
    answer = may(request.user, action, record)
    if not answer:
        raise Refused(answer)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """403, with the reason and whom to ask."""
    return api.create_response(request, {"reason": error.answer.reason, "ask": error.answer.ask}, status=403)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401."""
    return api.create_response(request, {"reason": "You have not signed in.", "ask": "Sign in first."}, status=401)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    return api.create_response(request, {"reason": "There is no such case.", "ask": ""}, status=404)


@api.exception_handler(ValidationError)
def unclear(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, with each thing that was not understood."""
    wrong = "; ".join(f"{found['loc'][-1]}: {found['msg']}" for found in error.errors)
    return api.create_response(request, {"reason": f"{wrong}.", "ask": "See /api/description.json."}, status=422)
