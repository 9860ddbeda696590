"""Binding a page to its action: nothing of the page runs before the policy has said yes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from rightplace.web.policy.decide import may
from rightplace.web.policy.rule import PUBLIC, Answer

View = Callable[..., HttpResponse]


class Refused(PermissionDenied):
    """The policy said no; the page of error 403 shows the answer's reason and whom to ask."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def page(action: str, *, find: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Bind a view to an action.

    ``find`` takes the values in the address and gives the record, or raises ``Http404``; the view then gets the record in
    their place. A record that does not exist is refused in the same words as one that is not yours, so that guessing
    addresses tells nobody anything; who may see every record is told that there is none.
    """

    def bind(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
            if action != PUBLIC and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            record, missing = None, None
            if find is not None:
                try:
                    record = find(**address)
                except Http404 as error:
                    missing = error
            answer = may(request.user, action, record)
            if not answer:
                raise Refused(answer)
            if missing is not None:
                raise missing
            return view(request, record) if find is not None else view(request, **address)

        guarded.action = action
        return guarded

    return bind
