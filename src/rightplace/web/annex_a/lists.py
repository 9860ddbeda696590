"""The rows of the lists, from the live records as they are today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from rightplace.casework.states import IN_FORCE
from rightplace.errors import UserError
from rightplace.web.accounts.models import Organisation
from rightplace.web.annex_a.columns import GENDER, LIST_1, NOT_HELD, YES, ethnicity, need, phase
from rightplace.web.cases.models import Case, CaseEvent, ReturnFacts
from rightplace.web.cases.store.read import counted, struck_numbers
from rightplace.web.load.nested import Record
from rightplace.web.load.one import BESIDE, codes_of_settings, requests_of

_AT_A_TIME: Final = 1_000
_STATES: Final = [state.value for state in IN_FORCE]


def plans() -> Any:
    """Cases with a plan that this authority maintains."""
    return Case.objects.filter(plan_state__in=_STATES)


def list_1(on: date) -> Iterator[dict[str, str]]:
    """Everyone with a plan in force: a row by the headings of ``columns.LIST_1``. What is not known is ""."""
    codes, kinds, phases = codes_of_settings(), _kinds(), _phases()
    cases = plans().select_related("person").prefetch_related(*BESIDE).order_by("pk")
    returned = dict(ReturnFacts.objects.values_list("case_id", "items"))
    for case in cases.iterator(chunk_size=_AT_A_TIME):
        requests = requests_of(case, returned.get(case.pk, {}).get("requests", []), codes, on)
        yield dict.fromkeys(LIST_1, "") | _person(case) | _plan(case, requests) | _place(case, requests, kinds, phases)


def _person(case: Case) -> dict[str, str]:
    person = case.person
    return {
        "Unique ID": case.reference,
        "UPN": person.upn,
        "ULN": person.uln,
        "Date of birth": _day(person.born),
        "Gender": GENDER.get(person.sex, GENDER[""]),
        "Ethnicity": ethnicity(person.ethnicity),
    }


def _plan(case: Any, requests: list[Record]) -> dict[str, str]:
    rows = case.held_events
    known = [row for row in counted(rows, struck_numbers(rows)) if not row.inferred]
    plan = next(iter(_last(requests, "assessment").get("namedplan", ())), {})
    return {
        "Date initial EHC plan issued": _day(date.fromisoformat(plan["start_date"])) if plan.get("start_date") else "",
        "Date updated EHC plan issued": _latest(known, "amended_plan_issued"),
        "Date EHC plan last reviewed": _latest(known, "review_meeting_held"),
    }


def _place(case: Case, requests: list[Record], kinds: dict[str, str], phases: dict[str, str]) -> dict[str, str]:
    active = _last(requests, "activeplans")
    main, second = _current(active, "1"), _current(active, "2")
    needs = sorted(active.get("senneed", ()), key=lambda one: str(one.get("sen_type_rank", "9")))
    code = str(needs[0].get("sen_type", "")) if needs else case.need
    return {
        "SEN primary need": need(code),
        "Main education establishment – URN": str(main.get("urn", "")),
        "Main education establishment – phase": _phase(main, kinds, phases),
        "Subsidiary education establishment – phase (dual registration)": _phase(second, kinds, phases),
        "Elective home education": YES[main.get("sen_setting") == "EHE"] if main else "",
    }


def _phase(stay: Record, kinds: dict[str, str], phases: dict[str, str]) -> str:
    code = str(stay.get("urn") or stay.get("ukprn") or "")
    return phase(kinds.get(code, ""), phases.get(code, ""))


def _current(active: Record, rank: str) -> Record:
    held = [one for one in active.get("placementdetail", ()) if not one.get("leaving_date")]
    found = [one for one in held if str(one.get("placement_rank") or "1") == rank]
    return max(found, key=lambda one: str(one.get("entry_date", "")), default={})


def _last(requests: list[Record], table: str) -> Record:
    """The latest record of a table that stands in one of the requests."""
    return next((one[table][0] for one in reversed(requests) if one.get(table)), {})


def _latest(rows: list[CaseEvent], kind: str) -> str:
    return _day(max((row.day for row in rows if row.kind == kind), default=None))


def _day(when: date | None) -> str:
    return f"{when:%d/%m/%Y}" if when else ""


def _kinds() -> dict[str, str]:
    return dict(Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("code", "setting_kind"))


def _phases() -> dict[str, str]:
    """Phase of each setting in the area record, where there is one."""
    from rightplace.area import store

    if not Path(settings.AREA).exists():
        return {}
    try:
        frame = store.load(settings.AREA)["settings"]
    except UserError:
        return {}
    return {row["setting_id"]: row["phase"] for row in frame.select("setting_id", "phase").drop_nulls().to_dicts()}


def gaps(rows: list[dict[str, str]]) -> list[tuple[str, int]]:
    """How many rows have nothing in each column that the service could fill, those with none left out."""
    watched = [name for name in LIST_1 if name not in (*NOT_HELD, "UPN", "ULN", "Date updated EHC plan issued")]
    watched = [name for name in watched if not name.startswith("Subsidiary")]
    found = [(name, sum(not row[name] for row in rows)) for name in watched]
    without = sum(not row["UPN"] and not row["ULN"] for row in rows)
    return [(name, count) for name, count in [*found, ("UPN or ULN", without)] if count]
