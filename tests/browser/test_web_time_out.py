"""Nothing is lost where a sign-in ends half way, or where somebody goes back: without JavaScript, in Chromium."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rightplace.web.intake.models import Intake
from rightplace.web.plans.models import Part

MADE = Path(__file__).parents[1] / "made"
BROWSER = runpy.run_path(str(MADE / "web_browser.py"))
PEOPLE = BROWSER["PEOPLE"]
Visitor = BROWSER["Visitor"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def service(windows: Any) -> Any:
    return SimpleNamespace(area=PEOPLE["area"](), windows=windows)


@pytest.fixture
def officer(service: Any) -> Any:
    return Visitor(service.windows.page(script=False)).sign_in("case_officer")


def time_out(visitor: Any) -> None:
    """The sign-in ends while a form is open."""
    visitor.page.context.clear_cookies(name="sessionid")


def sign_in_again(visitor: Any) -> Any:
    """Sign in where one was sent to."""
    visitor.fill("User name", "case_officer").fill("Password", PEOPLE["PASSWORD"])
    return visitor.press("Sign in")


def test_a_request_that_was_half_entered_is_there_after_signing_in_again(officer: Any) -> None:
    officer.follow("Cases").follow("Enter a request").fill("First name", "Ivy").fill("Last name", "Marl")
    officer.day("Date of birth", "2018-03-05").fill("What they say", "She cannot follow the class.")
    officer.choose("School, college or other setting now", "Marsh School").pick("How the request came", "E-mail")
    time_out(officer)
    officer.press("Open the case")
    sign_in_again(officer).sees("You were signed out before this was sent.")
    officer.pick("Who asks", "Young person or parent").fill("Name of the person who asks", "Jo Marl")
    officer.day("Day the request was received", "2025-03-05").press("Open the case").sees("Ivy Marl")
    held = Intake.objects.get()
    assert (held.reason, held.how, str(held.case.setting)) == ("She cannot follow the class.", "email", "Marsh School")
    officer.follow("Cases").follow("Enter a request")
    assert officer.page.get_by_label("First name").input_value() == "", "what was sent is not offered again"


def test_an_entry_of_a_plan_is_there_after_a_time_out_and_saved_once(service: Any, officer: Any) -> None:
    officer.follow("Cases").follow("Ada Marsh").follow("Plan, sections A to K").follow("Add to Section F")
    officer.page.locator("main textarea").first.fill("A therapist works with her.")
    officer.fill("How often", "weekly")
    time_out(officer)
    officer.press("Save")
    sign_in_again(officer)
    assert Part.objects.filter(case=service.area.one).count() == 0
    assert officer.page.get_by_label("How often").input_value() == "weekly"
    officer.press("Save").sees("A therapist works with her.", "How often: weekly.")
    assert Part.objects.filter(case=service.area.one).count() == 1


def test_going_back_after_sending_shows_what_was_sent_and_does_nothing_twice(service: Any, officer: Any) -> None:
    """Pages about people are not kept by the browser, so that Back asks the service anew."""
    officer.follow("Cases").follow("Ben Marsh").follow("Hand over to another officer")
    officer.choose("New case officer", "Team Manager").fill(
        "What the new officer needs to know", "Ring the grandmother."
    )
    officer.press("Hand over").sees("Team Manager is now the case officer.")
    officer.page.go_back()
    officer.sees("Handed over before", "Ring the grandmother.")
    assert service.area.other.handovers.count() == 1
