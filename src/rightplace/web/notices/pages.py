"""The list of one's news, opening one, and choosing how to be told."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.notices import find
from rightplace.web.notices.models import HowToTell, Notice
from rightplace.web.notices.shown import leads_to, line, news
from rightplace.web.notices.tell import how as how_told
from rightplace.web.policy.binding import page


class HowForm(KeyedForm):
    """How somebody wants to be told."""

    choice = forms.ChoiceField(
        label="How do you want to be told?",
        choices=HowToTell.Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you want to be told.", "invalid_choice": "Select one of the three."},
    )


@page("notices.see")
def notices(request: HttpRequest) -> HttpResponse:
    """One's news, the newest first; sending the form marks all of it as read."""
    if request.method == "POST":
        news(request.user).filter(seen_at=None).update(seen_at=clock.now())
        return redirect("notices")
    shown = Counted(news(request.user)).get_page(request.GET.get("page"))
    lines = [line(one) for one in shown.object_list]
    people = sorted({row["about"] for row in lines if row["about"]})
    if people:
        log.add(who=request.user, action="read", words="Looked at the list of their news.", request=request)
    return render(request, "notices/list.html", {"page": shown, "lines": lines})


@page("notices.open", find=find.notice)
def open_one(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Mark a notice as read and go to what it is about; that page has rules of its own."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=clock.now())
    return redirect(leads_to(notice))


@page("notices.see")
def how(request: HttpRequest) -> HttpResponse:
    """Choose: an e-mail each time, one a day, or none."""
    form = HowForm(request.POST or None, initial={"choice": how_told(request.user)})
    if request.method == "POST" and form.is_valid():
        HowToTell.objects.update_or_create(user=request.user, defaults={"choice": form.cleaned_data["choice"]})
        messages.success(request, "Saved.")
        return redirect("notices")
    return render(request, "notices/how.html", {"form": form, "mail_on": settings.MAIL_ON})
