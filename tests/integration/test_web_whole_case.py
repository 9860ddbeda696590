"""One child from a parent's letter to a final plan, a review and a move to the next phase, through the pages alone.

The dates keep to the law's limits, counted on a calendar: request Monday 5 January 2026; six weeks 16 February, twenty weeks
25 May (SEND Regulations 2014, regulations 5(1) and 13(2)).
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.plans import save
from rightplace.web.plans.written import seal_of

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
day = _PEOPLE["day"]


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


def _day(text: str, name: str = "day") -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


class Journey:
    """A browser of an officer at work on one case."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.case: Any = None
        self.count = 0

    def send(self, name: str, *values: Any, version: int | None = None, **fields: Any) -> str:
        """Send a form as a person would, and give the page that follows it."""
        self.count += 1
        if self.case is not None:
            self.case.refresh_from_db()
        seen = version if version is not None else (self.case.version if self.case else 0)
        form = {"key": f"key-{self.count}", "version": str(seen), **fields}
        response = self.client.post(reverse(name, args=values), form, follow=True)
        text = whole(response)
        assert response.redirect_chain, f"{name} was not accepted: {text.split('<main')[1][:3000]}"
        return text

    def record(self, kind: str, when: str, **facts: str) -> None:
        """Record an event in its form."""
        self.send("record_event", self.case.reference, kind, **_day(when), **facts)

    def issue(self, kind: str, when: str, **more: str) -> None:
        """Issue the plan in hand."""
        self.send("plan_issue", self.case.reference, kind, seen=seal_of(save.in_hand(self.case)), **_day(when), **more)


@time_machine.travel("2026-11-22 12:00 +0000")
def test_a_request_becomes_a_plan_a_review_and_a_move(area: Any) -> None:
    go = Journey(_PEOPLE["signed_in"](area.people["case_officer"]))
    go.send(
        "intake", forename="Ida", surname="Fenn", born_day="1", born_month="10", born_year="2015", postcode="", upn="",
        setting=str(area.school.pk), source="1", asked_by="Jo Fenn", reach="", how="letter",
        officer=str(area.people["case_officer"].pk), reason="", different="", **_day("2026-01-05", "received"),
    )  # fmt: skip
    go.case = Case.objects.get(person__surname="Fenn")
    ref = go.case.reference
    assert go.case.next_due == day("2026-02-16")
    go.record("assessment_agreed", "2026-02-09")
    _advice(go, area)
    for letter, fields in (
        ("A", {"text": "Ida likes drawing."}),
        ("B", {"text": "Cannot follow long sentences."}),
        ("E", {"text": "By July 2027 retells a story in order.", "ties": ["5"]}),
        (
            "F",
            {
                "text": "A therapist works with her.",
                "how_much": "45 minutes",
                "how_often": "weekly",
                "ties": ["5", "6"],
            },
        ),
    ):
        go.send("plan_add", ref, letter, version=0, **fields)
    go.issue("draft_plan_sent", "2026-04-13")
    go.record("setting_preferred", "2026-04-20", setting="Marsh School")
    go.send("placement_consult", ref, setting=str(area.school.pk), other="", **_day("2026-04-21"))
    go.send("placement_answer", ref, setting="Marsh School", can_meet="yes", **_day("2026-04-28"))
    go.send(
        "placement_decide", ref, version=0, findings="0", named="Marsh School", kind="Mainstream primary school",
        reasons="It can meet her needs.", decided_by="Mo Dean", without_ground="", **_day("2026-05-05"),
    )  # fmt: skip
    go.send("plan_add", ref, "I", version=0, text="Marsh School", kind="Mainstream primary school")
    go.issue("final_plan_issued", "2026-05-18", for_next_phase="no")
    go.case.refresh_from_db()
    assert (go.case.plan_state, go.case.next_due) == ("in_force", day("2027-05-17"))
    letter = go.send(
        "letter_write", ref, to="Jo Fenn", reasons="We agree.", signed="Case Officer", mediation="Fair Talk",
        disagreement="Fair Talk", advice="Advice service",
    )  # fmt: skip
    assert "by 20 July 2026" in letter, "two months end on Saturday 18 July, so on the next working day"
    _move(go)
    assert verify().broken == ()


def _advice(go: Journey, area: Any) -> None:
    ref = go.case.reference
    go.send(
        "advice", ref, adviser="psychologist", user=str(area.people["psychologist"].pk), asked_of="", note="",
        **_day("2026-02-10"),
    )  # fmt: skip
    asked = go.case.advice_requests.get()
    texts = {"needs": "Loses the thread.", "provision": "45 minutes weekly.", "outcomes": "Retells a story."}
    with time_machine.travel("2026-03-20 12:00 +0000"):
        adviser = Journey(_PEOPLE["signed_in"](area.people["psychologist"]))
        adviser.count = 500
        adviser.send("advice_give", asked.pk, **texts, give="yes")
    go.send("advice", ref, adviser="education", user="", asked_of="Head, Marsh School", note="", **_day("2026-02-10"))
    head = go.case.advice_requests.get(adviser="education")
    go.send("advice_received", head.pk, **_day("2026-03-20"))
    go.send("plan_add", ref, "K", version=0, text="Parents' views of 1 March 2026.")


def _move(go: Journey) -> None:
    """The review of Year 6 names the secondary school before 15 February."""
    ref = go.case.reference
    with time_machine.travel("2026-09-15 12:00 +0000"):
        go.send("transfers_expect", year="2026", leaving="6", case=[ref])
    go.case.refresh_from_db()
    due = {row.rule: row.due for row in go.case.open_deadlines.all()}
    assert due["phase_transfer"] == day("2027-02-14")
    go.record("review_meeting_held", "2026-10-05")
    go.record("review_report_sent", "2026-10-12")
    go.record("review_decided", "2026-10-26", outcome="A", for_next_phase="no")
    go.send("plan_part", ref, 8, version=1, text="Hill School", kind="Mainstream secondary school")
    go.issue("amendment_notice_sent", "2026-10-27")
    go.record("representations_received", "2026-11-05", complete="yes", meeting_wanted="no")
    go.issue("amended_plan_issued", "2026-11-12", for_next_phase="yes")
    go.case.refresh_from_db()
    assert not go.case.open_deadlines.filter(rule="phase_transfer").exists()
    view = stand(go.case, day("2026-11-20")).view
    assert all(one.status.value != "met late" for one in view.deadlines)
    changed = whole(go.client.get(reverse("plan_changes", args=[ref]), {"before": "2", "after": "4"}))
    assert "[added:</span> Hill" in changed
