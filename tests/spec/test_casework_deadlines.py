"""Every deadline rule by worked dates: the days are counted by hand from the words of the law, not by the program."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rightplace.casework.deadlines import RULES, Deadline, Status, deadlines
from rightplace.casework.process import replay
from rightplace.casework.terms import Adviser, AppealSubject, CeaseGround, OrderKind, PhaseMove
from rightplace.errors import RefusedError
from rightplace.vocabulary.codes import ReviewOutcome

_MADE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "casework_life.py"))
PLAN = _MADE["PLAN"]
day = _MADE["day"]
life = _MADE["life"]

Steps = tuple[Any, ...]
REQUEST = (("2026-01-05", "request_received"),)
REFUSED = (*REQUEST, ("2026-02-12", "assessment_refused"))
ASSESSING = (*REQUEST, ("2026-02-02", "assessment_agreed"))
NO_PLAN = (*ASSESSING, ("2026-04-13", "plan_refused"))
MET = (*PLAN, ("2026-03-02", "review_meeting_held"))
AMEND = {"outcome": ReviewOutcome.AMEND}
CEASE = (
    *PLAN,
    ("2026-03-02", "cease_consulted"),
    ("2026-04-01", "cease_decided", {"ground": CeaseGround.NOT_NECESSARY}),
)


def appealed(before: Steps, subject: AppealSubject, when: str) -> Steps:
    return (*before, (when, "appeal_lodged", {"subject": subject, "tribunal_permission": True}))


def ordered(before: Steps, subject: AppealSubject, order: OrderKind) -> Steps:
    return (*appealed(before, subject, "2026-05-01"), ("2026-09-07", "tribunal_ordered", {"order": order}))


def conceded(before: Steps, subject: AppealSubject) -> Steps:
    return (*appealed(before, subject, "2026-05-01"), ("2026-06-01", "appeal_conceded", {"subject": subject}))


WORKED: tuple[tuple[str, Steps, str], ...] = (
    # SI 2014/1530, regulation 5(1): within 6 weeks of receiving the request, 5 January 2026 being a Monday.
    ("assess_decision", REQUEST, "2026-02-16"),
    # Over Christmas: 42 days after 24 November 2025. No holiday moves it.
    ("assess_decision", (("2025-11-24", "request_received"),), "2026-01-05"),
    # Section 24: becoming responsible starts the same six weeks.
    ("assess_decision", (("2026-02-27", "brought_to_attention"),), "2026-04-10"),
    # Regulation 8(1): six weeks of the request for advice.
    ("advice_return", (*ASSESSING, ("2026-02-03", "advice_requested", {"adviser": Adviser.HEALTH})), "2026-03-17"),
    # Regulation 10(1): within 16 weeks of receiving the request.
    ("no_plan_decision", ASSESSING, "2026-04-27"),
    # Regulation 13(1): 15 days beginning with the day of service, 20 April being day 1.
    ("draft_response", (*ASSESSING, ("2026-04-20", "draft_plan_sent")), "2026-05-04"),
    # Code of practice, paragraph 9.83: within 15 days.
    (
        "setting_consult",
        (*ASSESSING, ("2026-04-20", "draft_plan_sent"), ("2026-04-21", "setting_consulted", {"setting": "Elm"})),
        "2026-05-06",
    ),
    # Regulation 13(2): within 20 weeks. 25 May 2026 is the spring bank holiday, and that moves nothing.
    ("final_plan", ASSESSING, "2026-05-25"),
    # Section 44(1): "12 months starting with the date on which the plan was first made". Surrey's information service works
    # it for a plan of 1 January 2019: by 31 December 2019.
    (
        "review_due",
        (
            ("2018-08-20", "request_received"),
            ("2018-10-01", "assessment_agreed"),
            ("2018-12-03", "draft_plan_sent"),
            ("2019-01-01", "final_plan_issued"),
        ),
        "2019-12-31",
    ),
    # Regulation 20(3) and (4): two weeks before the meeting.
    ("review_invite", (*PLAN, ("2026-01-12", "review_meeting_set", {"meeting": date(2026, 3, 2)})), "2026-02-16"),
    ("review_papers", (*PLAN, ("2026-01-12", "review_meeting_set", {"meeting": date(2026, 3, 2)})), "2026-02-16"),
    # Regulation 20: report within two weeks of the meeting; decision within four (20(10)).
    ("review_report", MET, "2026-03-16"),
    ("review_decision", MET, "2026-03-30"),
    # R (L, M and P) v Devon: 8 weeks from the notice and 12 from the meeting are the same day when the notice took all 4.
    (
        "amended_final",
        (*MET, ("2026-03-30", "review_decided", AMEND), ("2026-03-30", "amendment_notice_sent")),
        "2026-05-25",
    ),
    ("amended_final_from_meeting", MET, "2026-05-25"),
    # Regulation 25(1), as information services give it: 15 calendar days.
    ("reassess_reply", (*PLAN, ("2026-02-02", "reassessment_requested")), "2026-02-17"),
    # Regulation 27(2): within 14 weeks of the notification that there will be a re-assessment.
    ("reassess_final", (*PLAN, ("2026-02-16", "reassessment_agreed")), "2026-05-25"),
    # Regulation 18(1): before 15 February, before 31 March; 18(2): at least five months before.
    (
        "phase_transfer",
        (
            *PLAN,
            ("2025-09-08", "phase_transfer_expected", {"move": PhaseMove.OTHER_PHASE, "moves_on": date(2026, 9, 1)}),
        ),
        "2026-02-14",
    ),
    (
        "phase_transfer",
        (*PLAN, ("2025-09-08", "phase_transfer_expected", {"move": PhaseMove.POST_16, "moves_on": date(2026, 9, 1)})),
        "2026-03-30",
    ),
    (
        "phase_transfer",
        (
            *PLAN,
            (
                "2025-09-08",
                "phase_transfer_expected",
                {"move": PhaseMove.BETWEEN_POST_16, "moves_on": date(2026, 9, 1)},
            ),
        ),
        "2026-04-01",
    ),
    # Regulation 15(2): known 15 working days before the move, so on the day of the move. 1 to 22 June 2026 has no holiday.
    ("move_transfer", (*PLAN, ("2026-06-01", "move_out_learned", {"moves_on": date(2026, 6, 22)})), "2026-06-22"),
    # Known a day later: 15 working days beginning with Tuesday 2 June, which is day 1.
    ("move_transfer", (*PLAN, ("2026-06-02", "move_out_learned", {"moves_on": date(2026, 6, 22)})), "2026-06-22"),
    # Known after the move, on Monday 30 March 2026: Good Friday (3 April) and Easter Monday (6 April) are not counted.
    ("move_transfer", (*PLAN, ("2026-03-30", "move_out_learned", {"moves_on": date(2026, 3, 27)})), "2026-04-21"),
    # Regulation 15(4): within 6 weeks of the transfer.
    ("move_notify", (("2026-03-02", "moved_in", {"made_or_reviewed": date(2025, 10, 1)}),), "2026-04-13"),
    # Regulation 15(5): the later of 12 months beginning with the last review and 3 beginning with the transfer.
    ("move_review", (("2026-03-02", "moved_in", {"made_or_reviewed": date(2025, 10, 1)}),), "2026-09-30"),
    ("move_review", (("2026-03-02", "moved_in", {"made_or_reviewed": date(2025, 4, 1)}),), "2026-06-01"),
    # Section 45(4): kept until the two months to appeal have passed. 1 June 2026 is a Monday.
    ("cease_hold", CEASE, "2026-06-01"),
    # Regulation 33: within 2 months after the notice was sent.
    ("mediation_contact", REFUSED, "2026-04-12"),
    # Regulation 34: 3 working days. Told on Thursday 2 April 2026, before Easter.
    ("mediation_certificate", (*REFUSED, ("2026-04-02", "mediation_contacted")), "2026-04-09"),
    # Regulations 36 to 38: within 30 days.
    (
        "mediation_session",
        (*REFUSED, ("2026-03-02", "mediation_contacted", {"wants_mediation": True})),
        "2026-04-01",
    ),
    # SI 2008/2699, rule 20: two months; 12 April 2026 is a Sunday, so the Monday (rule 12).
    ("appeal", REFUSED, "2026-04-13"),
    # One month from the certificate, when that is later.
    (
        "appeal",
        (*REFUSED, ("2026-04-02", "mediation_contacted"), ("2026-04-08", "certificate_issued")),
        "2026-05-08",
    ),
    # Rule 12: a limit that ends in August moves to the first working day of September.
    ("appeal", (("2026-05-11", "request_received"), ("2026-06-15", "assessment_refused")), "2026-09-01"),
    # IPSEA's worked example: letter 1 October, certificate 29 November, so 29 December, so the first working day of January.
    (
        "appeal",
        (
            ("2025-09-01", "request_received"),
            ("2025-10-01", "assessment_refused"),
            ("2025-11-26", "mediation_contacted"),
            ("2025-11-29", "certificate_issued"),
        ),
        "2026-01-02",
    ),
    # Regulation 44(2)(b): 2, 10 and 14 weeks from an order of Monday 7 September 2026.
    ("order_assess", ordered(REFUSED, AppealSubject.NOT_ASSESS, OrderKind.ASSESS), "2026-09-21"),
    ("order_no_plan", ordered(REFUSED, AppealSubject.NOT_ASSESS, OrderKind.ASSESS), "2026-11-16"),
    ("order_assess_final", ordered(REFUSED, AppealSubject.NOT_ASSESS, OrderKind.ASSESS), "2026-12-14"),
    # Regulation 44(2)(c): draft in 5 weeks, final in 11.
    ("order_draft", ordered(NO_PLAN, AppealSubject.NO_PLAN, OrderKind.MAKE_PLAN), "2026-10-12"),
    ("order_final", ordered(NO_PLAN, AppealSubject.NO_PLAN, OrderKind.MAKE_PLAN), "2026-11-23"),
    # SEND18: change a plan in 5 weeks, the name of the school in 2.
    ("order_amend", ordered(PLAN, AppealSubject.CONTENT, OrderKind.AMEND), "2026-10-12"),
    ("order_name", ordered(PLAN, AppealSubject.SETTING, OrderKind.NAME_SETTING), "2026-09-21"),
    ("order_reconsider", ordered(NO_PLAN, AppealSubject.NO_PLAN, OrderKind.RECONSIDER), "2026-09-21"),
    # Regulation 45 as amended by SI 2015/359: 2, 10, 14 and 5 weeks from Monday 1 June 2026.
    ("conceded_assess", conceded(REFUSED, AppealSubject.NOT_ASSESS), "2026-06-15"),
    ("conceded_no_plan", conceded(REFUSED, AppealSubject.NOT_ASSESS), "2026-08-10"),
    ("conceded_assess_final", conceded(REFUSED, AppealSubject.NOT_ASSESS), "2026-09-07"),
    ("conceded_draft", conceded(NO_PLAN, AppealSubject.NO_PLAN), "2026-07-06"),
    ("conceded_final", conceded(NO_PLAN, AppealSubject.NO_PLAN), "2026-08-17"),
    ("conceded_contents", conceded(PLAN, AppealSubject.CONTENT), "2026-07-06"),
    ("conceded_name", conceded(PLAN, AppealSubject.SETTING), "2026-06-15"),
)


def the(rule: str, steps: Steps, on: str = "2026-12-31", exemptions: tuple[Any, ...] = ()) -> Deadline:
    held = [d for d in deadlines(replay(life(*steps)), exemptions, day(on)) if d.rule.id == rule]
    return held[-1]


@pytest.mark.parametrize(("rule", "steps", "due"), WORKED, ids=[f"{row[0]}-{row[2]}" for row in WORKED])
def test_a_deadline_falls_on_the_day_the_law_says(rule: str, steps: Steps, due: str) -> None:
    """Hand-counted from the wording quoted beside each case."""
    assert the(rule, steps).due == day(due)


def test_every_rule_has_a_worked_date() -> None:
    """No rule without a case, and no case without a rule."""
    assert {row[0] for row in WORKED} == {rule.id for rule in RULES}


def test_no_rule_is_a_pause() -> None:
    """A deadline's due day depends on its own events only: advice that is late moves none of the authority's limits."""
    late = (*ASSESSING, ("2026-02-03", "advice_requested", {"adviser": Adviser.PSYCHOLOGIST}))
    assert the("final_plan", late).due == the("final_plan", ASSESSING).due
    chased = (*late, ("2026-03-25", "advice_requested", {"adviser": Adviser.PSYCHOLOGIST}))
    assert the("advice_return", chased).due == day("2026-03-17")


@pytest.mark.parametrize(
    ("on", "status"), [("2026-02-16", Status.RUNNING), ("2026-02-17", Status.OVERDUE), ("2026-01-05", Status.RUNNING)]
)
def test_the_last_day_is_in_time_and_the_next_is_not(on: str, status: Status) -> None:
    """Regulation 5(1): six weeks from 5 January 2026 end with 16 February."""
    assert the("assess_decision", REQUEST, on).status is status


def test_a_deadline_is_met_or_met_late_by_the_event_that_meets_it() -> None:
    """20 weeks end on 25 May 2026."""
    drafted = (*ASSESSING, ("2026-04-20", "draft_plan_sent"))
    assert the("final_plan", (*drafted, ("2026-05-25", "final_plan_issued"))).status is Status.MET
    late = the("final_plan", (*drafted, ("2026-05-26", "final_plan_issued")))
    assert (late.status, late.met, late.due) == (Status.MET_LATE, day("2026-05-26"), day("2026-05-25"))


def test_a_deadline_falls_away_when_the_case_takes_another_course() -> None:
    """No final plan is owed after a refusal to assess or a withdrawal, and none was started before a request."""
    assert the("final_plan", REFUSED).status is Status.ENDED
    assert the("final_plan", (*ASSESSING, ("2026-03-01", "request_withdrawn"))).status is Status.ENDED
    assert the("review_due", REQUEST).status is Status.NOT_STARTED


def test_a_decision_to_amend_counts_only_with_the_proposed_amendments() -> None:
    """R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin): the 4-week notice must hold the amendments."""
    bare = (*MET, ("2026-03-30", "review_decided", AMEND))
    assert the("review_decision", bare, "2026-03-31").status is Status.OVERDUE
    assert the("review_decision", (*bare, ("2026-03-30", "amendment_notice_sent"))).status is Status.MET
    assert the("review_decision", (*bare, ("2026-04-02", "amendment_notice_sent"))).status is Status.MET_LATE


def test_the_next_review_runs_from_the_decision_and_not_from_the_meeting() -> None:
    """Section 44(1)(b); a review is complete with the decision."""
    decided = (*MET, ("2026-03-20", "review_decided", {"outcome": ReviewOutcome.MAINTAIN}))
    assert the("review_due", MET).due == day("2026-05-18")
    assert the("review_due", decided).due == day("2027-03-19")


def test_a_plan_is_kept_while_its_ceasing_can_be_or_is_appealed() -> None:
    """Section 45(4), and regulation 44(2)(a): a dismissed appeal ends the plan at once."""
    assert the("cease_hold", CEASE, "2026-05-31").status is Status.RUNNING
    waiting = (*CEASE, ("2026-05-29", "mediation_contacted"))
    assert the("cease_hold", waiting, "2026-07-01").due is None
    certified = (*waiting, ("2026-06-03", "certificate_issued"))
    assert the("cease_hold", certified).due == day("2026-07-03")
    before = (*certified, ("2026-06-20", "appeal_lodged", {"subject": AppealSubject.CEASE}))
    assert (the("cease_hold", before).due, the("cease_hold", before).status) == (None, Status.RUNNING)
    over = (*before, ("2026-11-02", "tribunal_ordered", {"order": OrderKind.DISMISS_CEASE}))
    assert the("cease_hold", (*over, ("2026-11-02", "plan_ceased"))).status is Status.MET


def test_each_decision_keeps_its_own_time_to_appeal() -> None:
    """A later decision on another subject does not cut short the time for an earlier one."""
    steps = (
        *PLAN,
        ("2026-02-02", "reassessment_requested"),
        ("2026-02-10", "reassessment_refused"),
        ("2026-03-02", "review_meeting_held"),
        ("2026-03-16", "review_decided", {"outcome": ReviewOutcome.MAINTAIN}),
        ("2026-03-20", "appeal_lodged", {"subject": AppealSubject.NOT_AMEND, "tribunal_permission": True}),
    )
    found = {d.started: d for d in deadlines(replay(life(*steps)), (), day("2026-03-31")) if d.rule.id == "appeal"}
    assert found[day("2026-02-10")].status is Status.RUNNING
    assert found[day("2026-03-16")].status is Status.MET


def test_a_certificate_belongs_to_the_decision_the_adviser_was_called_about() -> None:
    """Rule 20: one month from the certificate, for that decision and not for one made in between."""
    steps = (
        *PLAN,
        ("2026-02-02", "reassessment_requested"),
        ("2026-02-10", "reassessment_refused"),
        ("2026-03-30", "mediation_contacted"),
        ("2026-04-01", "review_meeting_held"),
        ("2026-04-07", "review_decided", {"outcome": ReviewOutcome.MAINTAIN}),
        ("2026-05-20", "certificate_issued"),
    )
    due = {d.started: d.due for d in deadlines(replay(life(*steps)), (), day("2026-05-31")) if d.rule.id == "appeal"}
    assert due[day("2026-02-10")] == day("2026-06-22")
    assert due[day("2026-04-07")] == day("2026-06-08")


def test_numbers_marked_unverified_make_a_rule_unverified() -> None:
    """What was not read at first hand is never shown as if it had been."""
    read = {rule.id: rule.verified(date(2026, 9, 1)) for rule in RULES}
    assert read["final_plan"]
    assert not read["reassess_reply"]
    assert not read["order_reconsider"]
    assert not read["setting_consult"]


def test_a_plan_is_not_transferred_before_the_move_and_nothing_is_owed_after_it() -> None:
    """Regulation 15(2) and (3): on the day of the move or in the time after it; then the new authority maintains it."""
    known = (*PLAN, ("2026-06-01", "move_out_learned", {"moves_on": date(2026, 6, 22)}))
    with pytest.raises(RefusedError, match="its day has not come"):
        replay(life(*known, ("2026-06-21", "plan_transferred")))
    moved = (*known, ("2026-06-22", "plan_transferred"))
    assert the("move_transfer", moved).status is Status.MET
    assert the("review_due", moved).status is Status.ENDED
