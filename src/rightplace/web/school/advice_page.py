"""The advice of the school or college where a child or young person is: saved, and given when it is ready."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.casework.terms import Adviser
from rightplace.errors import RefusedError
from rightplace.web.advice import save as advice_of
from rightplace.web.advice.forms import GiveForm
from rightplace.web.advice.models import Request
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.policy.binding import page


class SchoolAdviceForm(GiveForm, KeptForm):
    """Needs, provision and outcomes, as from every adviser."""


@keeps
@page("school.advice", find=find.case)
def advice(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of the advice that was asked of the school under regulation 6(1)(b)."""
    waiting = Request.objects.filter(case=case, adviser=Adviser.EDUCATION.value, given_on__isnull=True).first()
    held = {name: getattr(waiting, name) for name in advice_of.TEXTS} if waiting is not None else {}
    form = opened(SchoolAdviceForm, request, initial=held, version=waiting.revision if waiting is not None else 0)
    if request.method != "POST":
        looked(request, case, f"the school's advice on {case.person}")
    elif waiting is not None and form.is_valid() and _kept(request, waiting, form):
        messages.success(request, "The advice was given." if "give" in request.POST else "Saved. It is not sent yet.")
        return redirect("school")
    return render(request, "school/advice.html", {"case": case, "form": form, "waiting": waiting})


def _kept(request: HttpRequest, waiting: Request, form: SchoolAdviceForm) -> bool:
    given = form.cleaned_data
    values = {name: given[name] for name in advice_of.TEXTS}
    try:
        with transaction.atomic():
            if "give" in request.POST:
                advice_of.give(waiting, values, revision=given["version"], by=request.user, key=given["key"])
            else:
                advice_of.save_draft(waiting, values, revision=given["version"], by=request.user)
            forget(request)
    except advice_of.AdviceConflict as conflict:
        again = form.data.copy()
        again["version"] = str(conflict.held.revision)
        form.data = again
        theirs = "; ".join(f"{name}: {getattr(conflict.held, name)}" for name in advice_of.TEXTS)
        form.add_error(
            None, f"Someone saved this since you opened it. They wrote: {theirs}. To keep yours, send it again."
        )
        return False
    except RefusedError as refused:
        form.add_error(None, f"{refused.what} {refused.action}")
        return False
    return True
