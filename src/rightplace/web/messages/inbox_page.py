"""Messages of families that nobody has read, the longest waiting first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.cases.models import Message
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("messages.inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """One's own cases, or every case; unread messages of families. Their text is read on the case's own page."""
    rows = Message.objects.filter(from_family=True, read_at__isnull=True).select_related(
        "case__person", "case__officer"
    )
    everyone = bool(request.GET.get("all"))
    if not everyone:
        rows = rows.filter(case__officer=request.user)
    shown = Counted(rows.order_by("sent_at", "pk")).get_page(request.GET.get("page"))
    context = {"page": shown, "everyone": everyone, "query": "&all=1" if everyone else ""}
    return render(request, "messages/inbox.html", context)
