"""The board of moves between phases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rightplace.calendar import academic, clock
from rightplace.casework.events import PhaseTransferExpected
from rightplace.errors import RefusedError
from rightplace.web.cases.models import Case
from rightplace.web.cases.scope import cases as seen_by
from rightplace.web.cases.store.record import EditConflict, record
from rightplace.web.design.forms import new_key
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.transfers import board as boards


@page("transfers.see")
def transfers(request: HttpRequest) -> HttpResponse:
    """Each kind of move with its counts, and the children and young people of one, those not named yet first."""
    on, year = clock.today(), _year(request.GET.get("year"))
    some = bool(request.GET.get("some"))
    moves = boards.board(year, everywhere=not some)
    chosen = _chosen(request.GET.get("leaving"), moves)
    found = boards.movers(chosen.transfer, year)
    named, expected = boards.named(found, year), boards.expected(found, year)
    show = "named" if request.GET.get("show") == "named" else "left"
    rows = found.filter(pk__in=named) if show == "named" else found.exclude(pk__in=named)
    rows = rows.select_related("person", "setting", "officer").order_by("person__surname", "person__forename", "pk")
    shown = Counted(rows).get_page(request.GET.get("page"))
    context = {
        "on": on,
        "year": year,
        "label": academic.label(year),
        "moves": moves,
        "chosen": chosen,
        "show": show,
        "some": some,
        "page": shown,
        "lines": [(case, case.pk in expected, case.pk in named) for case in shown.object_list],
        "others": list(boards.others(year).select_related("person")[:50]),
        "key": new_key(),
        "kept": f"&year={year}&leaving={chosen.transfer.leaving}&show={show}" + ("&some=1" if some else ""),
    }
    return render(request, "transfers/board.html", context)


@page("transfers.expect")
def expect(request: HttpRequest) -> HttpResponse:
    """Record the move as expected for those ticked; each is done or refused on its own, and told."""
    year = _year(request.POST.get("year"))
    moves = boards.board(year, everywhere=False)
    chosen = _chosen(request.POST.get("leaving"), moves)
    back = f"{reverse('transfers')}?year={year}&leaving={chosen.transfer.leaving}"
    if request.method != "POST":
        return redirect(back)
    ticked = boards.movers(chosen.transfer, year).filter(reference__in=request.POST.getlist("case")[:100])
    ticked = ticked.filter(pk__in=seen_by(request.user).values("pk")).select_related("person")
    refused = [words for case in ticked if (words := _expect(case, chosen, year, request))]
    done = len(ticked) - len(refused)
    if done:
        messages.success(request, f"Recorded for {done}. The clock of each now shows in work lists.")
    if refused:
        messages.warning(request, f"Not recorded for {len(refused)}: {' '.join(refused)}")
    if not ticked:
        messages.warning(request, "Nobody was ticked, so nothing was recorded.")
    return redirect(back)


def _expect(case: Case, move: boards.Move, year: int, request: HttpRequest) -> str:
    event = PhaseTransferExpected(
        day=clock.today(), move=boards.kind_of(move.transfer), moves_on=date(year + 1, 9, 1)
    )  # fmt: skip
    key = f"{request.POST.get('key', '')[:40]}-{case.pk}"
    if boards.expected(Case.objects.filter(pk=case.pk), year):
        return ""
    try:
        record(case, event, by=request.user, version=case.version, key=key)
    except RefusedError as error:
        return f"{case.person}: {error.what}"
    except EditConflict:
        return f"{case.person}: someone recorded something at the same moment."
    return ""


def _year(asked: Any) -> int:
    now = academic.academic_year(clock.today())
    return int(asked) if asked in {str(year) for year in range(now - 2, now + 3)} else now


def _chosen(asked: Any, moves: list[boards.Move]) -> boards.Move:
    named = {str(move.transfer.leaving): move for move in moves}
    return named.get(str(asked), max(moves, key=lambda move: move.left))
