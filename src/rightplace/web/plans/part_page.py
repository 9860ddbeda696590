"""Writing an entry of a plan, and taking one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.web.audit.log import looked
from rightplace.web.cases.models import Case
from rightplace.web.plans import find, save
from rightplace.web.plans.difference import words_changed
from rightplace.web.plans.find import AskedSection
from rightplace.web.plans.models import Part
from rightplace.web.plans.part_form import PartForm
from rightplace.web.plans.sections import SECTIONS, Section
from rightplace.web.plans.specific import prompts
from rightplace.web.plans.written import Written
from rightplace.web.policy.binding import page


@page("plan.write", find=find.section)
def add(request: HttpRequest, asked: AskedSection) -> HttpResponse:
    """A new entry of a section; a section that has one entry at most leads to it."""
    case, section = asked.case, asked.section
    entries = save.in_hand(case)
    held = [entry for entry in entries if entry.section == section.letter]
    if held and not section.many:
        return redirect("plan_part", case.reference, held[0].number)
    form = PartForm(request.POST or None, section=section, entries=entries)
    if request.method == "POST" and form.is_valid():
        save.add_part(
            case, section.letter, form.values(), form.ties(), by=request.user, key=form.cleaned_data["key"]
        )  # fmt: skip
        messages.success(request, f"Saved in Section {section.letter}.")
        return redirect("plan", case.reference)
    if request.method != "POST":
        looked(request, case, f"the plan in hand of {case.person}")
    return _show(request, case, section, form)


@page("plan.write", find=find.part)
def change(request: HttpRequest, part: Part) -> HttpResponse:
    """An entry of the plan in hand: changed, or taken out."""
    case, section = part.case, SECTIONS[part.section]
    entries = save.in_hand(case)
    if request.method != "POST":
        looked(request, case, f"the plan in hand of {case.person}")
        initial = {**part.values, "ties": [str(number) for number in part.ties]}
        form = PartForm(section=section, entries=entries, version=part.revision, initial=initial)
        return _show(request, case, section, form, part=part)
    form = PartForm(request.POST, section=section, entries=entries)
    removed = "remove" in request.POST
    if not form.is_valid() and not removed:
        return _show(request, case, section, form, part=part)
    given = form.cleaned_data
    values, ties = (part.values, part.ties) if removed else (form.values(), form.ties())
    revision = given.get("version", 0)
    try:
        save.save_part(part, values, ties, revision=revision, by=request.user, key=given.get("key"), removed=removed)
    except save.TextConflict as conflict:
        return _conflict(request, form, conflict, entries)
    messages.success(request, f"{'Taken out of' if removed else 'Saved in'} Section {section.letter}.")
    return redirect("plan", case.reference)


def _show(request: HttpRequest, case: Case, section: Section, form: PartForm, **more: Any) -> HttpResponse:
    part = more.get("part")
    asks = prompts(part.values.get("text", ""), **_measures(part)) if part and section.measured else ()
    context = {"case": case, "section": section, "form": form, "asks": asks, **more}
    return render(request, "plans/part.html", context, status=409 if more.get("theirs") else 200)


def _measures(part: Part) -> dict[str, str]:
    return {name: part.values.get(name, "") for name in ("how_much", "how_often", "who")}


def _conflict(
    request: HttpRequest, form: PartForm, conflict: save.TextConflict, entries: tuple[Written, ...]
) -> HttpResponse:
    """Both versions side by side; what was entered stays in the form, and saving it is a choice."""
    theirs, part = conflict.theirs, conflict.part
    section = SECTIONS[part.section]
    mine = Written(section=part.section, number=part.number, values=form.values() if form.is_valid() else {})
    yours = Written(section=part.section, number=part.number, values=theirs.values)
    again = form.data.copy()
    again["version"] = str(part.revision)
    filled = PartForm(again, section=section, entries=entries)
    filled.is_valid()
    return _show(
        request, part.case, section, filled, part=part, theirs=theirs, theirs_said=yours.said(), mine_said=mine.said(),
        runs=words_changed(yours.said(), mine.said()),
    )  # fmt: skip
