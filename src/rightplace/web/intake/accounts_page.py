"""Which accounts are a family's: opening a record to one by hand, with how it was checked, and closing it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case, Link
from rightplace.web.design.forms import KeyedForm
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import FAMILY, Role

_KINDS = {Role.PARENT: Link.Kind.PARENT, Role.YOUNG_PERSON: Link.Kind.YOUNG_PERSON}


class OpenForm(KeyedForm):
    """An account by its user name, and how it was checked that it is this family's."""

    username = forms.CharField(
        label="User name of the account", max_length=150, help_text="An administrator makes the account.",
        error_messages={"required": "Enter the user name."},
    )  # fmt: skip
    how = forms.CharField(
        label="How you checked who they are", widget=forms.Textarea, max_length=180,
        error_messages={"required": "Enter how you checked who they are.", "max_length": "Use 180 letters at most."},
    )  # fmt: skip
    kept = forms.BooleanField(
        label="Keep it open to this parent after the rights pass to the young person", required=False,
        help_text="Only where the young person agreed, or cannot decide (Mental Capacity Act 2005). Say which above.",
    )  # fmt: skip

    def clean_username(self) -> User:
        """An account of a parent or young person. Raises ``ValidationError``."""
        name = str(self.cleaned_data["username"]).strip()
        held = User.objects.filter(username__iexact=name, is_active=True, role__in=sorted(FAMILY)).first()
        if held is None:
            raise forms.ValidationError("No parent or young person has an open account of this name.")
        return held


@page("family_accounts.keep", find=find.case)
def accounts(request: HttpRequest, case: Case) -> HttpResponse:
    """The accounts that may see this record as a family, with how each was checked; opening it to one, closing it to one."""
    links = case.links.filter(kind__in=_KINDS.values()).select_related("user").order_by("pk")
    form = OpenForm(request.POST) if request.method == "POST" and "close" not in request.POST else OpenForm()
    if request.method == "POST" and "close" in request.POST:
        _close(request, case, [one for one in links if str(one.pk) == request.POST["close"]])
        return redirect("family_accounts", case.reference)
    if form.is_bound and form.is_valid():
        _open(case, form.cleaned_data, request.user)
        messages.success(request, f"{form.cleaned_data['username']} can now see this record.")
        return redirect("family_accounts", case.reference)
    if request.method != "POST":
        looked(request, case, f"which accounts are the family's of {case.person}")
    today = clock.today()
    rows = [(one, one.until is None or one.until >= today) for one in links]
    return render(request, "intake/accounts.html", {"case": case, "form": form, "rows": rows})


def _open(case: Case, given: dict[str, Any], by: Any) -> None:
    user = given["username"]
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        kind = _KINDS[Role(user.role)]
        if case.links.filter(user=user, kind=kind, until__isnull=True).exists():
            return
        note = f"Checked by {by}: {given['how']}"[:200]
        Link.objects.create(case=case, user=user, kind=kind, since=clock.today(), kept=given["kept"], note=note)
        words = f"Opened this record to {user} ({kind.label.lower()} {case.person}). How it was checked: {given['how']}"
        log.add(who=by, action="family_account", words=words, case=case.reference)


def _close(request: HttpRequest, case: Case, links: list[Link]) -> None:
    with transaction.atomic():
        for one in links:
            Link.objects.filter(pk=one.pk, until__isnull=True).update(until=clock.today() - timedelta(days=1))
            words = f"Closed this record to {one.user}."
            log.add(who=request.user, action="family_account", words=words, case=case.reference)
            messages.success(request, words)
