"""Claims that a child is somebody's: made with a request, confirmed or refused by an officer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Link
from rightplace.web.intake.join import join
from rightplace.web.intake.models import Claim


def claim(case: Case, user: Any, *, own: bool) -> Claim:
    """Note that an account says a child is theirs. Nothing is opened to it."""
    made = Claim.objects.create(case=case, user=user, own=own, named=str(case.person), made_at=clock.now())
    who = "the young person" if own else "a parent or carer"
    log.add(who=user, action="claim", words=f"Says they are {who} of {case.person}.", case=case.reference)
    return made


def confirm(claim_: Claim, *, how: str, same_as: Case | None, by: Any) -> tuple[Case, str]:
    """Open the record to the account; with ``same_as``, join the request to that record of the same person first.

    Gives the record, and why the request was not recorded anew in it ("" where it was). Raises ``RefusedError`` where the
    claim was decided meanwhile, or the two cannot be joined.
    """
    with transaction.atomic():
        held = _waiting(claim_)
        case, why_not = (held.case, "") if same_as is None else (same_as, join(held.case, same_as, by=by))
        kind = Link.Kind.YOUNG_PERSON if held.own else Link.Kind.PARENT
        Link.objects.create(
            case=case, user=held.user, kind=kind, since=clock.today(), note=f"Checked by {by}: {how}"[:200]
        )  # fmt: skip
        _decide(held, Claim.State.CONFIRMED, how, by, case)
        words = f"Confirmed that {held.user} is {kind.label.lower()} {case.person}. How it was checked: {how}"
        log.add(who=by, action="claim_confirmed", words=words, case=case.reference)
        return case, why_not


def refuse(claim_: Claim, *, how: str, by: Any) -> None:
    """Leave the record closed to the account; the request itself stands. Raises as :func:`confirm` does."""
    with transaction.atomic():
        held = _waiting(claim_)
        _decide(held, Claim.State.REFUSED, how, by, held.case)
        words = f"Did not confirm who {held.user} is. Why: {how}"
        log.add(who=by, action="claim_refused", words=words, case=held.case.reference)


def _waiting(claim_: Claim) -> Claim:
    held = Claim.objects.select_for_update(of=("self",)).select_related("case__person", "user").get(pk=claim_.pk)
    if held.state != Claim.State.WAITING:
        raise RefusedError(f"{held.decided_by} decided this already: {held.get_state_display().lower()}.")
    return held


def _decide(held: Claim, state: str, how: str, by: Any, case: Case) -> None:
    held.state, held.how, held.case = state, how, case
    held.decided_by, held.decided_at = str(by), clock.now()
    held.save(update_fields=["state", "how", "case", "decided_by", "decided_at"])
