"""What the registers hold of a case, a new entry, and changing one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit.log import looked
from rightplace.web.cases import find as cases
from rightplace.web.cases.models import Case
from rightplace.web.policy.binding import page
from rightplace.web.registers import find, save
from rightplace.web.registers.find import Asked
from rightplace.web.registers.forms.entry import EntryForm
from rightplace.web.registers.listed import whole
from rightplace.web.registers.models.entry import Entry
from rightplace.web.registers.register import REGISTERS, Register


@page("registers.case", find=cases.case)
def of_case(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything the registers hold of one case."""
    looked(request, case, f"what the registers hold of {case.person}")
    on = clock.today()
    blocks = [
        {
            "register": one,
            "entries": [
                {"entry": entry, "label": one.label(entry), "now": entry.running(on), "doubts": entry.doubts(on)}
                for entry in whole(one.model.objects.filter(case=case, mistaken=False)).order_by("-starts", "-pk")
            ],
        }
        for one in REGISTERS
    ]
    return render(request, "registers/case.html", {"case": case, "blocks": blocks})


@page("registers.case", find=find.new)
def add(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The form of a new entry."""
    case, register = asked.case, asked.register
    form = register.form(request.POST or None, version=0)
    if request.method == "POST" and form.is_valid():
        save.add(register, case, form.cleaned_data, by=request.user)
        messages.success(request, "Saved.")
        return redirect("registers_case", case.reference)
    if request.method != "POST":
        looked(request, case, f"the form of a new {register.one} of {case.person}")
    return render(request, "registers/entry.html", {"case": case, "register": register, "form": form, "entry": None})


@page("registers.case", find=find.entry)
def entry(request: HttpRequest, asked: Asked) -> HttpResponse:
    """An entry: its form, what to look at, and every saving of it."""
    case, register, held = asked.case, asked.register, asked.entry
    theirs: Any = None
    if request.method == "POST":
        form = register.form(request.POST, new=False)
        if form.is_valid():
            try:
                save.change(register, held, form.cleaned_data, by=request.user)
            except save.EntryConflict as conflict:
                theirs = _theirs(form, register, conflict.held)
            else:
                messages.success(request, "Saved.")
                return redirect("registers_case", case.reference)
    else:
        looked(request, case, f"the {register.one} “{register.label(held)}” of {case.person}")
        form = register.form(new=False, version=held.revision, initial=_values(register, held))
    context = {
        "case": case,
        "register": register,
        "form": form,
        "entry": held,
        "theirs": theirs,
        "doubts": held.doubts(clock.today()),
        "savings": save.savings(register, held),
        "labels": {name: str(field.label) for name, field in form.fields.items()},
    }
    return render(request, "registers/entry.html", context, status=409 if theirs else 200)


def _values(register: Register, held: Entry) -> dict[str, Any]:
    found = {name: getattr(held, name) for name in register.form(new=False).fields if hasattr(held, name)}
    found = {name: save.plain(value) if isinstance(value, Decimal) else value for name, value in found.items()}
    setting = found.get("setting")
    return {**found, **({"setting": str(setting.pk) if setting else ""} if "setting" in found else {})} | {"key": None}


def _theirs(form: EntryForm, register: Register, held: Entry) -> list[tuple[str, str, str]]:
    """What differs: the field, what stands there now, and what was to be saved. Saved again, the form then counts."""
    last = save.savings(register, held)[0]
    found = []
    for name, value in form.cleaned_data.items():
        now = last.values.get(name)
        if name not in ("key", "version") and now != save.plain(value):
            found.append(
                (
                    str(form.fields[name].label),
                    str(now or "nothing"),
                    str(value if value not in (None, "") else "nothing"),
                )
            )
    form.data = form.data.copy()
    form.data["version"] = str(held.revision)
    return found or [("Nothing differs", "", "")]
