"""Answering the draft plan, and saying which school or college you want."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.conditions import comment_window_ends
from rightplace.casework.events import Event, RepresentationsReceived, SettingPreferred
from rightplace.casework.process import replay
from rightplace.casework.speech import day
from rightplace.errors import RefusedError
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.family.forms import PreferForm, ReplyForm
from rightplace.web.family.models import Said
from rightplace.web.family.tell import tell, why_not
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.plans.models import PlanVersion
from rightplace.web.policy.binding import page


@keeps
@page("family.say", find=find.case)
def reply(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of an answer to the draft plan: sent, it is on record and officers see it."""
    return _page(request, case, ReplyForm, RepresentationsReceived, "reply")


@keeps
@page("family.say", find=find.case)
def prefer(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of a wish for a school or college, which the law asks us to follow unless a test of it is not met."""
    return _page(request, case, PreferForm, SettingPreferred, "prefer")


def _page(request: HttpRequest, case: Case, made: type[KeptForm], event: type[Event], name: str) -> HttpResponse:
    now = stand(case, clock.today())
    form = opened(made, request, version=case.version)
    if request.method != "POST":
        looked(request, case, f"the form in which the family of {case.person} answers")
    elif "save" in request.POST:
        messages.success(request, "Saved. Nobody else can see it yet. Come back when you like.")
        return redirect("family_case", case.reference)
    elif form.is_valid() and _sent(request, case, form, name):
        messages.success(request, "Thank you. We have it, and your case officer can read it.")
        return redirect("family_case", case.reference)
    context = {
        "case": case,
        "form": form,
        "why_not": why_not(now, event),
        "until": _until(now),
        "newest": _newest(case),
    }
    return render(request, f"family/{name}.html", context)


def _sent(request: HttpRequest, case: Case, form: KeptForm, name: str) -> bool:
    """Put it on record; where that cannot be, say so in the form and keep what was written."""
    given = form.cleaned_data
    kind = Said.Kind.REPLY if name == "reply" else Said.Kind.PREFERENCE
    answers = {key: value for key, value in given.items() if key not in ("key", "version", "mark")}
    try:
        with transaction.atomic():
            tell(case, kind, answers, by=request.user, key=given["key"], events=_events(form))
            forget(request)
    except RefusedError:
        form.add_error(None, "We could not take this now. What you wrote is kept. Send it to us in a message.")
        return False
    return True


def _events(form: KeptForm) -> Sequence[Event]:
    given, today = form.cleaned_data, clock.today()
    wish = given["school"].strip()
    found: list[Event] = [SettingPreferred(day=today, setting=_known(wish))] if wish else []
    if isinstance(form, ReplyForm):
        said = RepresentationsReceived(day=today, complete=given["complete"], meeting_wanted=given["meeting"])
        found.append(said)
    return found


def _known(name: str) -> str:
    """A setting's name as we write it, where it is one that we know."""
    held = Organisation.objects.filter(kind=Organisation.Kind.SETTING, name__iexact=name).first()
    return held.name if held is not None else name


def _newest(case: Case) -> int | None:
    """The number of the version of the plan that was sent last; None where it was not written here."""
    return PlanVersion.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first()


def _until(now: CaseNow) -> str:
    ends = comment_window_ends(replay(now.events, born=now.case.person.born))
    return day(ends) if ends is not None and ends >= now.view.on else ""
