"""Adding a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.errors import RefusedError
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import yes_no
from rightplace.web.documents.add import add as add_document
from rightplace.web.documents.kinds import TAKEN
from rightplace.web.documents.share_page import GroupsForm
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import FAMILY, OFFICERS

TOO_BIG = "The file is too big. Send one of 10 MB at most, or send it in parts."


class AddForm(GroupsForm):
    """A file, what it is, for officers whether the family may have it, and who else may open it."""

    title = forms.CharField(
        label="What is it?", max_length=150, help_text="For example: Letter from the hospital, May 2026",
        error_messages={"required": "Write what it is."},
    )  # fmt: skip
    file = forms.FileField(
        label="File", help_text=f"{TAKEN}. 10 MB at most.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )  # fmt: skip
    for_family = yes_no("The family may have it", help_text="They then see it in their own list.")

    def __init__(self, *args: Any, user: Any, too_big: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if user.role not in OFFICERS:
            del self.fields["for_family"]
        if too_big:
            self.fields["file"].error_messages["required"] = TOO_BIG


@page("documents.add", find=find.case)
def add(request: HttpRequest, case: Case) -> HttpResponse:
    """The form; sent, the file is looked into, kept under a name that says nothing, and put on record."""
    user, family = request.user, request.user.role in FAMILY
    if request.method == "POST":
        # The files are read before this is known.
        sent = (request.POST, request.FILES)
        form = AddForm(*sent, user=user, too_big=getattr(request, "too_big", False))
        if form.is_valid() and _added(request, case, form, family=family):
            messages.success(request, "The document was added.")
            return redirect(_back(user), case.reference)
    else:
        form = AddForm(user=user, version=case.version)
    context = {"case": case, "form": form, "family": family, "back": _back(user)}
    return render(request, "documents/add.html", context)


def _back(user: Any) -> str:
    return "family_documents" if user.role in FAMILY else "documents"


def _added(request: HttpRequest, case: Case, form: AddForm, *, family: bool) -> bool:
    given = form.cleaned_data
    try:
        add_document(
            case, given["file"].name, given["file"].read(), title=given["title"],
            for_family=family or bool(given.get("for_family")), by=request.user,
            open_to=form.chosen(),
        )  # fmt: skip
    except RefusedError as refused:
        form.add_error("file", f"{refused.what} {refused.action}".strip())
        return False
    return True
