"""Schools: what they owe, answers to consultations, advice, review paperwork, and the log of provision."""

from __future__ import annotations

import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.casework.states import State
from rightplace.web.accounts.models import Organisation
from rightplace.web.advice.models import Request
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Link
from rightplace.web.plans.models import PlanVersion
from rightplace.web.school import review_save
from rightplace.web.school.models import ConsultationAnswer, Delivered, ReviewPaper
from rightplace.web.school.scope import consultation
from rightplace.web.school.terms import term_of

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
NOW = "2026-05-05T10:00:00+01:00"
DRAFT = (("2026-01-05", "request_received"), ("2026-02-09", "assessment_agreed"), ("2026-04-20", "draft_plan_sent"))
CONTENT = [
    {"section": "E", "number": 5, "values": {"text": "By July 2027 follows two-step requests."}, "ties": []},
    {"section": "F", "number": 7, "values": {"text": "Speech therapy.", "how_much": "30 minutes"}, "ties": [5]},
]


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        made = _PEOPLE["area"]()
        PlanVersion.objects.create(
            case=made.one, number=1, kind="final_plan_issued", day=date(2025, 5, 19), event=4, content=CONTENT,
            seal="x", recorded_by="Case Officer", recorded_at=clock.now(),
        )  # fmt: skip
        yield made


def browser(area: Any, role: str) -> Client:
    return _PEOPLE["signed_in"](area.people[role])


@pytest.fixture
def school(area: Any) -> Client:
    return browser(area, "school")


@pytest.fixture
def asked(area: Any) -> Case:
    """A child of another school, about whom Marsh School is consulted."""
    case = _PEOPLE["make_case"](
        area.people["case_officer"], *DRAFT, ("2026-04-27", "setting_consulted", {"setting": "Marsh School"}),
        forename="Cy", officer=area.people["case_officer"], setting=area.elsewhere,
    )  # fmt: skip
    Link.objects.create(case=case, organisation=area.school, kind=Link.Kind.SETTING_ASKED, since=date(2026, 4, 27))
    return case


def address(name: str, case: Case, *more: Any) -> str:
    return reverse(name, args=[case.reference, *more])


def whole(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return _PAGES["whole"](response)


def day(name: str, text: str) -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def test_every_page_is_whole_and_quick(school: Client, area: Any, django_assert_max_num_queries: Any) -> None:
    places = [
        ("school_review", ()),
        ("school_reviews", ()),
        ("provision", ()),
        ("provision_log", (7,)),
        ("school_advice", ()),
    ]
    places += [("school_done", (kind,)) for kind in ("review_meeting_set", "review_invited", "review_papers_sent")]
    for name, more in places:
        with django_assert_max_num_queries(20):
            response = school.get(address(name, area.one, *more))
        whole(response)
    with django_assert_max_num_queries(20):
        whole(school.get(reverse("school")))
    assert school.get(address("school_done", area.one, "plan_ceased")).status_code == 403


def test_what_a_school_owes_with_its_days(school: Client, area: Any, asked: Case) -> None:
    officer = area.people["case_officer"]
    record = _PEOPLE["record"]
    for step in (("2026-04-30", "review_meeting_set", {"meeting": date(2026, 5, 29)}),):
        event = _PEOPLE["EVENTS"][step[1]](day=_PEOPLE["day"](step[0]), **step[2])
        area.one.refresh_from_db()
        record(area.one, event, by=officer, version=area.one.version)
    text = whole(school.get(reverse("school")))
    # Regulation 20(3) and (4): two weeks before 29 May. Code of practice 9.83: 15 days after 27 April.
    assert text.count("due 15 May 2026") == 2
    assert "due 12 May 2026" in text
    assert address("school_answer", asked) in text
    assert "Cy Marsh" in text
    assert "Ben Marsh" not in text


def test_a_trust_sees_all_its_schools_and_no_other(area: Any, asked: Case) -> None:
    text = whole(browser(area, "trust").get(reverse("school")))
    assert address("school_answer", asked) in text
    assert "Ada Marsh" in text
    stranger = _PEOPLE["person"]("school", area.elsewhere, name="stranger")
    other = whole(_PEOPLE["signed_in"](stranger).get(reverse("school")))
    assert address("school_answer", asked) not in other
    assert "Ada Marsh" not in other


def test_only_the_setting_that_was_asked_may_answer_even_where_two_share_a_name(area: Any, asked: Case) -> None:
    namesake = Organisation.objects.create(kind="setting", code="900009", name="Marsh School")
    other = _PEOPLE["person"]("school", namesake, name="namesake")
    assert consultation(area.people["school"], asked) is not None
    assert consultation(other, asked) is None
    assert _PEOPLE["signed_in"](other).get(address("school_answer", asked)).status_code == 403
    # Being asked opens the answer, and not the record.
    assert browser(area, "school").get(address("provision", asked)).status_code == 403


def test_an_answer_is_an_event_with_its_ground_and_is_sent_once(school: Client, asked: Case, area: Any) -> None:
    at = address("school_answer", asked)
    text = whole(school.get(at))
    assert "an answer is expected by 12 May 2026" in text
    form = {"key": "a", "version": "0", "can_meet": "no", "ground": "", "why": "No room in Year 7 for more support."}
    assert "Select the ground" in whole(school.post(at, form))
    form["ground"] = "others"
    assert school.post(at, form).status_code == 302
    # Once answered, it no longer waits: the second press is told so and changes nothing.
    assert school.post(at, form).status_code == 403
    assert asked.events.filter(kind="setting_answered").get().facts == {"setting": "Marsh School", "can_meet": False}
    held = ConsultationAnswer.objects.get()
    assert (held.answers["ground"], held.event) == ("others", 5)
    read = whole(browser(area, "case_officer").get(address("school_answers", asked)))
    assert "Attendance would be incompatible with the efficient education of others" in read
    assert "No room in Year 7" in read
    assert at not in whole(school.get(reverse("school")))


def test_the_schools_advice_is_saved_and_given(school: Client, area: Any) -> None:
    officer = area.people["case_officer"]
    case = _PEOPLE["make_case"](
        officer,
        *DRAFT[:2],
        ("2026-04-20", "advice_requested", {"adviser": "education"}),
        forename="Cy",
        setting=area.school,
    )
    waiting = Request.objects.create(
        case=case, adviser="education", asked_of="Marsh School", asked_on=date(2026, 4, 20), event=3
    )
    at = address("school_advice", case)
    assert at in whole(school.get(reverse("school")))
    assert school.post(at, {"key": "s", "version": "0", "needs": "Reading", "save": "yes"}).status_code == 302
    assert "Reading" in whole(school.get(at))
    assert "Enter the outcomes" in whole(
        school.post(at, {"key": "g", "version": "1", "needs": "Reading", "provision": "x", "give": "yes"})
    )
    stale = {"key": "c", "version": "0", "needs": "Mine", "provision": "x", "outcomes": "y", "give": "yes"}
    assert "Someone saved this" in whole(school.post(at, stale))
    full = {"key": "g", "version": "1", "needs": "Reading", "provision": "x", "outcomes": "y", "give": "yes"}
    assert school.post(at, full).status_code == 302
    waiting.refresh_from_db()
    assert waiting.given_on == date(2026, 5, 5)
    assert case.events.filter(kind="advice_received").count() == 1
    assert "No advice waits for you." in whole(school.get(at))


def paper(**more: str) -> dict[str, str]:
    return {
        "attendees": "Ada, her mother, Ms Hill", "views_child": "I like art", "views_family": "Happy",
        "provision": "Given each week", "recommend": "amend", "changes": "More therapy", "outcome_5": "Nearly there",
        **day("meeting", "2026-04-28"), **more,
    }  # fmt: skip


def test_review_paperwork_is_filled_in_from_the_plan_and_the_case(school: Client, area: Any) -> None:
    event = _PEOPLE["EVENTS"]["review_meeting_set"](day=date(2026, 3, 2), meeting=date(2026, 4, 28))
    _PEOPLE["record"](area.one, event, by=area.people["case_officer"], version=area.one.version)
    text = whole(school.get(address("school_review", area.one)))
    assert re.search(r'name="meeting_day"[^>]*value="28"', text)
    assert "Progress towards outcome E1: By July 2027 follows two-step requests." in text
    assert "Speech therapy." in text
    assert "Ada Marsh" in text


def test_review_paperwork_is_saved_returned_to_and_sent_once(school: Client, area: Any) -> None:
    at = address("school_review", area.one)
    assert school.post(at, {"key": "s", "version": "0", "views_child": "I like art", "save": "yes"}).status_code == 302
    assert "I like art" in whole(school.get(at))
    missing = whole(school.post(at, {"key": "p", "version": "1", "send": "yes", "views_child": "I like art"}))
    assert "Enter: day of the meeting" in missing
    assert "Select: what the meeting recommends" in missing
    assert "has not been held yet" in whole(
        school.post(at, paper(key="p", version="1", send="yes", **day("meeting", "2026-06-01")))
    )
    for _ in range(2):
        assert school.post(at, paper(key="p", version="1", send="yes")).status_code == 302
    kinds = list(area.one.events.order_by("number").values_list("kind", "day"))[4:]
    assert kinds == [("review_meeting_held", date(2026, 4, 28)), ("review_report_sent", date(2026, 5, 5))]
    area.one.refresh_from_db()
    assert area.one.review_state == State.REPORTED.value
    assert ReviewPaper.objects.filter(sent_at__isnull=False).count() == 1
    for role in ("school", "case_officer", "parent"):
        text = whole(browser(area, role).get(address("school_reviews", area.one)))
        assert "Nearly there" in text
        assert "Change the plan" in text
    assert verify().broken == ()


def test_two_who_write_one_paper_see_each_others_text(school: Client, area: Any) -> None:
    at = address("school_review", area.one)
    other = browser(area, "trust")
    assert school.post(at, {"key": "1", "version": "0", "views_family": "Happy", "save": "yes"}).status_code == 302
    told = whole(other.post(at, {"key": "2", "version": "0", "views_family": "Worried", "save": "yes"}), status=409)
    assert "School saved this since you opened it" in told
    assert "Happy" in told
    assert ">Worried</textarea>" in told
    assert review_save.in_hand(area.one).entered["views_family"] == "Happy"
    assert other.post(at, {"key": "3", "version": "1", "views_family": "Worried", "save": "yes"}).status_code == 302
    assert review_save.in_hand(area.one).entered["views_family"] == "Worried"


def test_text_kept_after_a_time_out_does_not_hide_what_a_colleague_saved_since(school: Client, area: Any) -> None:
    at = address("school_review", area.one)
    given = re.search(r'name="mark" value="([^"]+)"', school.get(at).content.decode())[1]
    Client().post(at, {"key": "1", "version": "0", "mark": given, "views_family": "Mine", "save": "yes"})
    other = browser(area, "trust")
    assert other.post(at, {"key": "2", "version": "0", "views_family": "Theirs", "save": "yes"}).status_code == 302
    text = whole(school.get(at))
    assert ">Mine</textarea>" in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    told = whole(school.post(at, {"key": "3", "version": version, "views_family": "Mine", "save": "yes"}), status=409)
    assert "Theirs" in told


def test_a_report_that_the_process_does_not_allow_is_refused_and_kept(school: Client, area: Any) -> None:
    case = _PEOPLE["make_case"](area.people["case_officer"], *DRAFT, forename="Cy", setting=area.school)
    at = address("school_review", case)
    text = whole(school.post(at, paper(key="p", version="0", send="yes")))
    assert "cannot be recorded" in text
    assert "I like art" in text
    assert not ReviewPaper.objects.exists()
    assert case.events.count() == 3


def test_steps_of_a_review_are_recorded_by_the_school(school: Client, area: Any) -> None:
    form = {"key": "m", "version": str(area.one.version), **day("day", "2026-05-01"), **day("meeting", "2026-05-29")}
    assert school.post(address("school_done", area.one, "review_meeting_set"), form).status_code == 302
    invited = {"key": "i", "version": str(area.one.version), **day("day", "2026-05-04")}
    assert "moved on since" in whole(
        school.post(address("school_done", area.one, "review_invited"), invited), status=409
    )
    area.one.refresh_from_db()
    invited["version"] = str(area.one.version)
    assert school.post(address("school_done", area.one, "review_invited"), invited).status_code == 302
    assert list(area.one.events.order_by("number").values_list("kind", flat=True))[4:] == [
        "review_meeting_set",
        "review_invited",
    ]


def test_the_log_of_provision_is_summed_by_term_for_all_who_may_see_it(school: Client, area: Any) -> None:
    at = address("provision_log", area.one, 7)
    given = {"version": "0", "given": "yes", "minutes": "30", "who": "Therapist"}
    for key, when in (("1", "2026-04-20"), ("2", "2026-04-27"), ("2", "2026-04-27"), ("3", "2026-02-02")):
        assert school.post(at, {**given, "key": key, **day("day", when)}).status_code == 302
    not_given = {"key": "4", "version": "0", "given": "no", **day("day", "2026-05-04")}
    assert "Enter why it was not given." in whole(school.post(at, not_given))
    assert school.post(at, {**not_given, "why_not": "Therapist away"}).status_code == 302
    assert "Enter how many minutes" in whole(
        school.post(at, {"key": "5", "version": "0", "given": "yes", **day("day", "2026-05-04")})
    )
    assert "has not come yet" in whole(school.post(at, {**given, "key": "6", **day("day", "2026-05-06")}))
    assert Delivered.objects.count() == 4
    for role in ("school", "trust", "case_officer", "parent", "young_person"):
        text = whole(browser(area, role).get(address("provision", area.one)))
        rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr.*?</tr>", text, flags=re.S)]
        summer = next(row for row in rows if "Summer 2026" in row)
        spring = next(row for row in rows if "Spring 2026" in row)
        assert re.findall(r"\|(\d+)\|", summer) == ["2", "1", "60"]
        assert re.findall(r"\|(\d+)\|", spring) == ["1", "0", "30"]
        assert "Therapist away" in text
    assert browser(area, "parent").get(at).status_code == 403


def test_terms_are_whole_months() -> None:
    assert term_of(date(2026, 3, 31)).words == "Spring 2026 (January to March)"
    assert term_of(date(2026, 4, 1)).words == "Summer 2026 (April to August)"
    assert term_of(date(2026, 9, 1)).words == "Autumn 2026 (September to December)"


def test_an_entry_of_another_childs_plan_cannot_be_logged(school: Client, area: Any) -> None:
    assert school.get(address("provision_log", area.one, 99)).status_code == 403
    assert school.get(address("provision_log", area.other, 7)).status_code == 403
