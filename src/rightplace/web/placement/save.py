"""Recording consultations, findings and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from rightplace.calendar import clock
from rightplace.casework.events import SettingConsulted
from rightplace.casework.placement import TestOutcome
from rightplace.errors import RefusedError
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Link
from rightplace.web.cases.store.record import record
from rightplace.web.placement.models import Decision, Findings


def consult(
    case: Case, *, name: str, organisation: Organisation | None, day: date, by: Any, version: int, key: str
) -> None:
    """Record that a setting was sent the draft; one that we know is linked to the case. Raises as ``record`` does."""
    with transaction.atomic():
        record(case, SettingConsulted(day=day, setting=name), by=by, version=version, key=key)
        if organisation is None:
            return
        links = Link.objects.filter(case=case, organisation=organisation, kind=Link.Kind.SETTING_ASKED)
        if not links.exists():
            Link.objects.create(case=case, organisation=organisation, kind=Link.Kind.SETTING_ASKED, since=day)


def latest(case: Case) -> Findings | None:
    """The findings as they were last saved."""
    return case.placement_findings.order_by("number").last()


def save_findings(case: Case, values: dict[str, Any], *, seen: int, by: Any, key: str) -> Findings:
    """Save findings anew. Raises ``RefusedError`` where someone saved others since number ``seen``."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Findings.objects.filter(key=key).first()
        if before is not None:
            return before
        last = held.placement_findings.aggregate(last=Max("number"))["last"] or 0
        if last != seen:
            raise RefusedError("Someone saved other findings since you opened this page.")
        made = Findings.objects.create(
            case=held, number=last + 1, values=values, key=key, recorded_by=str(by), recorder=by.pk,
            recorded_at=clock.now(),
        )  # fmt: skip
        words = f"Saved findings about the setting to be named (saving {made.number})."
        log.add(who=by, action="placement_findings", words=words, case=held.reference)
        return made


def decide(case: Case, given: dict[str, Any], tests: Sequence[TestOutcome], *, asked_for: str, by: Any) -> Decision:
    """Keep a decision with the tests as they stood. Raises ``RefusedError`` where the findings changed meanwhile."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Decision.objects.filter(key=given["key"]).first()
        if before is not None:
            return before
        last = held.placement_findings.aggregate(last=Max("number"))["last"] or 0
        if last != given["findings"]:
            raise RefusedError("The findings changed since you opened this page.", action="Read the tests again.")
        made = Decision.objects.create(
            case=held, day=given["day"], asked_for=asked_for, named=given["named"].strip(), kind=given["kind"].strip(),
            reasons=given["reasons"], decided_by=given["decided_by"], without_ground=given["without_ground"],
            findings=last, tests=[asdict(test) for test in tests], key=given["key"], recorded_by=str(by),
            recorder=by.pk, recorded_at=clock.now(),
        )  # fmt: skip
        words = f"Recorded the decision of {made.decided_by} to name {made.named or made.kind}."
        if made.without_ground:
            words += f" No ground to refuse {asked_for} was shown."
        log.add(who=by, action="placement_decision", words=words, case=held.reference)
        return made
