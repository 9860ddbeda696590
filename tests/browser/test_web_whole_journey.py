"""One child from a parent's form to a final plan, a review and a move to secondary school: each step by whoever does it.

In Chromium, with JavaScript off, and by links, labels and buttons alone. The days keep to the law's limits, counted on a
calendar: request Monday 5 January 2026; six weeks 16 February, twenty weeks 25 May (SEND Regulations 2014, regulations 5(1)
and 13(2)); the secondary school named before 15 February 2027 (regulation 18(1)).
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import time_machine

from rightplace.web.accounts.models import User
from rightplace.web.audit.verify import verify

MADE = Path(__file__).parents[1] / "made"
BROWSER = runpy.run_path(str(MADE / "web_browser.py"))
PEOPLE = BROWSER["PEOPLE"]
Visitor = BROWSER["Visitor"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


SECTIONS = (
    ("A", "Ida likes drawing."),
    ("B", "Loses the thread of long sentences."),
    ("C", "Wears glasses."),
    ("D", "Needs somebody with her on the way to school."),
    ("E", "By July 2027 Ida retells a story in order."),
    ("F", "A therapist works with her on long sentences."),
    ("G", "An eye test."),
    ("H1", "Help on the way to school."),
    ("H2", "A short break."),
    ("J", "None is asked for."),
    ("K", "The psychologist's advice of 20 March 2026."),
)


class Journey:
    """Days that pass, and people who sign in on them."""

    def __init__(self, windows: Any, clock: Any) -> None:
        self.windows = windows
        self.clock = clock
        self.met: set[str] = set()

    def on(self, day: str, name: str, password: str = PEOPLE["PASSWORD"]) -> Any:
        """A person at their first page on a day: they sign in by the form the first time, and are signed in later."""
        self.windows.close()
        self.clock.move_to(f"{day} 10:00 +0000")
        visitor = Visitor(self.windows.page(script=False))
        if name not in self.met:
            self.met.add(name)
            return visitor.sign_in(name, password)
        self.windows.let_in(visitor.page, User.objects.get(username=name))
        visitor.page.goto("/")
        return visitor


def test_a_parents_request_becomes_a_plan_a_review_and_a_move(windows: Any) -> None:
    with time_machine.travel("2026-01-05 10:00 +0000") as clock:
        area = PEOPLE["area"]()
        PEOPLE["person"]("school", area.elsewhere, name="hill")
        go = Journey(windows, clock)
        password = _account(go)
        _request(go, password)
        _assess(go, password)
        _advice(go, password)
        _write(go)
        _reply(go, password)
        _place(go, password)
        _review(go, password)
        _move(go, password)
        assert verify().broken == ()


def _account(go: Journey) -> str:
    """The administrator makes the parent's account, and gives the password that is shown once."""
    keeper = go.on("2026-01-05", "administrator")
    keeper.follow("Accounts").press("Make an account")
    keeper.fill("User name", "jo.fenn").fill("Name", "Jo Fenn").choose("Role", "Parent").press("Make the account")
    return str(keeper.page.locator("code").inner_text())


def _request(go: Journey, password: str) -> None:
    """The parent asks; a manager sees it and gives it to an officer."""
    parent = go.on("2026-01-05", "jo.fenn", password)
    parent.follow("Where we are").follow("Ask for an assessment")
    parent.fill("Your child's first name", "Ida").fill("Your child's last name", "Fenn")
    parent.day("Your child's date of birth", "2015-10-01").fill("Postcode of the home", "ZZ1 1AA")
    parent.fill("School, nursery or college", "Marsh School").fill("What is hard?", "Following what is said in class.")
    parent.press("Send to the council").sees("We have what you sent")
    manager = go.on("2026-01-06", "team_manager").follow("Cases").follow("Families to confirm").follow("Ida Fenn")
    manager.sees("Following what is said in class.").pick(
        "Are they who they say?", "Yes: open the record to this account"
    )
    manager.fill("How you checked, or why it is not confirmed", "Rang the number that the school has.").press("Decide")
    manager.follow("Today")
    manager.follow("Ida Fenn").follow("Hand over to another officer")
    manager.choose("New case officer", "Case Officer").fill("What the new officer needs to know", "A new request.")
    manager.press("Hand over")


def _assess(go: Journey, password: str) -> None:
    """The officer says where the child is, and that there will be an assessment; the parent reads it."""
    officer = go.on("2026-02-09", "case_officer")
    officer.follow("Today").follow("Ida Fenn").follow("What the family said").sees("Following what is said in class.")
    officer.follow("Ida Fenn").follow("Setting: who").follow("Where Ida attends")
    officer.choose("School, college or other setting", "Marsh School").day("First day there", "2020-09-01")
    officer.press("Record the placement").follow("Back to the setting").follow("Back to the case")
    officer.follow("Decision to assess notified").day("Day it happened", "2026-02-09").press("Record")
    go.on("2026-02-10", "jo.fenn", password).sees("We are finding out what help", "Your case officer is Case Officer")


def _advice(go: Journey, password: str) -> None:
    """Advice is asked of the psychologist, the school and the parent, and each gives it where they sign in."""
    officer = go.on("2026-02-10", "case_officer").follow("Cases").follow("Ida Fenn").follow("Advice asked for")
    for whose, who, on_paper in (
        ("Educational psychologist", "Psychologist", ""),
        ("Head teacher, principal or other educator", "", "The head of Marsh School"),
        ("Child's parent or the young person", "", "Jo Fenn"),
    ):
        officer.pick("Whose advice", whose).day("Day they were asked", "2026-02-10")
        if who:
            officer.choose("Who gives it here", who)
        officer.fill("Or whom it is asked of on paper", on_paper).press("Ask for this advice")
    adviser = go.on("2026-03-16", "psychologist").follow("Ida Fenn")
    adviser.fill("Needs", "Loses the thread of long sentences.").press("Save and come back later")
    adviser = go.on("2026-03-20", "psychologist").follow("Ida Fenn")
    adviser.fill("Provision", "45 minutes a week with a therapist.").fill("Outcomes", "Retells a story in order.")
    adviser.press("Give this advice")
    school = go.on("2026-03-20", "school").follow("Send the advice asked for", about="Ida Fenn")
    for label in ("Needs", "Provision", "Outcomes"):
        school.fill(label, f"{label}, as the school sees them.")
    school.press("Give the advice")
    parent = go.on("2026-03-21", "jo.fenn", password).follow("Tell us your views")
    parent.fill("What goes well?", "Drawing.").press("Send your views").sees("We have your views")


def _write(go: Journey) -> None:
    """The plan, sections A to K, and the draft that is sent."""
    officer = go.on("2026-04-13", "case_officer").follow("Cases").follow("Ida Fenn").follow("Plan, sections A to K")
    for letter, text in SECTIONS:
        officer.follow(f"Add {'' if letter == 'A' else 'to '}Section {letter}")
        officer.page.locator("main textarea").first.fill(text)
        if letter in ("F", "G", "H1", "H2"):
            officer.fill("How much", "45 minutes").fill("How often", "weekly").fill("Who gives it", "a therapist")
        for box in officer.page.get_by_role("checkbox").all():
            box.check()
        officer.press("Save")
    officer.follow("Issue: draft").day("Day it was sent", "2026-04-13").press("Issue it")


def _reply(go: Journey, password: str) -> None:
    parent = go.on("2026-04-20", "jo.fenn", password).follow("Answer the draft plan").follow("Read the draft")
    parent.sees("Ida likes drawing.").follow("Where we are").follow("Answer the draft plan")
    parent.fill("What do you think of the draft?", "It is right.")
    parent.fill("Which school or college do you want?", "Marsh School")
    parent.pick("Do you want to meet us", "No").pick("Is this all you want to say?", "Yes").press("Send your answer")
    parent.sees("We have it")


def _place(go: Journey, password: str) -> None:
    """Two settings are consulted and answer; the tests of law are laid out; a person decides; the final plan is issued."""
    officer = go.on("2026-04-21", "case_officer").follow("Cases").follow("Ida Fenn").follow("Setting: who")
    officer.sees("Marsh School.")
    for setting in ("Hill School", "Marsh School"):
        officer.follow("Consult a setting").choose("School, college or other setting", setting)
        officer.day("Day it was sent the draft plan", "2026-04-21").press("Record")
    for name, setting in (("school", "Marsh School"), ("hill", "Hill School")):
        school = go.on("2026-04-28", name).follow("Answer the consultation", about="Ida Fenn").sees(setting)
        school.pick("Can you meet the needs", "Yes").fill("Why, and what you looked at", "We read the plan.")
        school.press("Send your answer").sees("Your answer was sent.")
    _decide(go)
    _final(go)
    parent = go.on("2026-05-19", "jo.fenn", password).sees("Your child has a plan")
    parent.follow("Read the plan").sees("Marsh School").follow("Where we are").follow("Your rights").sees(
        "20 July 2026"
    )


def _decide(go: Journey) -> None:
    """What is found out, with its evidence, and who decided which setting to name."""
    officer = go.on("2026-05-05", "case_officer").follow("Cases").follow("Ida Fenn").follow("Setting: who")
    officer.sees("Can meet the needs (28 April 2026)").follow("Enter findings and evidence")
    officer.pick("What is Marsh School in law?", "Maintained school, mainstream or special")
    officer.pick("Were it, and the authority that maintains it, consulted?", "Yes")
    officer.fill("Evidence: were it, and the authority that maintains it, consulted?", "Asked on 21 April 2026.")
    officer.press("Save the findings").sees("Met").follow("Record the decision")
    officer.fill("Setting to be named", "Marsh School").fill("Type of setting", "Mainstream primary school")
    officer.fill("Reasons", "It can meet her needs.").fill("Who decided", "Mo Dean, head of the service")
    officer.day("Day it was decided", "2026-05-05").press("Record the decision").sees("Decided by Mo Dean")


def _final(go: Journey) -> None:
    """The final plan names the setting, and its letter tells the right to appeal."""
    officer = go.on("2026-05-18", "case_officer").follow("Cases").follow("Ida Fenn").follow("Plan, sections A to K")
    officer.follow("Add Section I").fill("Name of the school, college or other setting", "Marsh School")
    officer.fill("Type of setting", "Mainstream primary school").press("Save")
    officer.follow("Issue: final plan").day("Day it was sent", "2026-05-18")
    officer.pick("Does it name the setting after a move", "No").press("Issue it").follow("Back to the case")
    officer.follow("Letters about decisions").follow("Final plan issued").fill("To", "Jo Fenn")
    officer.fill("Why we decided this", "We agree with you.")
    for label in ("Mediation adviser", "Disagreement resolution service", "Information and advice service"):
        officer.fill(
            f"{label}: name and how to reach {'them' if 'adviser' in label else 'it'}", "Fair Talk, 01632 960 002"
        )
    officer.press("Make the letter").sees("20 July 2026")


def _review(go: Journey, password: str) -> None:
    """The school leads the review of Year 6, and the authority decides after it."""
    officer = go.on("2026-09-15", "case_officer").follow("Moves").follow("Primary to secondary school")
    officer.tick("Record as expected").press("Record the move as expected for those ticked")
    officer.sees("Expected.")
    school = go.on("2026-09-16", "school").follow("Set a meeting", about="Ida Fenn")
    school.day("Day it happened", "2026-09-16").day("Day of the meeting", "2026-10-05").press("Record it")
    for duty in ("Give notice", "Send the papers"):
        school.follow(duty, about="Ida Fenn").day("Day it happened", "2026-09-16").press("Record it")
    school = go.on("2026-10-12", "school").follow("Review", about="Ida Fenn").day("Day of the meeting", "2026-10-05")
    for box in school.page.locator("main textarea").all():
        box.fill("As we talked it over.")
    school.pick("What the meeting recommends", "Change the plan").press("Send the report")
    officer = go.on("2026-10-26", "case_officer").follow("Reviews").follow("Due in").follow("Ida Fenn")
    officer.follow("Decision after the review notified").day("Day it happened", "2026-10-26")
    officer.pick("Decision", "Amend the plan").pick("The plan names the setting after a move", "No").press("Record")
    officer.follow("Reports of review meetings").sees("As we talked it over.")


def _move(go: Journey, password: str) -> None:
    """The plan is amended to name the secondary school, after the family's say."""
    officer = go.on("2026-10-27", "case_officer").follow("Cases").follow("Ida Fenn").follow("Plan, sections A to K")
    officer.follow("Change", about="Marsh School").fill("Name of the school, college or other setting", "Hill School")
    officer.fill("Type of setting", "Mainstream secondary school").press("Save")
    officer.follow("Issue: proposed amendments").day("Day it was sent", "2026-10-27").press("Issue it")
    parent = go.on("2026-11-05", "jo.fenn", password).follow("Answer the draft plan")
    parent.fill("What do you think of the draft?", "We want this school.")
    parent.pick("Do you want to meet us", "No").pick("Is this all you want to say?", "Yes").press("Send your answer")
    officer = go.on("2026-11-12", "case_officer").follow("Cases").follow("Ida Fenn").follow("Plan, sections A to K")
    officer.follow("Issue: final amended plan").day("Day it was sent", "2026-11-12")
    officer.pick("Does it name the setting after a move", "Yes").press("Issue it")
    officer.follow("See what changed").choose("From", "Version 2").choose("To", "Version 4").press("Compare").sees(
        "[added: Hill ]"
    )
    officer.follow("Moves").follow("Primary to secondary school").follow("Show those that are named").sees("Ida Fenn")
    go.on("2026-11-13", "jo.fenn", password).follow("Read the plan").sees("Hill School")
    auditor = go.on("2026-11-13", "auditor").follow("Log of access")
    auditor.fill("Name of a person who signed in", "Jo Fenn").press("Show").sees("Looked at")
