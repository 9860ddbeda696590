"""The officers' main journeys by keyboard alone: Tab, Enter, Space and arrow keys, with a focus that can be seen each time.

WCAG 2.2: 2.1.1 (everything by keyboard), 2.4.3 (order), 2.4.7 and 2.4.11 (the focus is seen), 3.3.1 (what is wrong is said).
"""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Case

MADE = Path(__file__).parents[1] / "made"
BROWSER = runpy.run_path(str(MADE / "web_browser.py"))
PEOPLE = BROWSER["PEOPLE"]
tab_to = BROWSER["tab_to"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def service(windows: Any) -> Any:
    return SimpleNamespace(area=PEOPLE["area"](), windows=windows)


@pytest.fixture
def officer(service: Any) -> Any:
    """A page of the case officer, signed in by keyboard."""
    page = service.windows.page()
    page.goto("/")
    tab_to(page, "input[name=login]")
    page.keyboard.type("case_officer")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PEOPLE["PASSWORD"])
    press(page, "Enter")
    return page


def press(page: Any, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def go(page: Any, *addresses: str) -> None:
    """Follow links to these addresses, each by Tab and Enter."""
    for address in addresses:
        tab_to(page, f"a[href='{address}']")
        press(page, "Enter")


def wrong(page: Any) -> None:
    """The form was not taken: the summary of what is wrong has the focus, and its first link leads to the box."""
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary:focus").wait_for(timeout=10_000)
    tab_to(page, ".govuk-error-summary a")
    box = page.evaluate("document.activeElement.hash.slice(1)")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == box
    assert BROWSER["focus_is_visible"](page)


def type_day(page: Any, day: Any) -> None:
    """Write a day; the focus is on its first box."""
    for number, part in enumerate((day.day, day.month, day.year)):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(str(part))


def choose(page: Any, name: str, value: str) -> None:
    """Choose an answer of a question with round boxes: Tab reaches its first box, arrows the others."""
    tab_to(page, f"input[name={name}]")
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate("[document.activeElement.value, document.activeElement.checked]") == [value, True]


def test_the_first_thing_is_a_way_past_the_navigation(officer: Any) -> None:
    """WCAG 2.2, 2.4.1."""
    officer.goto(reverse("today"))
    officer.keyboard.press("Tab")
    assert officer.evaluate("document.activeElement.innerText") == "Skip to main content"
    officer.keyboard.press("Enter")
    officer.keyboard.press("Tab")
    assert officer.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_officer_enters_a_request_by_keyboard_alone(service: Any, officer: Any) -> None:
    go(officer, reverse("cases"), reverse("intake"))
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    wrong(officer)
    officer.keyboard.type("Ivy")
    tab_to(officer, "input[name=surname]")
    officer.keyboard.type("Marl")
    tab_to(officer, "input[name=born_day]")
    type_day(officer, clock.today() - timedelta(days=8 * 365))
    tab_to(officer, "select[name=setting]")
    officer.keyboard.type("Marsh")
    choose(officer, "source", "1")
    tab_to(officer, "input[name=asked_by]")
    officer.keyboard.type("Jo Marl")
    choose(officer, "how", "letter")
    tab_to(officer, "input[name=received_day]")
    type_day(officer, clock.today())
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    case = Case.objects.get(person__forename="Ivy")
    assert (case.setting, case.stage) == (service.area.school, "Deciding whether to assess")
    assert reverse("case", args=[case.reference]) in officer.url


def test_an_officer_records_what_happened_by_keyboard_alone(service: Any, officer: Any) -> None:
    case = service.area.one
    go(officer, reverse("cases"), reverse("case", args=[case.reference]), reverse("review", args=[case.reference]))
    go(officer, reverse("record_event", args=[case.reference, "review_meeting_set"]))
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Space")
    wrong(officer)
    type_day(officer, clock.today())
    officer.keyboard.press("Tab")
    type_day(officer, clock.today() + timedelta(days=30))
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    assert case.events.filter(kind="review_meeting_set").exists()


def test_an_officer_writes_an_entry_of_a_plan_by_keyboard_alone(service: Any, officer: Any) -> None:
    case = service.area.one
    go(officer, reverse("cases"), reverse("case", args=[case.reference]), reverse("plan", args=[case.reference]))
    go(officer, reverse("plan_add", args=[case.reference, "B"]))
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    wrong(officer)
    officer.keyboard.type("Loses the thread of long sentences.")
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    go(officer, reverse("plan_add", args=[case.reference, "F"]))
    tab_to(officer, "textarea[name=text]")
    officer.keyboard.type("A therapist works with her.")
    tab_to(officer, "input[name=ties]")
    officer.keyboard.press("Space")
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    assert "Tied to B1." in officer.locator("main").inner_text()


def test_an_officer_asks_for_an_answer_and_decides_by_keyboard_alone(service: Any, officer: Any) -> None:
    case = service.area.one
    go(officer, reverse("cases"), reverse("case", args=[case.reference]), reverse("placement", args=[case.reference]))
    go(officer, reverse("placement_decide", args=[case.reference]))
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    wrong(officer)
    type_day(officer, clock.today())
    answers = (
        ("kind", "Mainstream secondary school"),
        ("reasons", "It can meet her needs."),
        ("decided_by", "Mo Dean"),
    )
    for name, text in answers:
        tab_to(officer, f"[name={name}]")
        officer.keyboard.type(text)
    tab_to(officer, "#form button[type=submit]")
    press(officer, "Enter")
    assert "Decided by Mo Dean" in officer.locator("main").inner_text()


def test_details_and_the_menu_of_a_phone_open_by_keyboard(service: Any) -> None:
    page = service.windows.page(width=BROWSER["PHONE"])
    service.windows.let_in(page, service.area.people["case_officer"])
    page.goto(reverse("case", args=[service.area.one.reference]))
    tab_to(page, ".govuk-service-navigation__toggle")
    assert not page.get_by_role("link", name="Reviews", exact=True).is_visible()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Reviews", exact=True).is_visible()
    tab_to(page, "main details summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('main details').open")
