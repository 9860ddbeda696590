"""The pages of whoever keeps the accounts."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from rightplace.web.accounts.models import User
from rightplace.web.admin_pages import change, find
from rightplace.web.admin_pages.forms import Facts, NewPerson
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("people.list")
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, found by name or user name."""
    words = request.GET.get("words", "").strip()[:80]
    rows = User.objects.select_related("organisation").order_by("name", "pk")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word))
    shown = Counted(rows).get_page(request.GET.get("page"))
    return render(
        request, "admin_pages/people.html", {"page": shown, "words": words, "query": "&" + urlencode({"words": words})}
    )


@page("people.add")
def add(request: HttpRequest) -> HttpResponse:
    """Make an account. Its password is shown once, on the page that answers."""
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = change.add(form.cleaned_data, by=request.user)
        return render(request, "admin_pages/password.html", {"person": user, "password": password, "new": True})
    return render(request, "admin_pages/add.html", {"form": form})


@page("people.change", find=find.person)
def person(request: HttpRequest, person: User) -> HttpResponse:
    """One account: its facts, and what else may be done with it."""
    facts = {name: getattr(person, name) for name in change.FACTS} | {"organisation": str(person.organisation_id or "")}
    form = Facts(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        said = change.change(person, form.cleaned_data, by=request.user)
        messages.success(request, f"Changed: {'; '.join(said)}." if said else "Nothing was changed.")
        return redirect("account_change", person.pk)
    return render(request, "admin_pages/person.html", {"person": person, "form": form})


@page("people.change", find=find.person)
def act(request: HttpRequest, person: User) -> HttpResponse:
    """End or open an account, give a new password (shown once), or take away a lost second step."""
    done = request.POST.get("do", "")
    if done == "password" and not person.signs_in_elsewhere:
        password = change.new_password(person, by=request.user)
        return render(request, "admin_pages/password.html", {"person": person, "password": password, "new": False})
    if done in ("end", "open"):
        change.set_active(person, active=done == "open", by=request.user)
        messages.success(request, f"The account of {person} is {'open again' if done == 'open' else 'ended'}.")
    elif done == "second_step":
        change.forget_second_step(person, by=request.user)
        messages.success(request, f"{person} sets up a new second step when they next sign in.")
    return redirect("account_change", person.pk)
