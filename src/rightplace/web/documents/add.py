"""Putting a document on record: the file and its row, or neither."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Document
from rightplace.web.cases.models.paper import hidden_name
from rightplace.web.documents import sharing
from rightplace.web.documents.kinds import TAKEN, kind_of
from rightplace.web.documents.names import clean
from rightplace.web.notices import who
from rightplace.web.notices.tell import tell
from rightplace.web.policy.role import FAMILY


def add(
    case: Case, name: str, content: bytes, *, title: str, for_family: bool, by: Any, open_to: Collection[str] = ()
) -> Document:
    """Put a document on record. The same file under the same title, sent twice by one person, is kept once.

    ``open_to`` names the groups that may open it beside officers and those it is for (``documents.models.GROUPS``).

    Raises ``RefusedError`` where the file is of no kind that is taken, or could not be written: then no row is made, and
    where the row could not be made no file is left.
    """
    kind = kind_of(content)
    if kind is None:
        raise RefusedError("This file is not of a kind that we can take.", action=f"Send {TAKEN}.")
    digest = hashlib.sha256(content).hexdigest()
    known = Document.objects.filter(case=case, sha256=digest, title=title, added_by=str(by)).first()
    if known is not None:
        return known
    kept_as = _write(content)
    try:
        with transaction.atomic():
            made = Document.objects.create(
                case=case, title=title, name=clean(name, kind), kind=kind.media_type, size=len(content), sha256=digest,
                file=kept_as, for_family=for_family, added_by=str(by), added_at=clock.now(),
            )  # fmt: skip
            sharing.sent(made, by=by, chosen=open_to)
            words = f"Added the document “{title}” ({kind.words}, {len(content):,} bytes, SHA-256 {digest})."
            log.add(who=by, action="document_added", words=words, case=case.reference)
            _tell(made, by)
            return made
    except BaseException:
        _take_away(kept_as)
        raise


def _tell(made: Document, by: Any) -> None:
    """That a family sent a document is news to the officer; one that is meant for a family, to the family."""
    key = f"document {made.pk}"
    if by.role in FAMILY:
        tell("family_document", who.officers(made.case), made.case, key=key, but=by.pk)
    elif made.for_family:
        tell("document", who.family(made.case), made.case, key=key, but=by.pk)


def _write(content: bytes) -> str:
    place = hidden_name(None, "")
    try:
        return default_storage.save(place, ContentFile(content))
    except OSError as error:
        _take_away(place)
        raise RefusedError(
            "The document could not be kept, because there is no room for it just now.",
            action="Keep your copy and try again later. We have not lost anything that you sent before.",
        ) from error


def _take_away(place: str) -> None:
    with suppress(OSError):
        default_storage.delete(place)
