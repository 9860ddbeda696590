"""Which documents a person may open, and changing whom one is open to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Document
from rightplace.web.cases.scope import sees
from rightplace.web.documents.models import GROUPS, Group, Sharing
from rightplace.web.notices import who
from rightplace.web.notices.tell import tell
from rightplace.web.policy.role import FAMILY, OFFICERS


def visible(user: Any, case: Case) -> QuerySet[Document]:
    """The documents of a case, which the person may see, that they may open."""
    rows = case.documents.select_related("sharing")
    if user.role in OFFICERS:
        return rows
    if user.role in FAMILY:
        return rows.filter(for_family=True)
    allowed = Q(sharing__sender=user)
    group = group_of(user)
    if group is not None:
        allowed |= Q(**{f"sharing__chosen_{group.name}": True}) | Q(**{f"sharing__opened_{group.name}": True})
    return rows.filter(allowed)


def group_of(user: Any) -> Group | None:
    """The group that a person belongs to; None for one that is never let in as part of a group."""
    return next((one for one in GROUPS if user.role in one.roles), None)


def why_not_open(user: Any, document: Document | None) -> str:
    """Why a person may not open a document; "" when they may."""
    why = sees(user, document.case if document is not None else None)
    if why and user.role in FAMILY:
        return "This document is not one that was shared with you."
    if why or document is None:
        return why
    if visible(user, document.case).filter(pk=document.pk).exists():
        return ""
    return "This document is not one that was shared with you."


def why_not_share(user: Any, document: Document | None) -> str:
    """Why a person may not change whom a document is open to: an officer may, and a family for what it sent."""
    why = why_not_open(user, document)
    if why or user.role in OFFICERS or document is None:
        return why
    mine = Sharing.objects.filter(document=document, of_family=True).exists()
    return "" if mine else "You did not send us this document. Ask your case officer."


def owed_to_advisers(case: Case) -> int:
    """How many documents of the family advice givers cannot open though advice is asked for; 0 where none is.

    SEND Regulations 2014, regulation 6(3), as generally told: who is asked for advice is given what the parent or young
    person submitted. Its words were not read at first hand.
    """
    if not case.advice_requests.filter(given_on=None).exists():
        return 0
    closed = Sharing.objects.filter(document__case=case, of_family=True, chosen_advisers=False, opened_advisers=False)
    return closed.count()


def sent(document: Document, *, by: Any, chosen: Collection[str]) -> Sharing:
    """Keep who sent a document, and whom they chose."""
    facts = {f"chosen_{one.name}": one.name in chosen for one in GROUPS}
    return Sharing.objects.create(document=document, sender=by, of_family=by.role in FAMILY, **facts)


def choose(document: Document, *, chosen: Collection[str], by: Any) -> None:
    """The family's own choice for a document that it sent; it does not undo what an officer opened."""
    with transaction.atomic():
        held = Sharing.objects.select_for_update().get(document=document)
        for one in GROUPS:
            setattr(held, f"chosen_{one.name}", one.name in chosen)
        held.save()
        _say(held, by)


def open_for(document: Document, *, opened: Collection[str], reason: str, by: Any) -> None:
    """An officer's decision, with its reason, which the family reads. Raises ``RefusedError`` without one."""
    if not reason.strip():
        raise RefusedError("Say why.", action="Enter the reason. The family reads it.")
    with transaction.atomic():
        held, _ = Sharing.objects.select_for_update().get_or_create(document=document)
        for one in GROUPS:
            setattr(held, f"opened_{one.name}", one.name in opened)
        held.reason, held.opened_by, held.opened_at = reason.strip(), str(by), clock.now()
        held.save()
        _say(held, by, reason.strip())
        if document.for_family:
            key = f"opened {document.pk} {held.opened_at:%Y%m%d%H%M%S}"
            tell("opened", who.family(document.case), document.case, key=key, but=by.pk)


def _say(held: Sharing, by: Any, reason: str = "") -> None:
    names = ", ".join(one.name for one in held.open_to()) or "nobody else"
    words = f"The document “{held.document.title}” is open to officers, those it is for, and: {names}."
    why = f" Why: {reason}" if reason else ""
    log.add(who=by, action="document_shared", words=words + why, case=held.document.case.reference)
