"""Letters of a case: which are needed, writing one, and the letter itself to print or to save as text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.calendar import clock
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.words import day
from rightplace.web.letters.make import decisions, make, services_before
from rightplace.web.letters.models import Letter
from rightplace.web.letters.wording import LETTERS, SERVICES
from rightplace.web.policy.binding import page


class LetterForm(KeyedForm):
    """To whom, the reasons, whom the family can turn to, and who signs."""

    to = forms.CharField(
        label="To", max_length=300, error_messages={"required": "Enter whom the letter is to."},
        help_text="The parent by name, or the young person once the rights are theirs",
    )  # fmt: skip
    reasons = forms.CharField(
        label="Why we decided this", max_length=20_000, widget=forms.Textarea,
        help_text="In plain words: what we looked at, and why it led to this.",
        error_messages={"required": "Enter the reasons for the decision."},
    )  # fmt: skip
    signed = forms.CharField(
        label="Signed by", max_length=200, error_messages={"required": "Enter who signs, with a telephone number."},
        help_text="Name, post and telephone number",
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in SERVICES.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=300, error_messages={"required": f"Enter the {label.split(':')[0].lower()}."}
            )


@page("letter.write", find=find.case)
def letters(request: HttpRequest, case: Case) -> HttpResponse:
    """Decisions that need a letter, and the letters made."""
    looked(request, case, f"the letters about {case.person}")
    now = stand(case, clock.today())
    made = list(case.letters.all())
    context = {
        "case": case,
        "decisions": decisions(now),
        "letters": made,
        "written": {letter.event for letter in made},
    }
    return render(request, "letters/letters.html", context)


@page("letter.write", find=find.case)
def write(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of a letter about the decision that the address asks for (``?event=``), the latest when it asks for none."""
    now = stand(case, clock.today())
    needed = decisions(now)
    if not needed:
        return render(request, "letters/none.html", {"case": case})
    asked = request.GET.get("event", "")
    decided = next((one for one in needed if str(one.number) == asked), needed[0])
    if asked and str(decided.number) != asked:
        raise Http404
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            letter = make(
                now, decided, to=given["to"], reasons=given["reasons"], signed=given["signed"], by=request.user,
                services={name: given[name].strip().rstrip(".") for name in SERVICES}, key=given["key"],
            )  # fmt: skip
            messages.success(request, "The letter is made. Print it or save it as text, and send it.")
            return redirect("letter", letter.pk)
    else:
        initial = services_before() | {"signed": f"{request.user}, {request.user.get_role_display().lower()}"}
        if request.user.telephone:
            initial["signed"] += f", {request.user.telephone}"
        form = LetterForm(version=case.version, initial=initial)
    wording = LETTERS[decided.event.name()]
    context = {"case": case, "form": form, "decided": decided, "wording": wording}
    return render(request, "letters/write.html", context)


def _find(number: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("case__person", "case__officer"), pk=number)


@page("letter.read", find=_find)
def letter(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The letter, to read or print; as plain text where ``?text=1`` asks for it."""
    looked(request, letter.case, f"the letter “{letter.title}” about {letter.case.person}")
    if request.GET.get("text"):
        text = f"{letter.to}\n\n{day(letter.day)}\nReference {letter.case.reference}\n\n{letter.title}\n\n{letter.body}\n\n{letter.signed}\n"
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        name = f"letter-{letter.case.reference}-{letter.pk}.txt"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    paragraphs = [part.split("\n", 1) if "\n" in part else ["", part] for part in letter.body.split("\n\n")]
    return render(request, "letters/letter.html", {"case": letter.case, "letter": letter, "paragraphs": paragraphs})
