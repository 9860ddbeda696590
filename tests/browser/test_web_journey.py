"""A family in a real browser: without script, by keyboard alone, on a phone, and after a time-out."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Link
from rightplace.web.family.models import Said

CHECKOUT = Path(__file__).resolve().parents[2]
PEOPLE = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_people.py"))
SCHOOL = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_routes" / "school.py"))
BROWSER = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_browser.py"))
PHONE = BROWSER["PHONE"]
tab_to = BROWSER["tab_to"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def served(browser: Any, live_server: Any) -> Iterator[SimpleNamespace]:
    """The area with a draft plan for the parent to answer, and a way to open windows."""
    area = PEOPLE["area"]()
    today = clock.today()
    days = [(today - timedelta(days=back)).isoformat() for back in (90, 50, 5)]
    kinds = ("request_received", "assessment_agreed", "draft_plan_sent")
    steps = [*zip(days, kinds, strict=True), (days[-1], "setting_consulted", {"setting": "Marsh School"})]
    officer = area.people["case_officer"]
    case = PEOPLE["make_case"](officer, *steps, forename="Cy", officer=officer, setting=area.school)
    Link.objects.filter(kind="parent").delete()
    Link.objects.create(case=case, user=area.people["parent"], kind="parent", since=today)
    SCHOOL["prepare"](area)
    opened = []

    def window(*, script: bool = True, width: int = 1100) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield SimpleNamespace(area=area, case=case, window=window, url=live_server.url)
    for context in opened:
        context.close()


def sign_in(page: Any, name: str) -> None:
    page.goto(reverse("account_login"))
    enter(page, name)
    page.wait_for_url(lambda address: "login" not in address)


def enter(page: Any, name: str) -> None:
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PEOPLE["PASSWORD"])
    page.locator("main button[type=submit]").click()


def test_a_parent_sends_views_without_script(served: Any) -> None:
    page = served.window(script=False, width=PHONE)
    sign_in(page, "parent")
    page.get_by_role("link", name="Where we are").first.click()
    assert page.locator("h1").inner_text() == "Where we are: Cy"
    page.get_by_role("link", name="Tell us your views").click()
    page.get_by_label("What is hard?").fill("Noise in the hall")
    page.get_by_role("button", name="Save for later").click()
    page.get_by_role("link", name="Tell us your views").click()
    assert page.get_by_label("What is hard?").input_value() == "Noise in the hall"
    page.get_by_role("button", name="Send your views").click()
    assert "We have your views" in page.get_by_role("alert").inner_text()
    assert Said.objects.get().answers["hard"] == "Noise in the hall"


def test_a_parent_answers_the_draft_by_keyboard_alone(served: Any) -> None:
    page = served.window()
    page.goto(reverse("account_login"))
    tab_to(page, "input[name=login]")
    page.keyboard.type("parent")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PEOPLE["PASSWORD"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/R*/")
    tab_to(page, f"a[href='{reverse('family_reply', args=[served.case.reference])}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reply/")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    page.locator(".govuk-error-summary:focus").wait_for(timeout=10_000)
    tab_to(page, ".govuk-error-summary a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("Section F is vague.")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "meeting"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "complete"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/R*/")
    assert "We have it" in page.get_by_role("alert").inner_text()
    said = Said.objects.get().answers
    assert (said["text"], said["meeting"], said["complete"]) == ("Section F is vague.", True, False)


def test_what_is_sent_after_a_time_out_is_there_after_signing_in_again(served: Any) -> None:
    page = served.window(script=False)
    sign_in(page, "parent")
    page.goto(reverse("family_views", args=[served.case.reference]))
    page.get_by_label("What is hard?").fill("Everything I wrote tonight")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Send your views").click()
    enter(page, "parent")
    page.wait_for_url("**/views/")
    assert page.get_by_label("What is hard?").input_value() == "Everything I wrote tonight"
    assert "It is not sent yet." in page.locator("main").inner_text()
