"""Where we are: the page a family opens first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.casework.case_words import for_family
from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.events import EVENTS, RepresentationsReceived, SettingPreferred
from rightplace.casework.speech import speak
from rightplace.web.admin_pages.contacts import contact
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import unknown_days
from rightplace.web.cases.models import Case
from rightplace.web.cases.scope import cases
from rightplace.web.cases.store.fresh import open_deadlines
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.design.words import day
from rightplace.web.family.delay import late
from rightplace.web.family.so_far import SO_FAR
from rightplace.web.family.tell import why_not
from rightplace.web.intake.sent import sent_requests
from rightplace.web.policy.binding import page


@page("family.home")
def home(request: HttpRequest) -> HttpResponse:
    """The one record of a family, or a choice where it has several."""
    held = list(cases(request.user).select_related("person").order_by("person__forename", "pk"))
    asked = sent_requests(request.user)
    if len(held) == 1 and not asked:
        return redirect("family_case", held[0].reference)
    return render(request, "family/choose.html", {"cases": held, "asked": asked})


@page("family.see", find=find.case)
def where_we_are(request: HttpRequest, case: Case) -> HttpResponse:
    """Where we are, what is late and why, what comes next, who has it, what you can do, and what happened so far."""
    looked(request, case, f"where things are for {case.person}, as the family sees it")
    now = stand(case, clock.today())
    held = open_deadlines(now.view, unknown_days(now))
    unread = case.messages.filter(from_family=False, read_at__isnull=True).count()
    context = {
        "case": case,
        "view": now.view,
        "late": late(now, held, case.explained.all()),
        "next": _say(now, [due for due in held if due.status is Status.RUNNING]),
        "done": _so_far(now),
        "can_do": _can_do(now, unread),
        "helper": contact("advice"),
    }
    return render(request, "family/where_we_are.html", context)


def _can_do(now: CaseNow, unread: int) -> list[dict[str, str]]:
    """What a family can do now, with the address of each."""
    reference = now.case.reference
    version = now.case.plan_versions.order_by("-number").values_list("number", "kind").first()
    found: list[tuple[str, str, tuple[Any, ...]]] = []
    if not why_not(now, RepresentationsReceived):
        found.append(("Answer the draft plan", "family_reply", ()))
    if not why_not(now, SettingPreferred):
        found.append(("Tell us which school or college you want", "family_prefer", ()))
    if version is not None:
        found.append(("Read the plan", "plan_version", (version[0],)))
    if any(due.excuses for due in now.view.deadlines):
        found.append(("When the law gives more time, and why", "exemptions_told", ()))
    found += [
        ("Tell us your views", "family_views", ()),
        (f"Messages ({unread} new)" if unread else "Messages", "messages", ()),
        ("Documents", "family_documents", ()),
        ("Your rights, and free help", "family_rights", ()),
        ("The help that was given", "provision", ()),
    ]
    return [{"text": text, "href": reverse(name, args=[reference, *more])} for text, name, more in found]


def _say(now: CaseNow, held: list[Deadline]) -> list[str]:
    return [for_family(due, now.view.on, now.view.rights) for due in held]


def _so_far(now: CaseNow) -> list[dict[str, str]]:
    rows = sorted(now.counted, key=lambda row: (row.day, row.number), reverse=True)
    return [
        {
            "title": speak(SO_FAR.get(row.kind, EVENTS[row.kind].FAMILY), now.view.rights),
            "day": "Day not known" if row.inferred else day(row.day),
        }
        for row in rows
    ]
