"""A SEN2 return in, and out again: the same records; and what was recorded since, put over them.

The oracle is the file that came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rightplace.area import store
from rightplace.casework import events as ev
from rightplace.errors import DataError
from rightplace.example.make import make_example
from rightplace.returns.sen2.reader import read
from rightplace.vocabulary.codes import ReviewOutcome
from rightplace.web.accounts.models import Organisation, User
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, CaseEvent
from rightplace.web.cases.store.record import record
from rightplace.web.load.facts import Facts
from rightplace.web.load.load import load_return
from rightplace.web.load.returned import write_return
from rightplace.web.load.since import put_over
from rightplace.web.placement.stays import begin


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "example"
    make_example(folder, plans=500)
    return folder


@pytest.fixture(scope="module")
def loaded(example: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The example loaded once for this file; taken out again at its end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        ret = read([example / "sen2" / "sen2_2026.xml"])[0]
        yield load_return(ret, settings=store.load(example / "area")["settings"])
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def test_what_comes_out_is_what_went_in(loaded: Any, example: Path, tmp_path: Path) -> None:
    written = write_return(tmp_path / "out.xml")
    before = (example / "sen2" / "sen2_2026.xml").read_bytes()
    assert (tmp_path / "out.xml").read_bytes() == before
    assert written.people == loaded.cases == before.count(b"<Person>")


def test_plans_in_place_are_plans_in_force(loaded: Any, example: Path) -> None:
    ret = read([example / "sen2" / "sen2_2026.xml"])[0]
    in_place = ret.tables["namedplan"]["cease_date"].null_count()
    in_force = ("in_force", "ceasing_considered", "cease_decided")
    assert Case.objects.filter(plan_state__in=in_force).count() == in_place
    assert sum(loaded.left_out.values()) < in_place / 20


def test_no_clock_is_shown_that_starts_on_a_day_that_was_inferred(loaded: Any) -> None:
    for case in Case.objects.prefetch_related("events", "open_deadlines"):
        rows = case.events.all()
        guessed = {row.day for row in rows if row.inferred} - {row.day for row in rows if not row.inferred}
        assert not guessed & {row.started for row in case.open_deadlines.all()}


def test_a_plan_that_was_reviewed_has_the_clock_of_its_next_review(loaded: Any) -> None:
    """Regulation 18 of the SEND Regulations 2014: within twelve months of the last review."""
    reviewed = Case.objects.filter(
        plan_state="in_force", review_state="no_review", events__kind="review_decided", events__inferred=False
    ).distinct()
    kept = [case for case in reviewed if not case.open_deadlines.filter(rule="review_due").exists()]
    assert reviewed.exists()
    assert not kept


def test_the_log_vouches_for_what_was_loaded(loaded: Any) -> None:
    found = verify()
    assert found.broken == ()
    assert found.events == loaded.events == CaseEvent.objects.count()


def test_what_was_recorded_by_the_census_day_is_put_over_and_later_is_not(loaded: Any, tmp_path: Path) -> None:
    officer = User.objects.create(username="officer", name="Olu", role="case_officer")
    case = next(
        case
        for case in Case.objects.filter(plan_state="in_force", review_state="no_review").order_by("pk")
        if case.last_event_on and case.last_event_on < date(2025, 12, 1)
    )
    place = case.returned.place
    before = [record_of(tmp_path, "a.xml", place)]
    record(case, ev.ReviewMeetingHeld(day=date(2025, 12, 2)), by=officer, version=case.version)
    case.refresh_from_db()
    decided = ev.ReviewDecided(day=date(2026, 1, 20), outcome=ReviewOutcome.MAINTAIN)
    record(case, decided, by=officer, version=case.version)
    after = record_of(tmp_path, "b.xml", place)
    assert after["review_meeting"] == "2025-12-02"
    assert after["last_review"] is None, "the decision was after the census day of 15 January 2026"
    assert before[0]["review_meeting"] != "2025-12-02"


def record_of(folder: Path, name: str, place: int) -> Any:
    """The active plan of the person at a place in the return."""
    write_return(folder / name)
    ret = read([folder / name])[0]
    requests = ret.tables["requests"].filter(ret.tables["requests"]["person_row"] == place)
    active = ret.tables["activeplans"]
    return active.filter(active["requests_row"].is_in(requests["row"].implode())).to_dicts()[-1]


def test_a_placement_recorded_since_ends_the_one_that_was_loaded(loaded: Any, tmp_path: Path) -> None:
    officer = User.objects.create(username="placer", name="Pia", role="case_officer")
    case = next(
        one
        for one in Case.objects.filter(plan_state="in_force", setting__isnull=False).order_by("pk")
        if [
            stay.get("leaving_date") for stay in one.returned.items["requests"][-1]["activeplans"][0]["placementdetail"]
        ]
        == [None]
    )
    school = Organisation.objects.filter(kind="setting", code__regex=r"^[0-9]{6}$").exclude(pk=case.setting_id)[0]
    given = {"rank": "1", "setting": school.pk, "kind": "", "other": "", "entry": date(2026, 1, 5), "key": "since"}
    begin(case, given | {"sen_unit": False, "resourced": False, "residential": "", "work_based": ""}, by=officer)
    write_return(tmp_path / "c.xml")
    ret = read([tmp_path / "c.xml"])[0]
    people = ret.tables["requests"].filter(ret.tables["requests"]["person_row"] == case.returned.place)
    active = ret.tables["activeplans"].filter(ret.tables["activeplans"]["requests_row"].is_in(people["row"].implode()))
    stays = ret.tables["placementdetail"]
    held = stays.filter(stays["activeplans_row"].is_in(active["row"].implode())).to_dicts()
    assert [(one["leaving_date"], one["entry_date"] == "2026-01-05") for one in held] == [
        ("2026-01-05", False),
        (None, True),
    ]
    assert held[1]["urn"] == school.code


def test_a_second_load_is_refused(loaded: Any, example: Path) -> None:
    ret = read([example / "sen2" / "sen2_2026.xml"])[0]
    with pytest.raises(DataError, match="already"):
        load_return(ret)


def test_a_case_that_began_here_has_the_items_that_its_events_tell_of() -> None:
    """Item names and codes are those of DfE's SEN2 guide, modules 2 to 5."""
    told = (
        ev.RequestReceived(day=date(2025, 1, 6)),
        ev.AssessmentAgreed(day=date(2025, 2, 10)),
        ev.DraftPlanSent(day=date(2025, 4, 14)),
        ev.FinalPlanIssued(day=date(2025, 5, 19), setting="Marsh School"),
    )
    (request,) = put_over([], told, Facts(codes={"Marsh School": "900001"}))
    assert request["received_date"] == "2025-01-06"
    assert (request["request_source"], request["request_outcome"]) == ("1", "Y")
    assert request["request_outcome_date"] == "2025-02-10"
    (assessment,) = request["assessment"]
    assert (assessment["assessment_outcome"], assessment["assessment_outcome_date"]) == ("Y", "2025-05-19")
    (plan,) = assessment["namedplan"]
    assert plan["start_date"] == "2025-05-19"
    named = {"sen_unit_indicator": "0", "resourced_provision_indicator": "0"}
    assert plan["plandetail"] == [{"urn": "900001", "placement_rank": "1", **named}]
