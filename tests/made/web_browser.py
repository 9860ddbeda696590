"""A real browser before a served copy of the service, and people who use it as people do: by links, labels and buttons."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PEOPLE = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_people.py"))
AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 390
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def skip_or_fail(reason: str) -> None:
    """Skip a test for want of a program, or fail where the environment says that nothing may be skipped."""
    if os.environ.get("RIGHTPLACE_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Any]:
    """The installed Chromium, running."""
    path = os.environ.get("RIGHTPLACE_CHROMIUM") or shutil.which("chromium")
    if not path:
        skip_or_fail("Chromium was not found; install it or set RIGHTPLACE_CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop in this thread, which Django takes for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@contextmanager
def served(blocker: Any) -> Iterator[str]:
    """The service on a port of this machine for a whole file of tests: its address. What they recorded is then removed."""
    from django.core.management import call_command
    from pytest_django.live_server_helper import LiveServer

    with blocker.unblock():
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        try:
            yield server.url
        finally:
            server._live_server_modified_settings.disable()
            _wait_for_open_connections()
            server.stop()
            call_command("flush", verbosity=0, interactive=False, allow_cascade=True, inhibit_post_migrate=False)


def _wait_for_open_connections() -> None:
    """Let the threads of connections that a browser has just closed end: they share the database until then."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(20)


class Windows:
    """Windows of a browser, all closed together."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser = browser
        self.address = address
        self.opened: list[Any] = []

    def page(self, *, script: bool = True, width: int = 1100) -> Any:
        """A page in a window of its own, with cookies of its own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=self.address
        )
        context.set_default_timeout(30_000)
        self.opened.append(context)
        return context.new_page()

    def let_in(self, page: Any, user: Any) -> None:
        """Sign somebody in without the form."""
        session = PEOPLE["signed_in"](user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])

    def close(self) -> None:
        """Close every window."""
        while self.opened:
            self.opened.pop().close()


class Visitor:
    """Somebody at a page, who sees only what is on it: addresses are never typed but the first."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.status = 0
        page.on("response", self._note)

    def _note(self, response: Any) -> None:
        if (response.request.is_navigation_request() and response.status < 300) or response.status >= 400:
            self.status = response.status

    def sign_in(self, name: str, password: str = PEOPLE["PASSWORD"]) -> Visitor:
        """Sign in at the first page."""
        self.page.goto("/")
        self.fill("User name", name)
        self.fill("Password", password)
        return self.press("Sign in")

    def follow(self, text: str, *, about: str = "") -> Visitor:
        """Follow the first link whose words begin so; ``about`` is text of the row, entry or item in which it stands."""
        links = self.page.get_by_role("link", name=re.compile(rf"^\s*{re.escape(text)}"))
        if about:
            boxes = self.page.locator("tr, li, .rp-entry").filter(has_text=about)
            links = boxes.get_by_role("link", name=re.compile(rf"^\s*{re.escape(text)}"))
        return self._go(links, f"a link “{text}”")

    def press(self, text: str) -> Visitor:
        """Press the button with exactly these words, and see the page that follows."""
        return self._go(self.page.get_by_role("button", name=text, exact=True), f"a button “{text}”")

    def _go(self, found: Any, what: str) -> Visitor:
        assert found.count(), f"{what} is not on {self.page.url}:\n{self.text()}"
        self.status = 0
        with self.page.expect_navigation():
            found.first.click()
        assert self.status < 400, f"{what} led to {self.status} at {self.page.url}:\n{self.text()}"
        assert self.page.locator("h1").count() == 1, self.page.url
        return self

    def fill(self, label: str, text: str) -> Visitor:
        """Write into the box with this label."""
        self._box(label).fill(text)
        return self

    def _box(self, label: str) -> Any:
        found = self.page.get_by_label(label, exact=True)
        assert found.count(), f"no box “{label}” is on {self.page.url}:\n{self.text()}"
        return found.first

    def day(self, legend: str, iso: str) -> Visitor:
        """Write a day into its three boxes."""
        year, month, number = iso.split("-")
        group = self._group(legend)
        for label, part in (("Day", number), ("Month", month), ("Year", year)):
            group.get_by_label(label, exact=True).fill(str(int(part)))
        return self

    def pick(self, legend: str, *answers: str) -> Visitor:
        """Choose answers of a question with round or square boxes."""
        group = self._group(legend)
        for answer in answers:
            found = group.get_by_label(answer, exact=True)
            assert found.count(), f"“{answer}” is not an answer to “{legend}”: {group.inner_text()}"
            found.first.check()
        return self

    def _group(self, legend: str) -> Any:
        found = self.page.get_by_role("group", name=legend)
        assert found.count(), f"no question “{legend}” is on {self.page.url}:\n{self.text()}"
        return found.first

    def tick(self, label: str) -> Visitor:
        """Tick a box that begins with these words."""
        found = self.page.get_by_role("checkbox", name=re.compile(rf"^\s*{re.escape(label)}"))
        assert found.count(), f"no box “{label}” to tick is on {self.page.url}:\n{self.text()}"
        found.first.check()
        return self

    def choose(self, label: str, words: str) -> Visitor:
        """Choose the first of a list that begins with these words."""
        box = self._box(label)
        for option in box.locator("option").all_inner_texts():
            if option.startswith(words):
                box.select_option(label=option)
                return self
        raise AssertionError(f"“{words}” is not in the list “{label}”: {box.inner_text()}")

    def sees(self, *texts: str) -> Visitor:
        """Everything of this stands on the page."""
        shown = " ".join(self.text().split())
        for text in texts:
            assert text in shown, f"“{text}” is not on {self.page.url}:\n{self.text()}"
        return self

    def text(self) -> str:
        """What the page says."""
        return str(self.page.locator("main").inner_text())


def tab_to(page: Any, selector: str, most: int = 150) -> None:
    """Press Tab until the focus is on the first thing that fits, and see that the focus can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement === document.querySelector(selector)", selector):
            assert focus_is_visible(page), f"the focus on {selector} of {page.url} cannot be seen"
            return
    pytest.fail(f"the keyboard does not reach {selector} of {page.url}")


def focus_is_visible(page: Any) -> bool:
    """Whether what has the focus is on the screen and looks other than without it (WCAG 2.2, 2.4.7 and 2.4.11)."""
    return bool(
        page.evaluate(
            """() => {
            const one = document.activeElement, box = one.getBoundingClientRect();
            const looks = () => {
                const shown = [one, one.nextElementSibling].filter(Boolean);
                const of = (item, part) => { const style = getComputedStyle(item, part);
                    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
                            style.backgroundColor, style.borderColor].join(); };
                return shown.flatMap(item => [of(item, null), of(item, '::before')]).join('|');
            };
            const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
            const held = looks(); one.blur(); const left = looks(); one.focus();
            return inside && held !== left;
        }"""
        )
    )


def faults(page: Any) -> list[Any]:
    """What axe-core finds wrong with a page, by its rules for WCAG 2.2 A and AA and its best practices."""
    # By the protocol, because the content security policy rightly stops a script put into the page.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(
        """async tags => {
            const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
            const {violations, passes} = await axe.run(document, options);
            return {passes: passes.length, faults: violations.map(one => [one.id, one.nodes.map(node => node.html)])};
        }""",
        TAGS,
    )
    assert found["passes"] > 5, "axe-core did not run"
    return [(page.url, rule, nodes[:3]) for rule, nodes in found["faults"]]


@cache
def axe() -> str:
    """The script of axe-core."""
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    return AXE.read_text(encoding="utf-8")
