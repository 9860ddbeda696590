"""Lives that began in the service leave it as a SEN2 return that the checks find no error in.

The oracle of each item is DfE's SEN2 guide of 2026 (who is in the return and with which outcome), and the rules of
``rightplace check``, which have tests of their own. The census day of 2026 was Thursday 15 January, its period the year 2025.
"""

from __future__ import annotations

import io
import runpy
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rightplace.casework.terms import AppealSubject, OrderKind, PhaseMove
from rightplace.returns.checks.run import check
from rightplace.returns.sen2.reader import read
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case, ReturnHeader
from rightplace.web.load.returned import write_return
from rightplace.web.placement.models import Stay
from rightplace.web.return_items.models import ReturnAnswers

_HERE = Path(__file__)
_PEOPLE = runpy.run_path(str(_HERE.parents[1] / "made" / "web_people.py"))
_WHOLE_CASE = runpy.run_path(str(_HERE.with_name("test_web_whole_case.py")))
whole = _WHOLE_CASE["whole"]
day, _day, Journey = _PEOPLE["day"], _WHOLE_CASE["_day"], _WHOLE_CASE["Journey"]
ITEMS = {
    "sex": "F", "ethnicity": "WBRI", "postcode": "zz1 1aa", "upn": "", "uln": "", "upn_unknown": "UN2", "need": "SLCN",
    "second_need": "ASD", "rya": "0", "pb": "1", "oa": "0", "dp": "E", "sen_unit": "0", "resourced": "0",
}  # fmt: skip


@pytest.fixture
def area(db: None) -> Any:
    made = _PEOPLE["area"]()
    # Only what a test makes is in its return.
    made.one.links.all().delete()
    for case in (made.one, made.other):
        case.events.all()._raw_delete("default")
    return made


def _header(area: Any) -> None:
    form = {"key": "h", "version": "0", "lea": "301", "dmo": "Y", "dco": "Y", "dsco": "R"}
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    assert manager.post(reverse("return_header"), form)["Location"] == reverse("return_header")


def _returned(folder: Path, *, severity: str = "error") -> tuple[Any, list[str]]:
    write_return(folder / "out.xml")
    ret = read([folder / "out.xml"])[0]
    found = check(ret).frame
    return ret, [f"{row['rule']}: {row['message']}" for row in found.to_dicts() if row["severity"] == severity]


def _answer(client: Any, case: Case, **more: str) -> Any:
    form = {"key": f"i{case.pk}", "version": "0"} | ITEMS | more
    return client.post(reverse("return_items", args=[case.reference]), form)


def _attend(client: Any, case: Case, place: Any, when: str, **more: str) -> Any:
    form = {"key": f"s{case.pk}{when}", "version": "0", "setting": str(place.pk), "rank": "1"}
    return client.post(reverse("stays", args=[case.reference]), form | _day(when, "entry") | more)


@time_machine.travel("2026-01-15 12:00 +0000")
def test_a_life_lived_through_the_pages_exports_with_no_error(area: Any, tmp_path: Path) -> None:
    """Request, assessment, plan, review and the move to secondary school in September 2025."""
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    go = Journey(officer)
    go.send(
        "intake", forename="Ida", surname="Fenn", born_day="1", born_month="10", born_year="2013", postcode="ZZ1 1AA",
        upn="", setting=str(area.school.pk), source="2", asked_by="Jo Fenn", reach="", how="letter", officer="",
        reason="", different="", **_day("2024-01-08", "received"),
    )  # fmt: skip
    go.case = Case.objects.get(person__surname="Fenn")
    ref = go.case.reference
    go.record("assessment_agreed", "2024-02-12")
    for letter, fields in (("A", {"text": "Ida draws."}), ("B", {"text": "Loses the thread."})):
        go.send("plan_add", ref, letter, version=0, **fields)
    go.issue("draft_plan_sent", "2024-04-22")
    go.send("placement_consult", ref, setting=str(area.school.pk), other="", **_day("2024-04-23"))
    go.issue("final_plan_issued", "2024-05-27", for_next_phase="no")
    with time_machine.travel("2024-10-01 12:00 +0000"):
        go.record(
            "phase_transfer_expected", "2024-10-01", move=PhaseMove.OTHER_PHASE.value, **_day("2025-09-01", "moves_on")
        )
    go.record("review_meeting_held", "2024-11-04")
    go.record("review_report_sent", "2024-11-11")
    go.record("review_decided", "2024-11-25", outcome="A", for_next_phase="no")
    go.issue("amendment_notice_sent", "2024-11-26")
    go.send("placement_consult", ref, setting=str(area.elsewhere.pk), other="", **_day("2024-12-02"))
    go.issue("amended_plan_issued", "2025-01-20", for_next_phase="yes")
    go.record("review_meeting_held", "2025-11-03")
    go.record("review_report_sent", "2025-11-10")
    go.record("review_decided", "2025-11-24", outcome="M", for_next_phase="no")
    assert _attend(officer, go.case, area.school, "2022-09-05").status_code == 302
    assert _attend(officer, go.case, area.elsewhere, "2025-09-03").status_code == 302
    _header(area)
    assert "Must be mended" in whole(officer.get(reverse("return_items", args=[ref])))
    assert _answer(officer, go.case).status_code == 302
    assert "Nothing is wrong" in whole(officer.get(reverse("return_items", args=[ref])))
    ret, errors = _returned(tmp_path)
    assert errors == []
    _, queries = _returned(tmp_path, severity="query")
    assert queries == []
    _holds(ret)
    go.case.refresh_from_db()
    assert (go.case.need, go.case.setting) == ("SLCN", area.elsewhere)
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    taken = manager.post(reverse("return_download"))
    assert taken["Content-Disposition"] == 'attachment; filename="sen2_2026.xml"'
    assert taken.content == (tmp_path / "out.xml").read_bytes()
    assert Entry.objects.filter(action="export").count() == 1
    whole_record = manager.post(reverse("record_export", args=[ref])).content
    with zipfile.ZipFile(io.BytesIO(whole_record)) as held:
        assert held.read("placement_stay.csv").count(b"Hill School") == 1
        assert b"SLCN" in held.read("return_items_returnanswers.csv")
        assert (
            held.read("plans_planversion.csv").count(b"_sent") + held.read("plans_planversion.csv").count(b"_issued")
            == 4
        )


def _holds(ret: Any) -> None:
    (request,) = ret.tables["requests"].to_dicts()
    assert (request["request_outcome"], request["received_date"]) == ("H", None), "decided before the period"
    (plan,) = ret.tables["namedplan"].to_dicts()
    assert (plan["start_date"], plan["pb"], plan["oa"], plan["dp"]) == ("2024-05-27", "1", "0", "E")
    (active,) = ret.tables["activeplans"].to_dicts()
    assert (active["review_meeting"], active["review_outcome"], active["last_review"]) == (
        "2025-11-03", "M", "2025-11-24",
    )  # fmt: skip
    assert (active["phase_transfer_due_date"], active["phase_transfer_final_date"]) == ("2025-02-15", "2025-01-20")
    stays = ret.tables["placementdetail"].to_dicts()
    assert [(one["urn"], one["entry_date"], one["leaving_date"]) for one in stays] == [
        ("900001", "2022-09-05", "2025-09-03"),
        ("900002", "2025-09-03", None),
    ]
    assert ret.tables["senneed"]["sen_type"].to_list() == ["SLCN", "ASD"]


LIVES = {
    "open": (("2025-12-15", "request_received"),),
    "attention": (("2025-12-15", "brought_to_attention", {"told_by": "Health visitor"}),),
    "refused": (("2025-09-01", "request_received"), ("2025-10-06", "assessment_refused")),
    "refused_before": (("2024-09-02", "request_received"), ("2024-10-07", "assessment_refused")),
    "withdrawn": (("2025-09-01", "request_received"), ("2025-09-15", "request_withdrawn")),
    "withdrawn_before": (("2024-09-02", "request_received"), ("2024-09-16", "request_withdrawn")),
    "assessing": (("2025-09-01", "request_received"), ("2025-10-06", "assessment_agreed")),
    "moved_away": (
        ("2025-09-01", "request_received"),
        ("2025-10-06", "assessment_agreed"),
        ("2025-11-03", "no_longer_responsible"),
    ),
    "no_plan": (
        ("2025-06-02", "request_received"),
        ("2025-07-07", "assessment_agreed"),
        ("2025-09-15", "plan_refused"),
        ("2025-10-06", "mediation_contacted", {"wants_mediation": True}),
        ("2025-10-20", "mediation_held"),
        ("2025-10-21", "certificate_issued"),
        ("2025-11-03", "appeal_lodged", {"subject": AppealSubject.NO_PLAN}),
    ),
    "appeal_won": (
        ("2025-03-03", "request_received"),
        ("2025-04-07", "assessment_refused"),
        ("2025-05-05", "mediation_contacted"),
        ("2025-05-06", "certificate_issued"),
        ("2025-05-20", "appeal_lodged", {"subject": AppealSubject.NOT_ASSESS}),
        ("2025-10-06", "tribunal_ordered", {"order": OrderKind.ASSESS}),
        ("2025-10-13", "assessment_agreed"),
    ),
    "new_plan": (
        ("2025-03-03", "request_received"),
        ("2025-04-07", "assessment_agreed"),
        ("2025-06-16", "draft_plan_sent"),
        ("2025-07-14", "final_plan_issued"),
    ),
    "moved_in": (
        ("2025-10-01", "moved_in", {"made_or_reviewed": date(2025, 3, 3)}),
    ),
    "moved_out": (
        ("2025-03-03", "request_received"),
        ("2025-04-07", "assessment_agreed"),
        ("2025-06-16", "draft_plan_sent"),
        ("2025-07-14", "final_plan_issued"),
        ("2025-10-01", "move_out_learned", {"moves_on": date(2025, 11, 3)}),
        ("2025-11-03", "plan_transferred"),
    ),
    "died_waiting": (("2025-09-01", "request_received"), ("2025-10-01", "died")),
}  # fmt: skip
OUTCOMES = {
    "open": ("A", None), "attention": ("A", None), "refused": ("N", None), "withdrawn": ("W", None),
    "assessing": ("Y", "A"), "moved_away": ("Y", None), "no_plan": ("Y", "N"), "appeal_won": ("Y", "A"),
    "new_plan": ("Y", "Y"), "moved_in": ("H", "H"), "moved_out": ("Y", "Y"), "died_waiting": ("W", None),
}  # fmt: skip
"""Request and assessment outcome of each, by the guide's table of who is in the return; those not named are not in it."""


@time_machine.travel("2026-01-15 12:00 +0000")
def test_each_kind_of_life_is_in_the_return_as_the_guide_says(area: Any, tmp_path: Path) -> None:
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    _header(area)
    for name, steps in LIVES.items():
        case = _PEOPLE["make_case"](area.people["case_officer"], *steps, forename=name, born="2014-05-02")
        assert _answer(officer, case, transfer_la="302", exported="303", named_as="OLA").status_code == 302
        if name in ("new_plan", "moved_in", "moved_out"):
            assert _attend(officer, case, area.school, "2024-09-03").status_code == 302
    ret, errors = _returned(tmp_path)
    assert errors == []
    people = dict(zip(ret.tables["person"]["row"], ret.tables["person"]["forename"], strict=True))
    assessed = {row["requests_row"]: row for row in ret.tables["assessment"].to_dicts()}
    rows = {people[row["person_row"]]: row for row in ret.tables["requests"].to_dicts()}
    found = {
        name: (row["request_outcome"], assessed.get(row["row"], {}).get("assessment_outcome"))
        for name, row in rows.items()
    }
    assert found == OUTCOMES
    assert rows["moved_away"]["exported"] == "303"
    assert (rows["appeal_won"]["request_mediation"], rows["appeal_won"]["request_tribunal"]) == ("0", "1")
    no_plan = assessed[rows["no_plan"]["row"]]
    assert (no_plan["assessment_mediation"], no_plan["assessment_tribunal"], no_plan["other_mediation"]) == (
        "1",
        "1",
        "0",
    )
    assert ret.tables["activeplans"].filter(ret.tables["activeplans"]["transfer_la"] == "302").height == 1
    ceased = ret.tables["namedplan"].drop_nulls("cease_date").to_dicts()
    assert [(one["cease_date"], one["cease_reason"]) for one in ceased] == [("2025-11-03", "5")]
    assert rows["attention"]["request_source"] == "5"


@time_machine.travel("2026-01-15 12:00 +0000")
def test_an_exemption_on_the_twenty_weeks_is_in_the_return(area: Any, tmp_path: Path) -> None:
    """Item 3.7. The plan of 21 July was due by 21 July: 20 weeks from Monday 3 March."""
    from rightplace.casework.exemptions import Exemption, ExemptionGround
    from rightplace.web.exemptions import save

    _header(area)
    who = area.people["case_officer"]
    for forename in ("With", "Without"):
        case = _PEOPLE["make_case"](who, *LIVES["new_plan"], forename=forename)
        if forename == "With":
            absence = Exemption(
                deadline="final_plan", ground=ExemptionGround.ABSENCE, starts=day("2025-04-07"), ends=day("2025-05-04"),
                evidence="Letter", decided_by="Mo Dean",
            )  # fmt: skip
            save.record(case, absence, by=who)
    write_return(tmp_path / "out.xml")
    assert read([tmp_path / "out.xml"])[0].tables["assessment"]["week20"].to_list() == ["1", "0"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"upn": "A12"}, "This is not a pupil number"),
        ({"uln": "1234567890"}, "This is not a learner number"),
        ({"postcode": "nowhere"}, "Enter a postcode like AB1 2CD."),
        ({"second_need": "SLCN"}, "Select another need than the primary one."),
        ({"need": ""}, "Select the primary need first."),
        ({"need": "XYZ"}, "among those shown"),
        ({"pb": "0"}, "parts of a personal budget"),
        ({"sen_unit": "1", "resourced": "1"}, "not in both"),
    ],
)
def test_answers_that_cannot_be_are_refused_in_the_form(area: Any, more: dict[str, str], words: str) -> None:
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    response = _answer(officer, area.one, **more)
    assert response.status_code == 200
    assert words in whole(response)
    assert not ReturnAnswers.objects.exists()


def test_answers_someone_saved_meanwhile_are_not_lost(area: Any) -> None:
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    assert _answer(officer, area.one).status_code == 302
    response = _answer(officer, area.one, key="other", need="MLD")
    assert "Someone saved other answers" in whole(response)
    assert ReturnAnswers.objects.get().values["need"] == "SLCN"
    assert "Changed of the person: sex, ethnicity, upn_unknown." in Entry.objects.get(action="return_answers").words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"setting": ""}, "Select a setting, or another arrangement below"),
        ({"kind": "EHE"}, "and not both"),
        ({"setting": "", "kind": "OTH"}, "Enter what it is."),
        ({"entry_year": "2099"}, "has not come yet"),
        ({"entry_year": "2001"}, "before the date of birth"),
        ({"setting": "", "kind": "EHE", "sen_unit": "on"}, "A unit or resourced provision is at a school"),
        ({"setting": "999999"}, "among those shown"),
    ],
)
def test_a_placement_that_cannot_be_is_refused(area: Any, more: dict[str, str], words: str) -> None:
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    response = _attend(officer, area.one, area.school, "2024-09-03", **more)
    assert words in whole(response)
    assert not Stay.objects.exists()


def test_a_placement_by_mistake_gives_the_school_nothing_once_it_is_struck_out(area: Any) -> None:
    """The setting of a case decides which school may open it."""
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    _attend(officer, area.one, area.school, "2024-09-03")
    _attend(officer, area.one, area.elsewhere, "2025-09-03")
    area.one.refresh_from_db()
    assert area.one.setting == area.elsewhere
    wrong = Stay.objects.get(setting=area.elsewhere)
    form = {"key": "x", "version": "0", "leaving_day": "", "leaving_month": "", "leaving_year": "", "struck": "A twin."}
    assert officer.post(reverse("stay", args=[area.one.reference, wrong.pk]), form).status_code == 302
    area.one.refresh_from_db()
    assert area.one.setting == area.school
    assert Stay.objects.get(setting=area.school).leaving is None
    assert officer.get(reverse("stay", args=[area.one.reference, wrong.pk])).status_code == 404
    assert "A twin." in whole(officer.get(reverse("stays", args=[area.one.reference])))
    assert _attend(officer, area.one, area.elsewhere, "2023-09-03").status_code == 200, "before one that is known"


def test_the_pages_hold_to_the_rules(area: Any, django_assert_max_num_queries: Any) -> None:
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    _attend(officer, area.one, area.school, "2024-09-03")
    for name, values in (("return_items", []), ("stays", []), ("stay", [Stay.objects.get().pk])):
        with django_assert_max_num_queries(20):
            whole(officer.get(reverse(name, args=[area.one.reference, *values])))
    whole(_PEOPLE["signed_in"](area.people["administrator"]).get(reverse("return_header")))
    assert not ReturnHeader.objects.exists()
    taken = _PEOPLE["signed_in"](area.people["administrator"]).post(reverse("return_download"), follow=True)
    assert "the header of the next is not known" in whole(taken)
