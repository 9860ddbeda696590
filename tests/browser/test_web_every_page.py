"""Every page of the service in Chromium, one after another in one window for each role: axe-core, headings, widths, words.

The rules are those of WCAG 2.2 A and AA and the best practices of axe-core, and WCAG 2.2, 1.4.10 (no scrolling sideways at
320 pixels, which is 1,280 at 400%).
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError

MADE = Path(__file__).parents[1] / "made"
BROWSER = runpy.run_path(str(MADE / "web_browser.py"))
EVERY = runpy.run_path(str(MADE / "web_every_page.py"))
SMALLEST = 320
OTHERWISE = {"socialaccount_login_error": 401}
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    const cut = one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowY)
        && one.clientHeight > 1 && one.scrollHeight > one.clientHeight + 1 && one.innerText;
    const found = [...document.querySelectorAll('main *, header *')].filter(cut).map(one => one.className || one.tagName);
    return {width: document.documentElement.scrollWidth, cut: found};
}"""
"""The text spacing of WCAG 2.2, 1.4.12, and what it cuts off."""
TAKES_NOTHING = ("mfa_", "transfers", "account_re")
"""Forms with nothing to enter, and the second step, whose mistakes have a test of their own."""
NOT_OURS = re.compile(r"This field is required|[Ss]elect a valid choice|Enter a valid|Ensure this|[Pp]lease|[Ii]nvalid")
"""Words of the libraries, which say neither what to enter nor of what."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def service(windows: Any) -> Any:
    return SimpleNamespace(area=EVERY["made"](), windows=windows, signed={}, said=[])


def window(service: Any, role: str) -> Any:
    """The window of a role, in which it has signed in."""
    if role not in service.signed:
        page = service.windows.page(width=SMALLEST)
        page.context.add_init_script(BROWSER["axe"]())
        page.on("console", lambda message: _note(service, message))
        if role:
            service.windows.let_in(page, service.area.people[role])
        service.signed[role] = page
    return service.signed[role]


def _note(service: Any, message: Any) -> None:
    if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
        service.said.append(message.text)  # A script that failed, or what the content security policy stopped.


def look(page: Any, name: str, status: int = 200) -> Any:
    """What is to be said of the page that is open."""
    return SimpleNamespace(
        name=name,
        status=status,
        headings=[text.strip() for text in page.locator("h1").all_inner_texts()],
        title=page.title().removesuffix(" – Rightplace"),
        width=page.evaluate("document.documentElement.scrollWidth"),
        faults=BROWSER["faults"](page),
    )


@pytest.fixture(scope="module")
def seen(service: Any) -> list[Any]:
    """Every page, opened once."""
    return [found for one in EVERY["pages"](service.area) if (found := _open(service, one)) is not None]


def _open(service: Any, one: Any) -> Any:
    page = window(service, one.role)
    try:
        answer = page.goto(one.address)
    except PlaywrightError as stopped:
        if "Download" in str(stopped):
            return None  # It is saved, not shown.
        raise
    if page.evaluate("document.contentType") != "text/html":
        assert answer.status == 200, one
        return None
    name = f"{one.name} ({one.role})"
    if answer.status not in (200, OTHERWISE.get(one.name)):
        return SimpleNamespace(
            name=name,
            status=answer.status,
            headings=[],
            title="",
            width=0,
            faults=[],
            form=False,
            spaced={"width": 0, "cut": []},
        )
    found = look(page, name)
    found.spaced = page.evaluate(SPACED)
    found.form, found.role, found.address = page.locator("form#form").count() > 0, one.role, one.address
    return found


def test_every_page_opens_and_nothing_is_said_in_the_console(service: Any, seen: list[Any]) -> None:
    assert [(one.name, one.status) for one in seen if one.status != 200] == []
    assert service.said == []
    assert len(seen) > 90


def test_axe_finds_nothing_on_any_page(seen: list[Any]) -> None:
    assert [fault for one in seen for fault in one.faults] == []


def test_no_page_scrolls_sideways(seen: list[Any]) -> None:
    """WCAG 2.2, 1.4.10."""
    assert [(one.name, one.width) for one in seen if one.width > SMALLEST] == []


def test_wider_text_is_neither_cut_off_nor_scrolls_sideways(seen: list[Any]) -> None:
    """WCAG 2.2, 1.4.12, at 320 pixels."""
    assert [(one.name, one.spaced) for one in seen if one.spaced["width"] > SMALLEST or one.spaced["cut"]] == []


def test_each_page_has_one_heading_and_its_title_begins_with_the_same_words(seen: list[Any]) -> None:
    """WCAG 2.2, 2.4.2, in the manner of the GOV.UK design system's page template."""
    assert [(one.name, one.title, one.headings) for one in seen if not _agree(one)] == []


def _agree(one: Any) -> bool:
    if len(one.headings) != 1:
        return False
    heading, title = one.headings[0], re.sub(r", R\d{6}$", "", one.title.removeprefix("Error: "))
    return title == heading or title.startswith(heading) or re.match(rf"{re.escape(title)}\W", heading) is not None


@pytest.fixture(scope="module")
def wrong(service: Any, seen: list[Any]) -> list[Any]:
    """Every page with a form, after the form was sent with nothing in it; those that took it are left out."""
    held = [_sent_empty(service, one) for one in seen if one.form and not one.name.startswith(TAKES_NOTHING)]
    return [one for one in held if one is not None]


def _sent_empty(service: Any, one: Any) -> Any:
    page = window(service, one.role)
    page.goto(one.address)
    page.evaluate(
        """() => {
            for (const box of document.querySelectorAll('#form input, #form textarea, #form select')) {
                if (box.type === 'hidden') continue;
                if (box.type === 'checkbox' || box.type === 'radio') box.checked = false; else box.value = '';
            }
        }"""
    )
    with page.expect_navigation():
        page.locator("#form button:not(.govuk-button--secondary):not(.govuk-button--warning)").first.click()
    if not page.locator(".govuk-error-summary").count():
        return None
    found = look(page, one.name)
    found.focus = page.evaluate("document.activeElement.className")
    found.nowhere = page.eval_on_selector_all(
        ".govuk-error-summary a",
        "links => links.map(one => one.hash.slice(1)).filter(id => !document.getElementById(id))",
    )
    found.english = [
        text for text in page.locator(".govuk-error-summary li").all_inner_texts() if NOT_OURS.search(text)
    ]
    return found


def test_a_form_that_is_wrong_says_so_where_it_is_read_first(wrong: list[Any]) -> None:
    """The title begins with "Error: ", the summary has the focus, and each of its links leads to a box."""
    assert len(wrong) > 25
    faulty = [
        one for one in wrong if not one.title.startswith("Error: ") or "error-summary" not in one.focus or one.nowhere
    ]
    assert [(one.name, one.title, one.focus, one.nowhere) for one in faulty] == []


def test_what_is_wrong_is_said_in_our_words(wrong: list[Any]) -> None:
    assert [(one.name, one.english) for one in wrong if one.english] == []


def test_axe_finds_nothing_on_a_form_that_is_wrong(wrong: list[Any]) -> None:
    assert [fault for one in wrong for fault in one.faults] == []
    assert [(one.name, one.width) for one in wrong if one.width > SMALLEST or not _agree(one)] == []


def test_pages_of_refusal_and_of_failure_pass_too(service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """403, 404, 500, a wrong password, a name that is locked out, the second step, and a form that was open too long."""
    cache.clear()
    found = []
    page = window(service, "parent")
    for status, address in (
        (403, reverse("cases")),
        (404, "/nothing-is-here/"),
        (403, reverse("family_case", args=["R999999"])),
    ):
        assert page.goto(address).status == status
        found.append(look(page, address))
    page.goto(reverse("family_views", args=[service.area.one.reference]))
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("What is hard?").fill("Noise.")
    page.get_by_role("button", name="Send your views").click()
    found.append(look(page, "form too old"))
    assert "what you wrote is kept" in page.locator("main").inner_text()
    with monkeypatch.context() as broken:
        broken.setattr("rightplace.web.today.work_page.work_list.mine", None)
        assert window(service, "case_officer").goto(reverse("today")).status == 500
    found.append(look(window(service, "case_officer"), "500"))
    found += _signing_in(service)
    assert [fault for one in found for fault in one.faults] == []
    assert [
        (one.name, one.title, one.headings, one.width) for one in found if one.width > SMALLEST or not _agree(one)
    ] == []


def _signing_in(service: Any) -> Iterator[Any]:
    page = service.windows.page(width=SMALLEST)
    for number in range(6):
        _password(page, "auditor", "not it at all")
        if number in (0, 5):
            page.locator(".govuk-error-summary:focus").wait_for(timeout=10_000)
            yield look(page, f"wrong password {number}")
    assert "There were too many tries." in page.locator("main").inner_text()
    _password(page, "case_officer", BROWSER["PEOPLE"]["PASSWORD"])
    yield look(page, "second step")
    page.locator("#form button").first.click()
    yield look(page, "second step, empty")
    assert "Enter the 6 digits" in page.locator("main").inner_text()


def _password(page: Any, name: str, password: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
