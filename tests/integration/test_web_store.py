"""Recording events: once, in order, by someone who saw the latest version, and never lost or changed.

What the process allows is that of ``casework``, held to the law's worked dates by its own tests; here it is whether the
store keeps what was recorded. The seal is compared with one worked out by hand with ``hashlib``.
"""

from __future__ import annotations

import hashlib
import json
import runpy
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from rightplace.casework.events import EVENTS
from rightplace.errors import DataError, RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.event_form import form_for
from rightplace.web.cases.event_words import LABELS
from rightplace.web.cases.models import Case, CaseEvent
from rightplace.web.cases.store.facts import hints, to_event, to_facts
from rightplace.web.cases.store.record import EditConflict, record, strike_out

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
day = _PEOPLE["day"]


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


def _meeting(when: str = "2026-03-02") -> Any:
    return EVENTS["review_meeting_held"](day=day(when))


def test_a_case_stands_where_its_events_lead(area: Any) -> None:
    case = area.one
    assert case.version == 4
    assert case.plan_state == "in_force"
    assert case.next_due == day("2026-05-18"), "12 months starting with 19 May 2025 (section 44(1)(a))"
    assert case.parent_until == day("2030-06-28"), (
        "last Friday in June of the school year of the 16th birthday, 2 May 2030"
    )


def test_the_same_form_sent_twice_is_recorded_once(area: Any) -> None:
    officer = area.people["case_officer"]
    first = record(area.one, _meeting(), by=officer, version=4, key="form 1")
    again = record(area.one, _meeting(), by=officer, version=4, key="form 1")
    assert again.pk == first.pk
    assert area.one.events.count() == 5


def test_the_loser_of_two_officers_sees_both_versions(area: Any) -> None:
    first, second = area.people["case_officer"], area.people["team_manager"]
    record(area.one, _meeting(), by=first, version=4)
    with pytest.raises(EditConflict) as conflict:
        record(area.one, _meeting("2026-03-09"), by=second, version=4)
    assert [row.kind for row in conflict.value.theirs] == ["review_meeting_held"]
    assert area.one.events.count() == 5
    client = _PEOPLE["signed_in"](second)
    address = reverse("record_event", args=[area.one.reference, "review_report_sent"])
    form = {"key": "k", "version": "4", "day_day": "11", "day_month": "3", "day_year": "2026"}
    shown = client.post(address, form)
    text = shown.content.decode()
    assert shown.status_code == 409
    assert "Review meeting held" in text
    assert 'value="11"' in text
    assert 'name="version" value="5"' in text
    assert client.post(address, form | {"version": "5"}).status_code == 302
    assert area.one.events.count() == 6


def test_what_the_process_refuses_is_not_recorded_and_the_reason_is_shown(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    address = reverse("record_event", args=[area.one.reference, "draft_plan_sent"])
    form = {"key": "k", "version": "4", "day_day": "1", "day_month": "6", "day_year": "2026", "names_setting": "no"}
    text = client.post(address, form).content.decode()
    assert "no re-assessment is under way" in text
    assert area.one.events.count() == 4


def test_a_day_that_has_not_come_is_refused(area: Any) -> None:
    with pytest.raises(RefusedError, match="has not come"):
        record(area.one, _meeting("2090-01-01"), by=area.people["case_officer"], version=4)


def test_an_event_struck_out_no_longer_counts_and_stays_in_the_record(area: Any) -> None:
    officer = area.people["case_officer"]
    record(area.one, _meeting(), by=officer, version=4)
    strike_out(area.one, 5, reason="Wrong child", by=officer, version=5)
    case = Case.objects.get(pk=area.one.pk)
    assert (case.version, case.review_state) == (6, "no_review")
    assert case.events.count() == 6
    with pytest.raises(RefusedError):
        strike_out(case, 2, reason="Not agreed after all", by=officer, version=6)
    assert case.events.count() == 6
    page = _PEOPLE["signed_in"](officer).get(reverse("case", args=[case.reference])).content.decode()
    assert "Struck out: Wrong child" in page


def test_an_event_is_never_changed_or_removed_through_the_models(area: Any) -> None:
    row = area.one.events.get(number=1)
    row.kind = "died"
    with pytest.raises(RefusedError):
        row.save()
    with pytest.raises(RefusedError):
        CaseEvent.objects.all().delete()
    with pytest.raises(RefusedError):
        CaseEvent.objects.all().update(kind="died")
    with pytest.raises(RefusedError):
        Entry.objects.first().delete()


def test_the_seal_is_the_hash_of_what_the_row_says_and_of_the_seal_before(area: Any) -> None:
    """Worked out again with nothing but hashlib and json, from the columns of the row."""
    first, second = area.one.events.order_by("number")[:2]
    at = second.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    said = {
        "before": first.seal, "case": area.one.reference, "number": 2, "kind": "assessment_agreed", "day": "2025-02-10",
        "facts": {}, "inferred": False, "source": "", "recorded_by": str(area.people["case_officer"]),
        "recorder": area.people["case_officer"].pk, "recorded_at": at,
    }  # fmt: skip
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    assert second.seal == hashlib.sha256(text.encode()).hexdigest()


TAMPERING = {
    "a fact of an event": ("UPDATE cases_caseevent SET day = '2025-02-11' WHERE number = 2", "event 2 was changed"),
    "an event removed": ("DELETE FROM cases_caseevent WHERE number = 4", "is missing"),
    "an event moved": ("UPDATE cases_caseevent SET number = 9 WHERE number = 4", "does not follow"),
    "words of a row": ("UPDATE audit_entry SET words = 'Looked at nothing.' WHERE number = 3", "row 3 was changed"),
    "a row removed": ("DELETE FROM audit_entry WHERE number = 3", "row 3 is missing"),
    "the last rows removed": ("DELETE FROM audit_entry WHERE number > 5", "should end at row 8"),
    "who did it": ("UPDATE audit_entry SET who_id = 999 WHERE number = 2", "row 2 was changed"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_a_change_behind_the_services_back_is_found(area: Any, what: str) -> None:
    statement, told = TAMPERING[what]
    assert verify().broken == ()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(told in fault for fault in verify().broken), verify().broken


def test_looking_at_a_record_is_in_the_log_with_who_and_whose(area: Any) -> None:
    parent = area.people["parent"]
    _PEOPLE["signed_in"](parent).get(reverse("family_case", args=[area.one.reference]))
    row = Entry.objects.first()
    assert (row.who_id, row.case, row.action) == (parent.pk, area.one.reference, "read")
    assert "Ada Marsh" in row.words


@pytest.mark.parametrize("kind", EVENTS)
def test_every_kind_of_event_has_a_form_and_comes_back_from_its_row_as_it_was(kind: str) -> None:
    made = EVENTS[kind]
    for name in hints(made):
        assert name in LABELS, f"the fact {name} of {kind} has no words"
    fields = form_for(kind).base_fields
    given: dict[str, Any] = {"key": "k", "version": "0", "day_day": "3", "day_month": "2", "day_year": "2026"}
    for name, (hint, _) in hints(made).items():
        if hint is day("2026-01-01").__class__:
            given |= {f"{name}_day": "5", f"{name}_month": "1", f"{name}_year": "2026"}
        else:
            given[name] = fields[name].choices[0][0] if hasattr(fields[name], "choices") else "Marsh School"
    form = form_for(kind)(given)
    assert form.is_valid(), form.errors
    event = form.event("Somebody")
    assert event.name() == kind
    row = json.loads(json.dumps(to_facts(event)))
    assert to_event(kind, event.day, row, "Somebody") == event


def test_a_row_of_another_version_is_told_not_guessed() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        to_event("no_such_event", day("2026-01-01"), {})
