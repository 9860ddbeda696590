"""What people are told of a case: where it is, who has it, and why, in words they can read."""

from __future__ import annotations

import re
import runpy
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from rightplace.casework import reference
from rightplace.casework.case import late, view
from rightplace.casework.case_words import for_family
from rightplace.casework.deadlines import RULES, Status
from rightplace.casework.events import EVENTS
from rightplace.casework.speech import speak
from rightplace.casework.states import State
from rightplace.casework.terms import Adviser, AppealSubject, CeaseGround, Owner, RightsHolder
from rightplace.casework.transitions import TRANSITIONS
from rightplace.errors import RefusedError

_MADE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "casework_life.py"))
PLAN, day, life = _MADE["PLAN"], _MADE["day"], _MADE["life"]

ASSESSING = (("2026-01-05", "request_received"), ("2026-02-02", "assessment_agreed"))
ADVICE = (*ASSESSING, ("2026-02-03", "advice_requested", {"adviser": Adviser.PSYCHOLOGIST}))
DRAFT = (*ASSESSING, ("2026-04-20", "draft_plan_sent"))


@pytest.mark.parametrize(
    ("steps", "on", "held_by"),
    [
        (ASSESSING[:1], "2026-01-06", (Owner.AUTHORITY,)),
        (ADVICE, "2026-03-01", (Owner.ADVISER,)),
        (
            (*ADVICE, ("2026-03-02", "advice_received", {"adviser": Adviser.PSYCHOLOGIST})),
            "2026-03-03",
            (Owner.AUTHORITY,),
        ),
        (DRAFT, "2026-05-04", (Owner.FAMILY,)),
        (DRAFT, "2026-05-05", (Owner.AUTHORITY,)),
        ((*DRAFT, ("2026-04-22", "setting_consulted", {"setting": "Elm"})), "2026-05-05", (Owner.SETTING,)),
        ((*PLAN, ("2026-03-02", "review_meeting_held")), "2026-03-03", (Owner.SETTING,)),
        ((*ASSESSING, ("2026-03-01", "request_withdrawn")), "2026-03-03", (Owner.NOBODY,)),
    ],
)
def test_the_view_says_who_has_the_case(steps: tuple[object, ...], on: str, held_by: tuple[Owner, ...]) -> None:
    """Whoever owes the next thing; a draft is with the family for 15 days, and then with us."""
    assert view(life(*steps), (), day(on)).held_by == held_by


def test_a_view_of_a_past_day_knows_nothing_later() -> None:
    """Replay: the case as it stood at the end of that day."""
    seen = view(life(*PLAN), (), day("2025-03-01"))
    assert (seen.situation.plan, seen.later) == (State.ASSESSING, 2)
    assert {due.rule.id for due in seen.shown(Status.RUNNING)} == {"no_plan_decision", "final_plan"}


def test_what_is_late_is_a_duty_past_its_day() -> None:
    """Sixteen weeks pass without a word: that is late only if the word would be no."""
    seen = view(life(*ADVICE), (), day("2026-05-26"))
    assert [due.rule.id for due in late(seen)] == ["advice_return", "final_plan"]


def test_rights_pass_after_the_last_friday_in_june_of_year_11() -> None:
    """Education Act 1996, section 8; the School Leaving Date for those 16 by 31 August 2026 is 26 June 2026."""
    events = life(*PLAN)
    before = view(events, (), date(2026, 6, 26), born=date(2010, 1, 15))
    after = view(events, (), date(2026, 6, 27), born=date(2010, 1, 15))
    assert (before.rights, after.rights) == (RightsHolder.PARENT, RightsHolder.YOUNG_PERSON)
    assert "Mental Capacity Act 2005" in after.rights_note
    assert "26 June 2026" in before.rights_note
    assert "not known" in view(events, (), date(2026, 6, 27)).rights_note
    assert after.family_stage[0].startswith("You have a plan")


CEASING = (*PLAN, ("2026-03-02", "cease_consulted"))


@pytest.mark.parametrize(
    ("steps", "born", "reason"),
    [
        ((*ASSESSING, ("2026-03-01", "draft_plan_sent", {"names_setting": True})), None, "must not name a setting"),
        ((*DRAFT, ("2026-05-04", "final_plan_issued")), None, "has 15 days"),
        ((*DRAFT, ("2026-05-05", "final_plan_issued", {"setting": "Elm"})), None, "was not consulted"),
        ((*ASSESSING, ("2026-03-02", "advice_received", {"adviser": Adviser.HEALTH})), None, "No advice was asked for"),
        (
            (
                *ASSESSING,
                (
                    "2026-03-02",
                    "advice_reused",
                    {
                        "adviser": Adviser.HEALTH,
                        "provider_agrees": True,
                        "authority_agrees": True,
                        "family_agrees": False,
                    },
                ),
            ),
            None,
            "its provider, the authority and the family",
        ),
        ((*PLAN, ("2026-03-02", "amended_plan_issued")), None, "No amendments were proposed"),
        (
            (
                *PLAN,
                ("2026-03-02", "cease_consulted", {"setting": False}),
                ("2026-03-03", "cease_decided", {"ground": CeaseGround.NOT_NECESSARY}),
            ),
            None,
            "Both the family and the setting",
        ),
        (
            (*CEASING, ("2026-04-01", "cease_decided", {"ground": CeaseGround.LEFT_EDUCATION, "reviewed": True})),
            date(2008, 4, 2),
            "needs an age",
        ),
        (
            (*CEASING, ("2026-04-01", "cease_decided", {"ground": CeaseGround.LEFT_EDUCATION})),
            date(2008, 4, 1),
            "A review must first find",
        ),
        (
            (*CEASING, ("2026-04-01", "cease_decided", {"ground": CeaseGround.NOT_NECESSARY})),
            date(2007, 4, 1),
            "From 19",
        ),
        (
            (
                *CEASING,
                ("2026-04-01", "cease_decided", {"ground": CeaseGround.NOT_NECESSARY}),
                ("2026-06-01", "plan_ceased"),
            ),
            None,
            "is kept until the time to appeal has passed",
        ),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_its_reason(
    steps: tuple[object, ...], born: date | None, reason: str
) -> None:
    """Sections 38(5), 39(2), 45; regulations 6(4), 8, 13(1), 22, 29 to 31, each at the day before it would be right."""
    with pytest.raises(RefusedError, match=reason):
        view(life(*steps), (), date(2026, 12, 31), born=born)


def test_a_late_appeal_needs_the_permission_of_the_tribunal() -> None:
    """SI 2008/2699, rule 20: 12 February, two months, 12 April 2026 is a Sunday, so Monday 13 April is the last day."""
    refused = (
        ASSESSING[0],
        ("2026-02-12", "assessment_refused"),
        ("2026-02-20", "mediation_contacted"),
        ("2026-02-24", "certificate_issued"),
    )
    appeal = {"subject": AppealSubject.NOT_ASSESS}
    in_time = view(life(*refused, ("2026-04-13", "appeal_lodged", appeal)), (), date(2026, 5, 1))
    assert in_time.situation.dispute is State.APPEALED
    with pytest.raises(RefusedError, match="The time to appeal has passed"):
        view(life(*refused, ("2026-04-14", "appeal_lodged", appeal)), (), date(2026, 5, 1))
    late_one = life(*refused, ("2026-04-14", "appeal_lodged", {**appeal, "tribunal_permission": True}))
    assert view(late_one, (), date(2026, 5, 1)).situation.dispute is State.APPEALED


def test_a_plan_may_cease_the_day_after_the_time_to_appeal() -> None:
    """Section 45(4): 1 April, two months, 1 June 2026 is a Monday; so from 2 June."""
    steps = (
        *CEASING,
        ("2026-04-01", "cease_decided", {"ground": CeaseGround.NOT_NECESSARY}),
        ("2026-06-02", "plan_ceased"),
    )
    assert view(life(*steps), (), date(2026, 7, 1)).situation.plan is State.CEASED


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with vowel groups for syllables (Kincaid and others 1975): grade 6 is about age 11."""
    sentences = max(1, len(re.findall(r"[.!?]+", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def family_words() -> list[str]:
    said = [state.family for state in State] + [kind.FAMILY + "." for kind in EVENTS.values()]
    said += [rule.family + "." for rule in RULES]
    said += [guard.family for row in TRANSITIONS for guard in row.guards]
    return [speak(text, to) for text in said for to in RightsHolder]


def test_what_families_read_is_for_a_reading_age_of_about_11() -> None:
    """Taken together at grade 6 or below; no sentence over 20 words; no brackets left unfilled, no jargon."""
    said = family_words()
    assert grade(" ".join(said)) <= 6
    for text in said:
        assert max(len(part.split()) for part in re.split(r"[.;]", text)) <= 20, text
        assert "{" not in text
        assert not re.search(r"statutory|pursuant|proprietor|provision|regulation|EHC|thereof|commissioning", text), (
            text
        )
        assert not re.search(r"\b[Yy]ou (has|needs|still has)\b", text), text


def test_a_family_reads_of_a_delay_without_blame() -> None:
    """What, by when, how late, and whom to ask."""
    seen = view(life(*ADVICE), (), day("2026-05-26"))
    said = [for_family(due, seen.on, seen.rights) for due in late(seen)]
    assert said[0].endswith("This is 70 days late. We are still waiting for this report.")
    assert "Monday 25 May 2026. This is 1 day late. We are sorry." in said[1]


def test_every_rule_has_words_of_its_own_kind() -> None:
    """Titles are distinct enough to tell apart within a group, and ids are unique."""
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.title[0].isupper() and not rule.title.endswith(".") for rule in RULES)
    assert all(one.id != other.id for one, other in pairwise(RULES))


PAGES = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_the_process_is_current() -> None:
    """The diagrams and tables in the documentation are those of the rules."""
    page = (PAGES / "methods" / "statutory-process.md").read_text(encoding="utf-8")
    assert reference.written(page) == page, (
        "Run: python -m rightplace.casework.reference docs/methods/statutory-process.md"
    )


def test_the_diagram_has_every_state_but_death_and_every_move_between_states() -> None:
    """Read back from the text, so that nothing in the table is missing from the picture."""
    text = reference.sections()["diagram"]
    arrows = set(re.findall(r"^    (\w+) --> (\w+):", text, re.M))
    moves = {
        (source.value, row.target.value)
        for row in TRANSITIONS
        for source in row.sources
        if row.target not in (None, State.DIED) and source is not row.target
    }
    assert arrows == moves
    assert set(re.findall(r'^    state ".*" as (\w+)$', text, re.M)) == {
        state.value for state in State if state is not State.DIED
    }
