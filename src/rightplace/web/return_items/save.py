"""Saving answers, and setting the header of the return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from rightplace import __version__
from rightplace.calendar import clock
from rightplace.calendar.census import census_day
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, ReturnHeader
from rightplace.web.load.returned import EDITION
from rightplace.web.return_items.form import OF_PERSON
from rightplace.web.return_items.models import ReturnAnswers


def answers(case: Case) -> ReturnAnswers | None:
    """The answers as they were last saved."""
    return case.return_answers.order_by("number").last()


def save(case: Case, values: Mapping[str, str], *, seen: int, by: Any, key: str) -> ReturnAnswers:
    """Save answers anew. Raises ``RefusedError`` where someone saved others since number ``seen``."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        before = ReturnAnswers.objects.filter(key=key).first()
        if before is not None:
            return before
        last = held.return_answers.aggregate(last=Max("number"))["last"] or 0
        if last != seen:
            raise RefusedError("Someone saved other answers since you opened this page.", action="Open it again.")
        made = ReturnAnswers.objects.create(
            case=held, number=last + 1, values=dict(values), key=key, recorded_by=str(by), recorder=by.pk,
            recorded_at=clock.now(),
        )  # fmt: skip
        changed = [name for name in OF_PERSON if getattr(held.person, name) != values[name]]
        for name in changed:
            setattr(held.person, name, values[name])
        held.person.save(update_fields=changed)
        held.need = values["need"] or held.need
        held.save(update_fields=["need"])
        words = f"Saved answers for the yearly return (saving {made.number})."
        if changed:
            words += f" Changed of the person: {', '.join(changed)}."
        log.add(who=by, action="return_answers", words=words, case=held.reference)
        return made


def set_header(given: Mapping[str, str], *, by: Any) -> ReturnHeader:
    """Set the header of the return, where none was loaded, or change the authority's own items of it."""
    own = {name: given[name] for name in ("lea", "dmo", "dco", "dsco")}
    day = census_day(EDITION)
    fresh = {
        "collection": "SEN2", "year": str(EDITION), "reference_date": day.isoformat(), "source_level": "L",
        "software_code": "Rightplace", "release": __version__, "serial_no": "001",
        "date_time": clock.now().strftime("%Y-%m-%dT%H:%M:%S"),
    }  # fmt: skip
    with transaction.atomic():
        held = ReturnHeader.objects.filter(edition=EDITION).first()
        items = (held.items if held else fresh) | own
        made, _ = ReturnHeader.objects.update_or_create(edition=EDITION, defaults={"items": items})
        log.add(who=by, action="return_header", words=f"Set the header of the SEN2 return of {EDITION}.")
        return made
