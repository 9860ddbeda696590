"""Fifty thousand cases, written to an empty PostgreSQL in bulk, for the load test of the service.

Some thousand lives are lived through the law's process, which refuses what it does not allow; cases are copies of them, each with its
own person, officer and school, and with its own chain of seals. Their number is a prime, so that an officer holds many kinds.
The law is of 2014, so no life can be twenty years long: the years of a life pass in seven months each, so that it holds as many
events as twenty years would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any, Final

YEARS: Final = 20
LIVES: Final = 997
OFFICERS: Final = 250
SETTINGS: Final = 400
SOURCE: Final = "Made up for the load test"
Days = tuple[int, str, dict[str, Any]]
_LAW: Final = date(2014, 9, 1)
_A_YEAR: Final = 218
_PLAN: Final[tuple[Days, ...]] = (
    (0, "request_received", {}), (35, "assessment_agreed", {}), (98, "draft_plan_sent", {}), (133, "final_plan_issued", {}),
)  # fmt: skip
_REVIEW: Final[tuple[Days, ...]] = ((0, "review_meeting_held", {}), (12, "review_report_sent", {}))
_END: Final[tuple[Days, ...]] = (
    (0, "cease_consulted", {}),
    (20, "cease_decided", {"ground": "not_necessary", "reviewed": True, "outcomes_considered": True}),
    (150, "plan_ceased", {}),
)

Step = tuple[date, str, dict[str, Any]]
_EVENT: Final = (
    "case_id", "number", "kind", "day", "facts", "inferred", "source", "recorded_by", "recorder", "recorded_at", "before",
    "seal",
)  # fmt: skip
_DEADLINE: Final = ("rule", "about", "owner", "duty", "excused", "started", "due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One life: when the person was born, what stands in the columns of a case, in its open deadlines, and its events.

    An event is its columns from ``number`` to ``recorded_at``, and the end of its sealed text, after the reference.
    """

    born: date
    columns: tuple[Any, ...]
    deadlines: tuple[tuple[Any, ...], ...]
    events: tuple[tuple[tuple[Any, ...], str], ...]


def make(cases: int) -> int:
    """Cases with their events, and a row of the log that vouches for them; gives the number of events."""
    from django.db import connection, transaction

    from rightplace.calendar import clock
    from rightplace.web.accounts.models import Organisation, User
    from rightplace.web.audit import log

    at = clock.now()
    lives = [_life(number, at) for number in range(min(LIVES, cases))]
    Organisation.objects.bulk_create(
        Organisation(kind="setting", code=f"9{n:05}", name=f"School {n}") for n in range(SETTINGS)
    )
    officers = list(User.objects.filter(role="case_officer").order_by("pk").values_list("pk", flat=True))
    schools = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    digest = sha256()
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(cursor, "cases_person", ("id", *_PERSON), (_person(n, lives) for n in range(cases)))
        _copy(
            cursor,
            "cases_case",
            ("id", *_CASE, *_columns()),
            (_case(n, lives, officers, schools) for n in range(cases)),
        )
        _copy(cursor, "cases_caseevent", _EVENT, (row for n in range(cases) for row in _events(n, lives, digest)))
        _copy(
            cursor, "cases_opendeadline", ("case_id", *_DEADLINE),
            ((n + 1, *row) for n in range(cases) for row in lives[n % len(lives)].deadlines),
        )  # fmt: skip
        for table in ("cases_person", "cases_case"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [cases])
        log.add(who="Load test", action="load", words=f"Loaded {cases} cases.", case=SOURCE, seals=digest.hexdigest())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return sum(len(lives[n % len(lives)].events) for n in range(cases))


def name(number: int) -> str:
    """A made-up name: many begin alike, as names do."""
    parts = ("ma", "be", "lo", "ti", "ra", "no", "ke", "su", "da", "vi")
    return "".join(parts[int(digit)] for digit in f"{number % 9973:04}").capitalize()


def _life(number: int, at: datetime) -> Life:
    from rightplace.casework.case import view
    from rightplace.web.cases.models import Case, Person
    from rightplace.web.cases.store import fresh
    from rightplace.web.cases.store.facts import to_event

    days = (at.date() - _LAW).days
    steps = list(_course(_LAW + timedelta(days=number * 379 % days), number, at.date()))
    events = [to_event(kind, day, facts) for day, kind, facts in steps]
    born = at.date() - timedelta(days=365 * 4 + number * 131 % (365 * 12))
    case = Case(person=Person(born=born), version=len(steps))
    due = fresh.put(case, view(events, (), at.date(), born=born), events)
    return Life(
        born=born,
        columns=tuple(getattr(case, column) for column in fresh.COLUMNS),
        deadlines=tuple(tuple(getattr(row, column) for column in _DEADLINE) for row in due),
        events=tuple(_event(place, step, at) for place, step in enumerate(steps, start=1)),
    )


def _course(first: date, number: int, today: date) -> Iterator[Step]:
    """A request, a plan and its reviews. Every third review amends the plan, and every fourth plan comes to its end.

    Nothing was done for some cases in the last year, so that each officer has work that is late.
    """
    until = today - timedelta(days=365) if number % 13 == 0 else today
    steps = [*_PLAN]
    lasts = YEARS if number % 4 else 1 + number // 4 % YEARS
    for year in range(lasts):
        start = 133 + (year + 1) * _A_YEAR - 110
        amends = (year + number) % 3 == 0
        steps += [(start + day, kind, facts) for day, kind, facts in _REVIEW]
        steps.append((start + 25, "review_decided", {"outcome": "A" if amends else "M"}))
        if amends:
            steps += [(start + 27, "amendment_notice_sent", {}), (start + 80, "amended_plan_issued", {})]
    if lasts < YEARS:
        steps += [(133 + lasts * _A_YEAR + 5 + day, kind, facts) for day, kind, facts in _END]
    for days, kind, facts in steps:
        if days == 0 or first + timedelta(days=days) <= until:
            yield first + timedelta(days=days), kind, facts


def _event(number: int, step: Step, at: datetime) -> tuple[tuple[Any, ...], str]:
    from rightplace.web.audit.seal import seal
    from rightplace.web.cases.models import Case, CaseEvent
    from rightplace.web.cases.store.record import said

    day, kind, facts = step
    row = CaseEvent(
        case=Case(reference=""), number=number, kind=kind, day=day, facts=facts, recorded_by="Load test", recorded_at=at,
        source=SOURCE,
    )  # fmt: skip
    words = said(row, "R000001")
    text = dumps({**words, "day": day.isoformat(), "recorded_at": _utc(at)}, sort_keys=True, ensure_ascii=False)
    end = text.removeprefix('{"case": "R000001"')
    assert seal("b", words) == sha256(_sealed("b", "R000001", end)).hexdigest(), "Events are sealed in another way now."
    columns = (number, kind, day, dumps(facts), False, SOURCE, "Load test", None, at)
    return columns, end


def _utc(at: datetime) -> str:
    from datetime import UTC

    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _sealed(before: str, reference: str, end: str) -> bytes:
    return f'{{"before": "{before}", "case": "{reference}"{end}'.encode()


def _events(number: int, lives: list[Life], digest: Any) -> Iterator[tuple[Any, ...]]:
    before, reference = "", _reference(number)
    for columns, end in lives[number % len(lives)].events:
        seal = sha256(_sealed(before, reference, end)).hexdigest()
        digest.update(seal.encode())
        yield (number + 1, *columns, before, seal)
        before = seal


_PERSON: Final = (
    "surname", "forename", "born", "sex", "ethnicity", "postcode", "upn", "uln", "upn_unknown", "family",
)  # fmt: skip
_CASE: Final = ("reference", "person_id", "officer_id", "setting_id", "need")


def _person(number: int, lives: list[Life]) -> tuple[Any, ...]:
    upn = f"H{number + 1:012}"
    born = lives[number % len(lives)].born
    return (number + 1, name(number), name(number * 7 + 3), born, "", "", "", upn, "", "", "")


def _case(number: int, lives: list[Life], officers: list[int], schools: list[int]) -> tuple[Any, ...]:
    held = (_reference(number), number + 1, officers[number % OFFICERS], schools[number % SETTINGS], "ASD")
    return (number + 1, *held, *lives[number % len(lives)].columns)


def _columns() -> tuple[str, ...]:
    from rightplace.web.cases.store import fresh

    return tuple(fresh.COLUMNS)


def _reference(number: int) -> str:
    return f"R{number + 1:06}"


def _copy(cursor: Any, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)
