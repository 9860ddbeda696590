"""Which setting the plan names: how it stands, consulting, findings and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import SettingAnswered
from rightplace.casework.placement import lawful_grounds_to_refuse, placement_tests, still_to_find
from rightplace.casework.placement_facts import PlacementFacts
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.attempt import CONFLICT, DONE, REFUSED, attempt
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.cases.store.record import record
from rightplace.web.placement import save
from rightplace.web.placement.facts import consulted, facts, preferred
from rightplace.web.placement.forms import AnswerForm, ConsultForm, DecideForm, FindingsForm
from rightplace.web.placement.models import Findings
from rightplace.web.policy.binding import page


@page("placement.see", find=find.case)
def placement(request: HttpRequest, case: Case) -> HttpResponse:
    """How it stands: the preference, settings consulted, every test of law, decisions made."""
    looked(request, case, f"which setting is considered for {case.person}")
    now, findings = stand(case, clock.today()), save.latest(case)
    known = _facts(now, findings)
    context = {
        "case": case,
        "on": clock.today(),
        "asked_for": preferred(now.events),
        "consulted": consulted(now.events),
        "tests": placement_tests(known),
        "unknown": len(still_to_find(known)),
        "grounds": lawful_grounds_to_refuse(known),
        "findings": findings,
        "status_known": bool(findings and findings.values.get("status")),
        "decisions": list(case.placement_decisions.all()),
        "steps": {step.event for step in now.view.may_happen},
    }
    return render(request, "placement/placement.html", context)


@page("placement.consult", find=find.case)
def consult(request: HttpRequest, case: Case) -> HttpResponse:
    """Record that a setting was sent the draft plan. Its answer is expected in 15 days."""
    form = ConsultForm(request.POST) if request.method == "POST" else ConsultForm(version=case.version)
    status = REFUSED
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        held = Organisation.objects.get(pk=given["setting"]) if given["setting"] else None
        status = attempt(
            form,
            lambda: save.consult(
                case, name=held.name if held else given["other"].strip(), organisation=held, day=given["day"],
                by=request.user, version=given["version"], key=given["key"],
            ),
        )  # fmt: skip
        if status == DONE:
            messages.success(request, "Recorded. An answer is expected within 15 days.")
            return redirect("placement", case.reference)
    return _form(request, case, form, "Consult a setting", "Record", status)


@page("placement.consult", find=find.case)
def answered(request: HttpRequest, case: Case) -> HttpResponse:
    """Record what a setting answered."""
    names = [held.setting for held in consulted(stand(case, clock.today()).events)]
    form = (
        AnswerForm(request.POST, names=names)
        if request.method == "POST"
        else AnswerForm(names=names, version=case.version)
    )
    status = REFUSED
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        event = SettingAnswered(day=given["day"], setting=given["setting"], can_meet=given["can_meet"])
        status = attempt(
            form, lambda: record(case, event, by=request.user, version=given["version"], key=given["key"])
        )  # fmt: skip
        if status == DONE:
            messages.success(request, "The answer is recorded.")
            return redirect("placement", case.reference)
    return _form(request, case, form, "Answer of the setting", "Record", status)


@page("placement.find", find=find.case)
def findings(request: HttpRequest, case: Case) -> HttpResponse:
    """The questions of law, each with its answer and evidence."""
    now, held = stand(case, clock.today()), save.latest(case)
    asked_for, saved = preferred(now.events), held.values if held else {}
    number = held.number if held else 0
    if request.method != "POST":
        looked(request, case, f"the findings about settings for {case.person}")
        form = FindingsForm(asked_for=asked_for, saved=_derived(saved, now), version=number)
        return _form(request, case, form, "Findings", "Save the findings", REFUSED)
    form = FindingsForm(request.POST, asked_for=asked_for)
    status = REFUSED
    if form.is_valid():
        given = form.cleaned_data
        status = attempt(
            form,
            lambda: save.save_findings(
                case, saved | form.values(), seen=given["version"], by=request.user, key=given["key"]
            ),
        )
        if status == DONE:
            messages.success(request, "The findings are saved. Look at how the tests now stand.")
            return redirect("placement", case.reference)
    theirs = None
    if held and form.is_bound and form.data.get("version") != str(number):
        form.data = form.data.copy()
        form.data["version"] = str(number)
        theirs, status = _told(held), CONFLICT
    return _form(request, case, form, "Findings", "Save the findings", status, theirs=theirs)


@page("placement.decide", find=find.case)
def decide(request: HttpRequest, case: Case) -> HttpResponse:
    """The tests as the law orders them, and the form in which the decision of a named person is recorded."""
    now, held = stand(case, clock.today()), save.latest(case)
    known = _facts(now, held)
    tests, number = placement_tests(known), held.number if held else 0
    asked_for, status = preferred(now.events), REFUSED
    if request.method == "POST":
        form = DecideForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            if not given["without_ground"] and _refuses_without_ground(known, given["named"]):
                form.show_doubt()
                form.add_error("without_ground", f"No ground of section 39(4) is shown against {asked_for}.")
            else:
                status = attempt(
                    form, lambda: save.decide(case, given, tests, asked_for=asked_for, by=request.user)
                )  # fmt: skip
                if status == DONE:
                    messages.success(request, "The decision is recorded. Put it in Section I of the plan.")
                    return redirect("placement", case.reference)
                form.data = form.data.copy()
                form.data["findings"] = str(number)
    else:
        looked(request, case, f"the decision which setting to name for {case.person}")
        form = DecideForm(version=case.version, initial={"findings": number, "decided_by": str(request.user)})
    context = {"case": case, "form": form, "tests": tests, "asked_for": asked_for, "unknown": still_to_find(known)}
    return render(request, "placement/decide.html", context, status=status)


def _refuses_without_ground(known: PlacementFacts, named: str) -> bool:
    if known.requested is None or named.strip() == known.requested.name:
        return False
    return not lawful_grounds_to_refuse(known)


def _facts(now: CaseNow, findings: Findings | None) -> PlacementFacts:
    values = findings.values if findings else {}
    return facts(_derived(values, now), now.events, now.view.rights, findings.recorded_by if findings else "")


def _derived(values: dict[str, Any], now: CaseNow) -> dict[str, Any]:
    """Findings, with what the record of the case itself shows where nobody answered."""
    asked_for = preferred(now.events)
    sent = next((held for held in consulted(now.events) if held.setting == asked_for), None)
    if sent is None or values.get("consulted", {}).get("answer") is not None:
        return values
    shown = {"answer": True, "evidence": f"The setting was sent the draft on {sent.day:%-d %B %Y}."}
    return values | {"consulted": shown}


def _told(held: Findings) -> dict[str, Any]:
    said = {True: "yes", False: "no", None: "not known yet"}
    lines = [
        f"{name.replace('_', ' ')}: {said[value['answer']]}. {value['evidence']}"
        for name, value in held.values.items()
        if isinstance(value, dict) and value.get("answer") is not None
    ]
    return {"by": held.recorded_by, "at": held.recorded_at, "lines": lines}


def _form(
    request: HttpRequest, case: Case, form: Any, heading: str, button: str, status: int, **more: Any
) -> HttpResponse:
    context = {"case": case, "form": form, "heading": heading, "button": button, **more}
    return render(request, "placement/form.html", context, status=status)
