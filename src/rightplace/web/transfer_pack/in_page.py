"""A child moves here: the pack that the old authority sent is read, shown, and taken in or not."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.calendar import clock
from rightplace.errors import DataError, RefusedError
from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import DayField, KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.design.words import day
from rightplace.web.intake.alike import alike
from rightplace.web.intake.same_as import ask_which
from rightplace.web.plans.written import Written
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import OFFICERS
from rightplace.web.transfer_pack.models import PackIn
from rightplace.web.transfer_pack.read import Received, read
from rightplace.web.transfer_pack.take import take

_TOO_BIG = "The pack is bigger than 10 MB. Ask for it without documents, and add those one by one."


class SendForm(KeyedForm):
    """A pack."""

    file = forms.FileField(
        label="Transfer pack (a ZIP file)", help_text="10 MB at most. It is read and shown to you before anything is made of it.",
        error_messages={"required": "Choose the pack.", "empty": "The file is empty. Choose another."},
    )  # fmt: skip


class TakeForm(KeyedForm):
    """When the plan was transferred, who takes it on, and whether we knew the person."""

    transferred = DayField(
        label="Day the plan was transferred to us",
        help_text="The day they moved, or the day it was passed on. Time runs from it.",
    )
    officer = forms.ChoiceField(label="Case officer", required=False)
    same_as = forms.ChoiceField(
        label="Is it a child or young person we know?", widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is one of the people shown."},
    )  # fmt: skip

    def __init__(self, *args: Any, known: list[Case], **more: Any) -> None:
        super().__init__(*args, **more)
        officers = User.objects.filter(role__in=sorted(OFFICERS), is_active=True).order_by("name", "pk")
        self.fields["officer"].choices = [("", "Nobody yet"), *((str(one.pk), str(one)) for one in officers)]
        ask_which(self, known)

    def clean_transferred(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        when: date = self.cleaned_data["transferred"]
        if when > clock.today():
            raise forms.ValidationError("The day has not come yet. Take it in when it has.")
        return when


@page("pack.receive")
def packs(request: HttpRequest) -> HttpResponse:
    """Packs that wait, and the form to send one."""
    form = SendForm(request.POST, request.FILES) if request.method == "POST" else SendForm()
    if request.method == "POST":
        if getattr(request, "too_big", False):
            form.fields["file"].error_messages["required"] = _TOO_BIG
        if form.is_valid():
            made = _received(form, request.user)
            if made is not None:
                return redirect("pack", made.pk)
    waiting = PackIn.objects.filter(state=PackIn.State.WAITING)
    done = PackIn.objects.exclude(state=PackIn.State.WAITING).select_related("case").order_by("-decided_at")
    page_of_done = Counted(done).get_page(request.GET.get("page"))
    return render(request, "transfer_pack/packs.html", {"form": form, "waiting": waiting, "page": page_of_done})


def _received(form: SendForm, by: Any) -> PackIn | None:
    content = form.cleaned_data["file"].read()
    try:
        got = read(content)
    except DataError as wrong:
        form.add_error("file", f"{wrong.what} {wrong.action}")
        return None
    digest = hashlib.sha256(content).hexdigest()
    before = PackIn.objects.filter(sha256=digest, state=PackIn.State.WAITING).first()
    if before is not None:
        return before
    person = got.pack.person
    with transaction.atomic():
        made = PackIn.objects.create(
            name=f"{person.forename} {person.surname}", authority=got.pack.authority.name, sha256=digest,
            file=ContentFile(content, name="pack"), received_by=str(by), received_at=clock.now(),
        )  # fmt: skip
        log.add(
            who=by, action="pack_received", words=f"Received a transfer pack from {made.authority} (SHA-256 {digest})."
        )
    return made


def _find(number: int) -> PackIn:
    return get_object_or_404(PackIn, pk=number, state=PackIn.State.WAITING)


@page("pack.receive", find=_find)
def pack(request: HttpRequest, held: PackIn) -> HttpResponse:
    """What the pack holds and who is alike; taken in, the case begins with its days."""
    with held.file.open("rb") as file:
        got = read(file.read())
    known = _alike(got)
    if request.method == "POST" and "drop" in request.POST:
        _decide(held, PackIn.State.DROPPED, None, request.user)
        messages.success(request, "The pack was not taken, and its file is gone.")
        return redirect("packs")
    form = TakeForm(request.POST, known=known) if request.method == "POST" else TakeForm(known=known)
    if request.method == "POST" and form.is_valid():
        made = _taken(request, held, got, form, known)
        if made is not None:
            return redirect("case", made.reference)
    if request.method != "POST":
        log.add(
            who=request.user,
            action="read",
            words=f"Looked at the transfer pack {held.pk} from {held.authority}.",
            request=request,
        )
    version = next((one for one in reversed(got.pack.plan.versions) if one.entries), None)
    entries = (
        [Written(section=one.section, number=one.number, values=one.values) for one in version.entries]
        if version
        else []
    )
    context = {"held": held, "got": got, "pack": got.pack, "form": form, "known": known, "entries": len(entries)}
    return render(request, "transfer_pack/pack.html", context)


def _alike(got: Received) -> list[Case]:
    person = got.pack.person
    return alike(forename=person.forename, surname=person.surname, born=person.born, upn=person.upn)


def _taken(request: HttpRequest, held: PackIn, got: Received, form: TakeForm, known: list[Case]) -> Case | None:
    given = form.cleaned_data
    same_as = next((one for one in known if one.reference == given.get("same_as")), None)
    officer = User.objects.get(pk=given["officer"]) if given["officer"] else None
    try:
        with transaction.atomic():
            if PackIn.objects.select_for_update().get(pk=held.pk).state != PackIn.State.WAITING:
                raise RefusedError("Somebody decided this pack meanwhile.", action="Go back to the list.")
            made = take(
                got, transferred=given["transferred"], officer=officer, same_as=same_as, by=request.user, key=given["key"]
            )  # fmt: skip
            _decide(held, PackIn.State.TAKEN, made, request.user)
    except RefusedError as refused:
        form.add_error(None, " ".join(part for part in (refused.what, refused.action) if part))
        return None
    messages.success(request, f"The plan is taken in. The days of regulation 15 run from {day(given['transferred'])}.")
    return made


def _decide(held: PackIn, state: str, case: Case | None, by: Any) -> None:
    """Note what became of a pack; its file goes once that is certain."""
    with transaction.atomic():
        PackIn.objects.filter(pk=held.pk).update(state=state, case=case, decided_by=str(by), decided_at=clock.now())
        words = f"Transfer pack {held.pk} from {held.authority}: {PackIn.State(state).label.lower()}."
        log.add(who=by, action="pack_decided", words=words, case=case.reference if case else "")
        transaction.on_commit(lambda: held.file.delete(save=False))
