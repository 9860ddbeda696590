"""Making the pack of a case."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings

from rightplace.calendar import clock
from rightplace.casework import events as ev
from rightplace.errors import RefusedError
from rightplace.web.cases.models import Case, Document, ReturnHeader
from rightplace.web.cases.store.facts import to_facts
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.disputes.papers import papers
from rightplace.web.load.returned import EDITION
from rightplace.web.return_items.save import answers
from rightplace.web.transfer_pack import shape

_README: Final = """A plan that moves from one local authority to another (SEND Regulations 2014, regulation 15).

case.json: the record, in the shape "rightplace-transfer-pack", version 1. It is text: any program can read it.
documents: files that were on the record, where they were asked for.

Made by {by} of {authority} on {day}. It holds personal data of a child or young person: send it by a secure way only.
"""


def make(case: Case, *, by: Any, documents: bool) -> bytes:
    """The pack of a case as a ZIP file; with ``documents``, the files too.

    Raises ``RefusedError`` where there is no plan, something that a pack needs is missing, or a file cannot be read.
    """
    now = stand(case, clock.today())
    held = list(case.documents.order_by("pk")) if documents else []
    files = {f"documents/{row.pk} {row.name}".replace("\\", " "): _content(row) for row in held}
    pack = _pack(now, by, [_file(row, name, files[name]) for row, name in zip(held, files, strict=True)])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README.format(by=by, authority=settings.AUTHORITY_NAME, day=pack.made_on))
        archive.writestr("case.json", pack.model_dump_json(indent=1))
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def plan_days(events: Sequence[ev.Event]) -> tuple[date, date] | None:
    """The day the plan was first made, and that on which it was made or last reviewed; None where there is no plan."""
    first = latest = None
    for event in events:
        if isinstance(event, ev.FinalPlanIssued):
            first = latest = event.day
        elif isinstance(event, ev.MovedIn):
            first = latest = event.made_or_reviewed
        elif isinstance(event, ev.ReviewDecided) and first:
            latest = event.day
    return (first, latest) if first and latest else None


def _pack(now: CaseNow, by: Any, files: list[shape.File]) -> shape.Pack:
    case, person, days = now.case, now.case.person, plan_days(now.events)
    if days is None:
        raise RefusedError("There is no plan in this record, so there is nothing to transfer.")
    if not (person.born and person.forename and person.surname):
        raise RefusedError(
            "The pack needs a first name, a last name and a date of birth.", action="Complete the record."
        )
    held = answers(case)
    said = held.values if held else {}
    move = next((event for event in reversed(now.events) if isinstance(event, ev.MoveOutLearned)), None)
    return shape.Pack(
        made_by=str(by),
        made_on=clock.today(),
        authority=shape.Authority(name=settings.AUTHORITY_NAME, code=_code()),
        reference=case.reference,
        moves_on=move.moves_on if move else None,
        person=shape.Person(**{name: getattr(person, name) for name in shape.Person.model_fields}),
        need=said.get("need") or case.need,
        second_need=said.get("second_need", ""),
        plan=_plan(now, days, said.get("first_made", "")),
        events=[
            shape.Event(event=row.kind, day=None if row.inferred else row.day, facts=to_facts(event))
            for row, event in zip(now.counted, now.events, strict=True)
        ],
        papers=[
            shape.Paper(group=one.group, title=one.title[:200], day=one.day, by=one.by, blocks=list(one.blocks))
            for one in papers(case)
            if one.document is None and one.group not in ("Chronology", "Plan")
        ],
        documents=files,
    )  # fmt: skip


def _plan(now: CaseNow, days: tuple[date, date], first_made: str) -> shape.Plan:
    named = next((event.setting for event in reversed(now.events) if getattr(event, "setting", "") and isinstance(
        event, ev.FinalPlanIssued | ev.AmendedPlanIssued)), "")  # fmt: skip
    at = now.case.setting
    versions = [
        shape.Version(kind=one.kind, day=one.day, entries=one.content)
        for one in now.case.plan_versions.order_by("number")
    ]
    return shape.Plan(
        first_made=date.fromisoformat(first_made) if first_made else days[0],
        made_or_reviewed=days[1],
        setting=shape.Setting(
            name=named or (at.name if at else ""), code=at.code if at and named in ("", at.name) else ""
        ),
        versions=versions,
    )


def _code() -> str:
    held = ReturnHeader.objects.filter(edition=EDITION).first()
    return str(held.items.get("lea", "")) if held else ""


def _content(row: Document) -> bytes:
    try:
        with row.file.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise RefusedError(
            f"The file of the document “{row.title}” could not be read.", action="Make the pack without documents."
        ) from error
    return content


def _file(row: Document, name: str, content: bytes) -> shape.File:
    digest = hashlib.sha256(content).hexdigest()
    return shape.File(title=row.title, file=name, sha256=digest, for_family=row.for_family)
