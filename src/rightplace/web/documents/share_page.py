"""Who may open one document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Document
from rightplace.web.design.forms import KeyedForm
from rightplace.web.documents.models import GROUPS, Sharing
from rightplace.web.documents.sharing import choose, open_for
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import FAMILY


class GroupsForm(KeyedForm):
    """A box for each group that could be let in; none is ticked unless somebody ticked it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in GROUPS:
            self.fields[one.name] = forms.BooleanField(label=one.ask, required=False)

    def chosen(self) -> set[str]:
        """The names of the groups that were ticked."""
        return {one.name for one in GROUPS if self.cleaned_data.get(one.name)}


class OpenForm(GroupsForm):
    """An officer's decision, with its reason."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"] = forms.CharField(
            label="Why", widget=forms.Textarea, max_length=1000,
            help_text="The family reads this. For example: you sent it for the assessment, so the law says that we must give "
            "it to the people we ask for advice.",
            error_messages={"required": "Enter why. The family reads it."},
        )  # fmt: skip


@page("document.share", find=find.document)
def share(request: HttpRequest, document: Document) -> HttpResponse:
    """The form; the family chooses for what it sent, an officer opens or closes with a reason."""
    family = request.user.role in FAMILY
    held = Sharing.objects.filter(document=document).first() or Sharing(document=document)
    side = "chosen" if family else "opened"
    now = {one.name: getattr(held, f"{side}_{one.name}") for one in GROUPS}
    form = (GroupsForm if family else OpenForm)(request.POST or None, version=document.case.version, initial=now)
    if request.method == "POST" and form.is_valid():
        if family:
            choose(document, chosen=form.chosen(), by=request.user)
        else:
            open_for(document, opened=form.chosen(), reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Saved. It counts from now on.")
        return redirect("family_documents" if family else "documents", document.case.reference)
    if request.method != "POST":
        looked(request, document.case, f"who may open the document “{document.title}” of {document.case.person}")
    context = {
        "case": document.case,
        "document": document,
        "form": form,
        "family": family,
        "held": held,
        "groups": GROUPS,
    }
    return render(request, "documents/share.html", context)
