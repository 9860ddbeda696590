"""The registers: which there are, the list of one with its totals, and the same as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.calendar import clock
from rightplace.web.audit.log import add
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.registers import find
from rightplace.web.registers.listed import SHOWS, entries, totals, whole
from rightplace.web.registers.models.entry import Entry
from rightplace.web.registers.register import REGISTERS, Register


@page("registers.list")
def registers(request: HttpRequest) -> HttpResponse:
    """Every register, with how many entries run now."""
    on = clock.today()
    lines = [{"register": one, "count": entries(one, "now", on).count()} for one in REGISTERS]
    return render(request, "registers/registers.html", {"lines": lines})


@page("registers.list", find=find.register)
def listed(request: HttpRequest, register: Register) -> HttpResponse:
    """The list of a register. That it was read is noted."""
    on, show, mine = clock.today(), _show(request), bool(request.GET.get("mine"))
    rows = entries(register, show, on, officer=request.user if mine else None)
    shown = Counted(whole(rows)).get_page(request.GET.get("page"))
    add(
        who=request.user, action="read", words=f"Read the register “{register.title}” ({SHOWS[show]}).", request=request
    )
    query = urlencode({"show": show, **({"mine": 1} if mine else {})})
    context = {
        "register": register,
        "page": shown,
        "rows": [_row(register, entry, on) for entry in shown.object_list],
        "totals": totals(register, rows),
        "shows": SHOWS,
        "show": show,
        "mine": mine,
        "query": "&" + query,
        "file": query,
        "on": on,
    }
    return render(request, "registers/list.html", context)


@page("registers.list", find=find.register)
def as_file(request: HttpRequest, register: Register) -> HttpResponse:
    """The list as CSV: everything that the list shows, on all its pages. That it was taken is noted."""
    on, show = clock.today(), _show(request)
    rows = entries(register, show, on, officer=request.user if request.GET.get("mine") else None)
    words = f"Downloaded the register “{register.title}” ({SHOWS[show]})."
    add(who=request.user, action="export", words=words, request=request)
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\r\n")
    writer.writerow(["Reference", "Name", *(column.words for column in register.columns), "To look at"])
    for entry in whole(rows).iterator(chunk_size=500):
        cells = [
            entry.case.reference,
            str(entry.case.person),
            *(_plain(column.value(entry)) for column in register.columns),
        ]
        writer.writerow([_safe(cell) for cell in (*cells, " ".join(entry.doubts(on)))])
    response = HttpResponse("\ufeff" + said.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{register.name}-{show}-{on.isoformat()}.csv"'
    return response


def _show(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in SHOWS else "now"


def _row(register: Register, entry: Entry, on: Any) -> dict[str, Any]:
    return {
        "entry": entry,
        "cells": [column.shown(entry) for column in register.columns],
        "doubts": entry.doubts(on),
    }


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
