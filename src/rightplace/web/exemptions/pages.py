"""Exemptions of a case: what may be excused, what is recorded and what it does; recording and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.deadlines import RULE, Deadline, Status
from rightplace.casework.exemptions import ExemptionGround
from rightplace.casework.terms import Adviser
from rightplace.errors import RefusedError
from rightplace.web.audit.log import looked
from rightplace.web.cases import find as of_cases
from rightplace.web.cases.case_page import unknown_days
from rightplace.web.cases.models import Case, CaseExemption
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.exemptions import find, save
from rightplace.web.exemptions.effect import effect
from rightplace.web.exemptions.form import ExemptionForm, WithdrawForm
from rightplace.web.policy.binding import page


@page("exemptions.see", find=of_cases.case)
def exemptions(request: HttpRequest, case: Case) -> HttpResponse:
    """Deadlines of the case that the regulations say may be excused, and every exemption ever recorded on one."""
    looked(request, case, f"exemptions from time limits for {case.person}")
    now = stand(case, clock.today())
    rows = case.exemptions.select_related("withdrawal").order_by("-pk")
    lines = [(_name(held), effect(held, now)) for held in _open_to_excuse(now)]
    context = {"case": case, "lines": lines, "rows": [_told(row) for row in rows]}
    return render(request, "exemptions/exemptions.html", context)


@page("exemptions.record", find=find.deadline)
def record(request: HttpRequest, asked: find.AskedDeadline) -> HttpResponse:
    """The form of an exemption on one deadline; sent, it is recorded once."""
    case, now = asked.case, stand(asked.case, clock.today())
    held = [one for one in _open_to_excuse(now) if one.rule.id == asked.rule.id]
    if not held:
        messages.warning(request, f"“{asked.rule.title}” has not started in this case, so nothing can excuse it.")
        return redirect("exemptions", case.reference)
    if request.method == "POST":
        form = ExemptionForm(request.POST, rule=asked.rule, held=held)
        if form.is_valid() and _recorded(form, case, request.user):
            messages.success(request, "The exemption is recorded. No due day moved.")
            return redirect("exemptions", case.reference)
    else:
        looked(request, case, f"the form of an exemption for {case.person}")
        form = ExemptionForm(
            rule=asked.rule, held=held, version=case.version, initial={"decided_by": str(request.user)}
        )
    context = {
        "case": case,
        "form": form,
        "rule": asked.rule,
        "lines": [(_name(one), effect(one, now)) for one in held],
    }
    return render(request, "exemptions/record.html", context)


@page("exemptions.withdraw", find=find.exemption)
def withdraw(request: HttpRequest, row: CaseExemption) -> HttpResponse:
    """Ask for the reason; given, the exemption no longer counts."""
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    if request.method == "POST" and form.is_valid():
        save.withdraw(row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The exemption is withdrawn. The deadline stands as it would without it.")
        return redirect("exemptions", row.case.reference)
    if request.method != "POST":
        looked(request, row.case, f"an exemption from a time limit for {row.case.person}")
    return render(request, "exemptions/withdraw.html", {"case": row.case, "form": form, "row": _told(row)})


def _recorded(form: ExemptionForm, case: Case, by: Any) -> bool:
    try:
        save.record(case, form.exemption(), by=by)
    except RefusedError as refused:
        form.add_error("starts", " ".join(part for part in (refused.what, refused.action) if part))
        return False
    return True


def _open_to_excuse(now: CaseNow) -> list[Deadline]:
    """Deadlines that have started, on a day that is known, still count, and may be excused on a listed ground."""
    unknown = unknown_days(now)
    counts = [held for held in now.view.deadlines if held.started and held.status is not Status.ENDED]
    return [held for held in counts if held.rule.exemptions and held.started not in unknown]


def _name(held: Deadline) -> str:
    return f"{held.rule.title}{_of(held.about)}"


def _of(about: str) -> str:
    return f" ({Adviser.labels().get(about, about)})" if about else ""


def _told(row: CaseExemption) -> dict[str, Any]:
    ground = ExemptionGround(row.ground)
    return {
        "row": row,
        "title": f"{RULE[row.deadline].title if row.deadline in RULE else row.deadline}{_of(row.about)}",
        "ground": ground.label,
        "basis": ground.source,
        "withdrawal": getattr(row, "withdrawal", None),
    }
