"""Keeping where somebody is placed: beginning, ending, striking out. The case's own setting follows the main one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.design.words import day
from rightplace.web.placement.models import Stay

_FACTS = ("kind", "other", "entry", "sen_unit", "resourced", "residential", "work_based")


def begin(case: Case, given: dict[str, Any], *, by: Any) -> Stay:
    """Record that somebody is placed somewhere. The main placement before it ends on that day.

    The same form sent twice is recorded once. Raises ``RefusedError`` where a later main placement is known.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Stay.objects.filter(key=given["key"]).first()
        if before is not None:
            return before
        rank = int(given["rank"])
        others = Stay.objects.filter(case=held, rank=rank, struck="")
        if others.filter(Q(entry__gte=given["entry"]) | Q(leaving__gt=given["entry"])).exists():
            raise RefusedError("A placement of that rank is recorded on or after that day.", action="Check the days.")
        others.filter(leaving__isnull=True).update(leaving=given["entry"])
        setting = Organisation.objects.get(pk=given["setting"]) if given["setting"] else None
        made = Stay.objects.create(
            case=held, rank=rank, setting=setting, replaced=held.setting, key=given["key"], recorded_by=str(by), recorded_at=clock.now(),
            **{name: given[name] for name in _FACTS},
        )  # fmt: skip
        _follow(held)
        log.add(
            who=by, action="placed", words=f"Recorded a placement: {made}, from {day(made.entry)}.", case=held.reference
        )
        return made


def change(stay: Stay, given: dict[str, Any], *, by: Any) -> None:
    """End a placement, or strike it out with the reason."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=stay.case_id)
        stay.leaving, stay.struck = given["leaving"] or stay.leaving, given["struck"].strip()
        stay.save(update_fields=["leaving", "struck"])
        if stay.struck:
            Stay.objects.filter(case=held, rank=stay.rank, struck="", leaving=stay.entry).update(leaving=None)
        _follow(held, otherwise=stay.replaced if stay.struck else None)
        what = f"Struck out: {stay.struck}" if stay.struck else f"Ended on {day(stay.leaving)}."
        log.add(
            who=by, action="placed", words=f"Placement at {stay} from {day(stay.entry)}. {what}", case=held.reference
        )


def _follow(case: Case, *, otherwise: Organisation | None = None) -> None:
    """Set the case's setting to that of the main placement that goes on; to ``otherwise`` where there is none."""
    now = Stay.objects.filter(case=case, rank=1, struck="", leaving__isnull=True).order_by("-entry").first()
    case.setting = now.setting if now else otherwise
    case.save(update_fields=["setting"])
