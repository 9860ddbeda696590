"""The service in a real browser: without script, by keyboard alone, on a phone, and every page before axe."""

from __future__ import annotations

import os
import runpy
import shutil
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
AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 390
FAMILY = ("family_case", "family_rights", "family_documents", "family_views", "family_reply", "family_prefer", "messages",
          "document_add", "provision", "school_reviews")  # fmt: skip
OFFICER = (
    "case",
    "family_said",
    "family_explain",
    "school_answers",
    "messages",
    "documents",
    "document_add",
    "provision",
)
SETTING = ("school_review", "school_answer", "school_advice", "provision", "documents")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def skip_or_fail(reason: str) -> None:
    if os.environ.get("RIGHTPLACE_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = os.environ.get("RIGHTPLACE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        skip_or_fail("Chromium was not found; install it or set RIGHTPLACE_CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop in this thread, which Django takes for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


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
        context.set_default_timeout(10_000)
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


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is on the first thing that fits."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement === document.querySelector(selector)", selector):
            assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 0
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def faults(page: Any) -> list[Any]:
    # By the protocol, because the content security policy rightly stops a script put into the page.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert len(found["passes"]) > 15
    return [(page.url, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]]


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
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
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


@pytest.mark.parametrize(
    ("role", "names"),
    [("parent", FAMILY), ("case_officer", OFFICER), ("school", SETTING)],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(served: Any, role: str, names: tuple[str, ...]) -> None:
    """All rules of axe-core for WCAG 2.2 A and AA and its best practices; 320 pixels is 1,280 at 400% (WCAG 2.2, 1.4.10)."""
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    page = served.window()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    sign_in(page, role)
    addresses = [reverse(name, args=[served.case.reference]) for name in names]
    addresses += {
        "parent": [reverse("family_ask")],
        "case_officer": [reverse("messages_inbox")],
        "school": [
            reverse("school"),
            reverse("provision_log", args=[served.area.one.reference, 901]),
            reverse("school_done", args=[served.area.one.reference, "review_meeting_set"]),
        ],
    }[role]
    found: list[Any] = []
    for address in addresses:
        for width in (1100, PHONE, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.goto(address).status == 200, address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            if width == PHONE:
                found += faults(page)
    assert found == []
    assert said == []


def test_the_error_page_of_a_form_passes_axe_too(served: Any) -> None:
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    page = served.window(width=PHONE)
    sign_in(page, "parent")
    page.goto(reverse("family_ask"))
    page.get_by_role("button", name="Send to the council").click()
    assert page.title().startswith("Error: ")
    assert faults(page) == []
