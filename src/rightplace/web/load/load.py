"""Loading a SEN2 return as cases: each person a case, what the return tells of as events, the rest kept as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.case import view
from rightplace.casework.deadlines import deadlines
from rightplace.casework.events import Event
from rightplace.casework.process import replay
from rightplace.errors import DataError, UserError
from rightplace.progress import Progress, silent
from rightplace.returns.sen2.record import Sen2Return
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit import log
from rightplace.web.audit.seal import seal_of_many
from rightplace.web.cases.models import Case, CaseEvent, OpenDeadline, Person, ReturnFacts, ReturnHeader
from rightplace.web.cases.store import fresh
from rightplace.web.cases.store.facts import to_facts
from rightplace.web.cases.store.record import new_row
from rightplace.web.load.lived import Lived, chapters, day, first, setting_code
from rightplace.web.load.nested import Record, people
from rightplace.web.load.settings import settings_by_code

_AT_A_TIME: Final = 500


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What a load made: cases and events, how many events were inferred, and chapters left out with their reasons."""

    cases: int = 0
    events: int = 0
    inferred: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


Since = Callable[[Case, Sequence[Lived]], list[Lived]]
"""From a case and its events to made-up events that bring an example up to today."""
MADE_UP: Final = "Made up for the example"


def load_return(
    ret: Sen2Return,
    *,
    settings: pl.DataFrame | None = None,
    since: Since | None = None,
    progress: Progress = silent,
) -> Loaded:
    """Load a return into an empty case store, all of it or nothing.

    ``settings`` is the area's settings table, for the names of schools; ``since`` is for the example only. Raises ``DataError`` where there are cases already.
    """
    if Case.objects.exists():
        raise DataError(
            "There are cases in this database already.", where=ret.source, action="Load into an empty database."
        )
    header = {name: value for name, value in ret.tables["sen2"].to_dicts()[0].items() if isinstance(value, str)}
    source = f"SEN2 return {ret.edition}"
    done = Loaded()
    records = people(ret)
    with transaction.atomic():
        ReturnHeader.objects.create(edition=ret.edition, items=header)
        known = settings_by_code(records, settings)
        seals: dict[str, list[str]] = {}
        for start in range(0, len(records), _AT_A_TIME):
            progress(start, len(records), "loading cases")
            part = records[start : start + _AT_A_TIME]
            rows = _load_part(part, start, ret.edition, day(header["reference_date"]), source, known, done, since)
            for row in rows:
                seals.setdefault(row.source, []).append(row.seal)
        words = f"Loaded {done.cases} cases with {done.events} events from {source} ({ret.sha256[:12]})."
        for of, held in seals.items():
            log.add(who="Rightplace", action="load", words=words, case=of, seals=seal_of_many(held))
    progress(len(records), len(records), "loaded")
    return done


def _load_part(
    part: Sequence[Record],
    start: int,
    edition: int,
    reference: date,
    source: str,
    known: dict[str, Organisation],
    done: Loaded,
    since: Since | None,
) -> list[CaseEvent]:
    persons = Person.objects.bulk_create([_person(record) for record in part])
    cases, events, deadlines = [], [], list[OpenDeadline]()
    for place, (record, person) in enumerate(zip(part, persons, strict=True), start=start):
        case = Case(reference=f"R{place + 1:06}", person=person, need=_need(record), setting=known.get(_now_at(record)))
        lived = life(record, person.born, known, reference, done.left_out)
        rows = _rows(case, lived, source)
        more = since(case, lived) if since else []
        rows = _rows(case, more, MADE_UP, rows)
        lived = [*lived, *more]
        deadlines += _columns(case, rows, [one.event for one in lived])
        cases.append(case)
        events += rows
    Case.objects.bulk_create(cases)
    CaseEvent.objects.bulk_create(events)
    OpenDeadline.objects.bulk_create(deadlines)
    ReturnFacts.objects.bulk_create(
        ReturnFacts(case=case, edition=edition, place=place, items={"requests": record.get("requests", [])})
        for place, (case, record) in enumerate(zip(cases, part, strict=True), start=start)
    )
    done.cases += len(cases)
    done.events += len(events)
    done.inferred += sum(row.inferred for row in events)
    return events


def life(
    record: Record, born: date | None, known: dict[str, Organisation], reference: date, left_out: Counter[str]
) -> list[Lived]:
    """The events of a person, in order. A chapter that the process does not allow is left out, and counted by its reason."""
    names = {code: held.name for code, held in known.items()}
    kept: list[Lived] = []
    ordered = sorted(record.get("requests", ()), key=lambda one: (one.get("received_date") or "", one.get("row", 0)))
    for request in ordered:
        for tellings in chapters(request, names, reference):
            if tellings != [[]]:
                kept = _with_first_allowed(kept, tellings, born, left_out)
    return kept


def _with_first_allowed(
    kept: list[Lived], tellings: Sequence[list[Lived]], born: date | None, left_out: Counter[str]
) -> list[Lived]:
    """What was kept with the first telling of a chapter that is allowed; without the chapter where none is."""
    reasons = []
    for telling in tellings:
        longer = sorted([*kept, *telling], key=lambda one: one.event.day)
        try:
            history = replay([one.event for one in longer], born=born)
            deadlines(history, (), longer[-1].event.day)
        except DataError:
            # Something of ours is broken, not the return.
            raise
        except UserError as refused:
            reasons.append(refused.what)
        else:
            return longer
    left_out[_DAYS.sub("a day", reasons[0])] += 1
    return kept


_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d")


def _rows(case: Case, lived: Sequence[Lived], source: str, before: Sequence[CaseEvent] = ()) -> list[CaseEvent]:
    rows = list(before)
    for one in lived:
        rows.append(
            new_row(
                case,
                rows[-1] if rows else None,
                kind=one.event.name(),
                day=one.event.day,
                facts=to_facts(one.event),
                by=source,
                source=source,
                inferred=one.inferred,
            )
        )
    return rows


def _columns(case: Case, rows: Sequence[CaseEvent], events: Sequence[Event]) -> list[OpenDeadline]:
    case.version = len(rows)
    unknown = fresh.unknown_days(rows)
    seen = view(events, (), clock.today(), born=case.person.born)
    return fresh.put(case, seen, events, unknown=unknown)


def _person(record: Record) -> Person:
    text = {name: str(record.get(name, "")) for name in _NAMES}
    return Person(born=day(record["birth_date"]) if record.get("birth_date") else None, **text)


_NAMES: Final = ("surname", "forename", "sex", "ethnicity", "postcode", "upn", "uln", "upn_unknown")


def _need(record: Record) -> str:
    needs: list[Any] = [
        need for request in record.get("requests", ()) for need in first(request, "activeplans").get("senneed", ())
    ]
    ranked = sorted(needs, key=lambda need: str(need.get("sen_type_rank", "9")))
    return str(ranked[0].get("sen_type", "")) if ranked else ""


def _now_at(record: Record) -> str:
    """The code of the setting where the person is, "" where it is none that has one."""
    stays = [
        stay
        for request in record.get("requests", ())
        for stay in first(request, "activeplans").get("placementdetail", ())
        if not stay.get("leaving_date") and stay.get("placement_rank") in (None, "1")
    ]
    latest = max(stays, key=lambda stay: str(stay.get("entry_date", "")), default={})
    return setting_code(latest)
