"""Removing a record that was kept long enough. The log of access stays, and goes on vouching for everything else."""

from __future__ import annotations

from typing import Any

from django.db import connections, router, transaction

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.audit.seal import seal_of_many
from rightplace.web.cases.models import Case, CaseEvent, Document
from rightplace.web.records.models import Removal
from rightplace.web.records.retention import past
from rightplace.web.records.whole import Rows, rows_of


def remove(case: Case, *, by: Any) -> None:
    """Remove a case, all that hangs on it, its documents, and its person where they have no other case.

    Raises ``RefusedError`` where its time is not up, nobody proposed it, or the same person did.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        proposal = Removal.objects.select_for_update().filter(reference=held.reference, removed_at=None).first()
        if proposal is None or proposal.proposer == by.pk or not past(held):
            raise RefusedError("This record may not be removed.", action="Have somebody else propose it first.")
        rows = rows_of(held)
        events = rows.get(CaseEvent, [])
        sources = sorted({row.source for row in events if row.source})
        gone = [*(row.seal for row in events if not row.source), *(_load(source) for source in sources)]
        files = [row.file for row in rows.get(Document, [])]
        reference, person = held.reference, held.person
        _delete(rows, held)
        if not person.cases.exists():
            person.delete()
        _say(reference, gone, sources, proposal, by)
        proposal.removed_by, proposal.removed_at = str(by), clock.now()
        proposal.save(update_fields=["removed_by", "removed_at"])
        transaction.on_commit(lambda: [file.delete(save=False) for file in files])


def _load(source: str) -> str:
    """The seal of all events that came with a load, as the log vouches for them."""
    rows = CaseEvent.objects.filter(source=source).order_by("case_id", "number")
    return seal_of_many(rows.values_list("seal", flat=True).iterator())


def _delete(rows: Rows, case: Case) -> None:
    """The rows, the furthest first. Events and the like may be removed by nothing else in the service."""
    for model in reversed(list(rows)):
        model._base_manager.filter(pk__in=[row.pk for row in rows[model]])._raw_delete(router.db_for_write(model))
    Case._base_manager.filter(pk=case.pk)._raw_delete(router.db_for_write(Case))
    # Keys that still point at something are found now, and not when it is too late to say so.
    connections[router.db_for_write(Case)].check_constraints()


def _say(reference: str, gone: list[str], sources: list[str], proposal: Removal, by: Any) -> None:
    """Vouch anew for what is left of each load, and name the seals that are no longer there."""
    words = f"Removed the record, proposed by {proposal.proposed_by}: {proposal.reason} Seals no longer there: {', '.join(gone)}."
    log.add(who=by, action="remove", words=words, case=reference)
    for source in sources:
        if not CaseEvent.objects.filter(source=source).exists():
            continue
        log.add(who=by, action="load", words=f"What is left of {source} after a removal.", seals=_load(source))
