"""Taking a pack in: the person, the case with the days of regulation 15, the plan, and everything that came with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS, MovedIn
from rightplace.errors import RefusedError
from rightplace.vocabulary.codes import TRANSFER_OUTSIDE_LIST
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Person
from rightplace.web.cases.store.open_case import open_case
from rightplace.web.cases.store.record import record
from rightplace.web.design.words import day
from rightplace.web.documents.add import add as add_document
from rightplace.web.plans import save as plans
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.written import Written, seal_of, to_json
from rightplace.web.return_items.form import OF_PERSON, ItemsForm
from rightplace.web.return_items.save import answers
from rightplace.web.return_items.save import save as save_answers
from rightplace.web.transfer_pack import shape
from rightplace.web.transfer_pack.read import Received

_FINAL = ("final_plan_issued", "amended_plan_issued")


def take(got: Received, *, transferred: date, officer: Any, same_as: Case | None, by: Any, key: str) -> Case:
    """Open a case for a pack, or go on in the one the person had (``same_as``).

    Raises ``RefusedError`` where the process does not allow it, or a document cannot be kept; nothing is then kept.
    """
    pack = got.pack
    if pack.plan.made_or_reviewed > transferred or pack.plan.first_made > pack.plan.made_or_reviewed:
        raise RefusedError(
            "The plan was made or reviewed after the day of transfer.", action="Check the day of transfer."
        )
    with transaction.atomic():
        event = MovedIn(day=transferred, made_or_reviewed=pack.plan.made_or_reviewed)
        setting = Organisation.objects.filter(code=pack.plan.setting.code).exclude(code="").first()
        case = _into(same_as, event, setting, by, key) if same_as else _opened(pack, event, setting, officer, by, key)
        _write_plan(case, pack, by)
        _answer(case, pack, setting, by)
        _keep_papers(case, got, by)
        words = f"Took in the plan from {pack.authority.name} (their reference {pack.reference})."
        log.add(who=by, action="moved_in", words=words, case=case.reference)
        return case


def _opened(pack: shape.Pack, event: MovedIn, setting: Organisation | None, officer: Any, by: Any, key: str) -> Case:
    person = Person.objects.create(**pack.person.model_dump())
    return open_case(person, event, by=by, officer=officer, setting=setting, key=key)


def _into(case: Case, event: MovedIn, setting: Organisation | None, by: Any, key: str) -> Case:
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    record(held, event, by=by, version=held.version, key=key)
    held.refresh_from_db()
    if setting is not None:
        held.setting = setting
        held.save(update_fields=["setting"])
    return held


def _write_plan(case: Case, pack: shape.Pack, by: Any) -> None:
    """The last final version as the plan in hand, and as a version that families and schools can read."""
    version = next((one for one in reversed(pack.plan.versions) if one.kind in _FINAL), None)
    if version is None or case.plan_parts.filter(removed=False).exists():
        return
    numbers: dict[int, int] = {}
    written: list[Written] = []
    for entry in version.entries:
        part = plans.add_part(case, entry.section, entry.values, by=by)
        numbers[entry.number] = part.number
    for entry in version.entries:
        ties = tuple(sorted(numbers[tie] for tie in entry.ties if tie in numbers))
        number = numbers[entry.number]
        if ties:
            plans.save_part(case.plan_parts.get(number=number), entry.values, ties, revision=1, by=by)
        written.append(Written(section=entry.section, number=number, values=entry.values, ties=ties))
    last = case.plan_versions.order_by("number").last()
    PlanVersion.objects.create(
        case=case, number=last.number + 1 if last else 1, kind=version.kind, day=version.day, event=case.version,
        content=to_json(written), seal=seal_of(written), recorded_by=f"{pack.authority.name}, taken in by {by}"[:150],
        recorder=by.pk, recorded_at=clock.now(),
    )  # fmt: skip


def _answer(case: Case, pack: shape.Pack, setting: Organisation | None, by: Any) -> None:
    """What the yearly return asks of a plan that came from elsewhere."""
    held = answers(case)
    values = dict.fromkeys((name for name in ItemsForm.base_fields if name not in ("key", "version")), "")
    values |= held.values if held else {}
    values |= {name: getattr(case.person, name) for name in OF_PERSON}
    values |= {"need": pack.need, "second_need": pack.second_need, "first_made": pack.plan.first_made.isoformat()}
    values["transfer_la"] = pack.authority.code or TRANSFER_OUTSIDE_LIST
    values["named_code"] = setting.code if setting else ""
    save_answers(case, values, seen=held.number if held else 0, by=by, key=f"pack-{case.pk}-{case.version}")


def _keep_papers(case: Case, got: Received, by: Any) -> None:
    source = got.pack.authority.name
    add_document(
        case, "record.txt", readable(got.pack).encode(), title=f"Record of {source}"[:150], for_family=False, by=by
    )  # fmt: skip
    add_document(case, "case.txt", got.text.encode(), title=f"Transfer pack of {source}"[:150], for_family=False, by=by)
    for one, content in got.documents:
        add_document(case, one.file.rsplit("/", 1)[-1], content, title=one.title, for_family=one.for_family, by=by)


def readable(pack: shape.Pack) -> str:
    """What happened at the other authority, and its papers, as plain text."""
    lines = [
        f"Record of {pack.authority.name}, reference {pack.reference}, made by {pack.made_by} on {day(pack.made_on)}.",
        "",
    ]
    for event in pack.events:
        label = EVENTS[event.event].LABEL if event.event in EVENTS else event.event
        lines.append(f"{day(event.day) if event.day else 'Day not known'}: {label}")
    for paper in pack.papers:
        lines += [
            "",
            f"{paper.group}: {paper.title}, {day(paper.day)}",
            *(f"{one}\n{text}" for one, text in paper.blocks),
        ]
    return "\n".join(lines)
