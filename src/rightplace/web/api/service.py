"""The API: its addresses, its sign-in, and its words for what is refused."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer, django_auth

from rightplace import __version__
from rightplace.web.api import answers
from rightplace.web.api.models import Key
from rightplace.web.api.shapes import CaseList, DeadlineList, PupilList, Trouble, WholeCase
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.policy.binding import Refused
from rightplace.web.policy.decide import may
from rightplace.web.policy.rule import Answer

NOT_GIVEN: Final = {401: Trouble, 403: Trouble, 404: Trouble, 422: Trouble}
"""What every address may answer instead: not signed in, not allowed, not there, not understood."""
Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,20}$", description="Reference of a case, like R000123")]
After = Annotated[str, Query(pattern=r"^[A-Za-z0-9]{0,20}$", description="Only cases after this reference")]
Most = Annotated[int, Query(ge=1, le=500, description="How many at most")]
Skip = Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out at the start")]


class WithKey(HttpBearer):
    """A program with a key: it is then the account that the key is of, within the key's scope."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """The key, where it opens something."""
        found = Key.of(token)
        if found is not None:
            request.user, request.key = found.user, found
        return found


api: Final = NinjaAPI(
    title="Rightplace",
    version=__version__,
    description="Cases and deadlines, to read only. The session of the service or a key is the sign-in, and its rules hold.",
    auth=[django_auth, WithKey()],
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


@api.get("/cases", response={200: CaseList, **NOT_GIVEN}, url_name="api_cases", summary="Cases you may see")
def cases(request: HttpRequest, after: After = "", most: Most = 100) -> Any:
    """Cases by reference. Reading the list is noted in the log of access."""
    _must(request, "cases.list", scope=Key.Scope.CASES)
    add(
        who=request.user,
        action="read",
        words=f"Read the list of cases through the API{_by_key(request)}.",
        request=request,
    )
    return answers.cases(request.user, after=after, most=most)


@api.get("/cases/{reference}", response={200: WholeCase, **NOT_GIVEN}, url_name="api_case", summary="One case")
def case(request: HttpRequest, reference: Reference) -> Any:
    """A case with its events and open deadlines. That it was read is noted in the log of access."""
    try:
        found = find.case(reference)
    except Http404:
        _must(request, "case.see", scope=Key.Scope.CASES)
        raise
    _must(request, "case.see", found, scope=Key.Scope.CASES)
    looked(request, found, f"the record of {found.person} through the API{_by_key(request)}")
    return answers.case(found)


@api.get("/deadlines", response={200: DeadlineList, **NOT_GIVEN}, url_name="api_deadlines", summary="Your deadlines")
def deadlines(request: HttpRequest, skip: Skip = 0, most: Most = 100) -> Any:
    """Open deadlines of the cases you hold, or of all for a manager, the soonest first."""
    _must(request, "today.see", scope=Key.Scope.DEADLINES)
    add(
        who=request.user,
        action="read",
        words=f"Read a list of deadlines through the API{_by_key(request)}.",
        request=request,
    )
    return answers.deadlines(request.user, skip=skip, most=most)


@api.get("/pupils", response={200: PupilList, **NOT_GIVEN}, url_name="api_pupils", summary="Your pupils with a plan")
def pupils(request: HttpRequest, after: After = "", most: Most = 100) -> Any:
    """Children and young people at your school or your trust's schools, with what the school owes for each."""
    _must(request, "school.owed", scope=Key.Scope.PUPILS)
    found = answers.pupils(request.user, after=after, most=most)
    names = ", ".join(one["reference"] for one in found["pupils"]) or "nobody"
    words = f"Read the list of pupils through the API{_by_key(request)}: {names}."
    add(who=request.user, action="read", words=words, request=request)
    return found


def _must(request: HttpRequest, action: str, record: Any = None, *, scope: Key.Scope) -> None:
    """Raises ``Refused`` with the policy's reason where the person may not, or where their key is for something else."""
    key = getattr(request, "key", None)
    if key is not None and key.scope != scope:
        raise Refused(Answer(allowed=False, reason="This key is for something else.", ask="Ask who made the key."))
    answer = may(request.user, action, record)
    if not answer:
        raise Refused(answer)


def _by_key(request: HttpRequest) -> str:
    key = getattr(request, "key", None)
    return f" with the key “{key.name}” (…{key.mark})" if key is not None else ""


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
