"""The messages of one family and those who work with it, and the form of the next."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.lists import Counted
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.messages.send import read, send
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import FAMILY


class MessageForm(KeptForm):
    """A message."""

    text = forms.CharField(
        label="Your message", widget=forms.Textarea, max_length=10_000,
        error_messages={"required": "Write your message.", "max_length": "Make this shorter, or send two messages."},
    )  # fmt: skip


@keeps
@page("messages.thread", find=find.case)
def thread(request: HttpRequest, case: Case) -> HttpResponse:
    """The messages of a case, the newest first. Those from the other side are read by being shown."""
    form = opened(MessageForm, request, version=case.version)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            send(case, form.cleaned_data["text"], by=request.user, key=form.cleaned_data["key"])
            forget(request)
        messages.success(request, "Your message was sent.")
        return redirect("messages", case.reference)
    shown = Counted(case.messages.order_by("-sent_at", "-pk")).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    if request.method != "POST":
        looked(request, case, f"the messages of {case.person}")
        read(case, by=request.user)
    family = request.user.role in FAMILY
    context = {"case": case, "form": form, "page": shown, "rows": rows, "family": family}
    return render(request, "messages/thread.html", context)
