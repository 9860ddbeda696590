"""The report and the findings page in a real browser: quiet, accessible, and whole without script."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from rightplace.report import findings_page, first_plan, html
from rightplace.report.inputs import FindingsSummary

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = SimpleNamespace(**runpy.run_path(str(CHECKOUT / "tests" / "made" / "report_case.py")))
BROWSER = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_browser.py"))
skip_or_fail = BROWSER["skip_or_fail"]
AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("inside", "outside", "findings")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the report for inside, the report to publish, and the findings."""
    folder = tmp_path_factory.mktemp("pages")
    area = CASE.area(300, 4)
    forecast, findings = CASE.forecast(area), CASE.findings()
    for name, publish in (("inside", False), ("outside", True)):
        told = FindingsSummary.of(findings)
        made = first_plan.build(area, forecast, told, reasons=CASE.reasons(area), publish=publish)
        html.write(made, folder / f"{name}.html")
    findings_page.write(findings, folder / "findings.html")
    return {name: (folder / f"{name}.html").as_uri() for name in PAGES}


@pytest.fixture
def visit(browser, pages):
    """Opens a page in a window of its own and remembers what it asked for and complained of."""
    opened = []

    def go(name: str, *, width: int = 1280, script: bool = True, media: str = "screen"):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        page = context.new_page()
        page.emulate_media(media=media)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(pages[name])
        opened.append(context)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_in_silence_and_asks_for_nothing_else(visit, pages, name: str) -> None:
    page = visit(name)
    assert page.title()
    assert page.said == []
    assert page.asked == [pages[name]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit, name: str) -> None:
    """All rules of axe-core, those of WCAG 2.2 A and AA and its best practices among them."""
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    page = visit(name)
    page.add_script_tag(path=str(AXE))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_axe_does_find_a_planted_fault(visit) -> None:
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    page = visit("findings")
    page.add_script_tag(path=str(AXE))
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><button></button>')"
    )
    found = page.evaluate("axe.run(document)")
    assert {"button-name", "image-alt"} <= {one["id"] for one in found["violations"]}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_sideways(visit, name: str) -> None:
    """320 pixels is also a page of 1,280 at 400% zoom (WCAG 2.2, 1.4.10): tables and charts scroll in their own frames."""
    page = visit(name)
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_what_scrolls_can_be_reached_from_the_keyboard_and_has_a_name(visit, name: str) -> None:
    page = visit(name, width=320)
    frames = page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(e => [e.tabIndex, e.getAttribute('role'),"
        " e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent])"
    )
    assert frames
    assert all(index == 0 and role == "region" and label for index, role, label in frames)


@pytest.mark.parametrize("name", PAGES)
def test_headings_stand_in_order(visit, name: str) -> None:
    levels = visit(name).evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_the_skip_link_comes_first_and_leads_to_the_main_part(visit) -> None:
    page = visit("inside")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_without_script(visit, name: str) -> None:
    with_script, without = visit(name), visit(name, script=False)
    assert without.locator("body").inner_text() == with_script.locator("body").inner_text()
    assert without.locator("svg").count() == (0 if name == "findings" else 8)


@pytest.mark.parametrize("name", ["inside", "outside"])
def test_charts_are_drawn_inside_their_frames(visit, name: str) -> None:
    """No label of a chart is cut off, and no two labels of an axis or of a line's end lie on one another."""
    cut = visit(name).evaluate(
        "[...document.querySelectorAll('svg')].flatMap(svg => { const f = svg.getBoundingClientRect();"
        " return [...svg.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();"
        " return b.left < f.left - 1 || b.right > f.right + 1 || b.top < f.top - 1 || b.bottom > f.bottom + 1 })"
        " .map(t => svg.getAttribute('aria-labelledby') + ': ' + t.textContent) })"
    )
    assert cut == []
    over = visit(name).evaluate(
        "[...document.querySelectorAll('svg')].flatMap(svg => { const t = [...svg.querySelectorAll('text')]"
        " .map(e => [e.textContent, e.getBoundingClientRect()]);"
        " return t.flatMap(([a, p], i) => t.slice(i + 1).filter(([b, q]) =>"
        " Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)"
        " .map(([b]) => a + ' / ' + b)) })"
    )
    assert over == []


def test_words_in_charts_stay_readable_on_a_phone(visit) -> None:
    """At 320 pixels a chart scrolls in its frame rather than shrinking its words below 10 pixels."""
    sizes = visit("inside", width=320).evaluate(
        "[...document.querySelectorAll('svg text')].map(t => parseFloat(getComputedStyle(t).fontSize)"
        " * t.ownerSVGElement.getBoundingClientRect().width / t.ownerSVGElement.viewBox.baseVal.width)"
    )
    assert min(sizes) >= 10


def test_print_shows_every_table_whole_and_no_navigation(visit) -> None:
    page = visit("inside", width=720, media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(".skip").is_visible()
    overflow = page.evaluate("[...document.querySelectorAll('.scroll')].map(e => getComputedStyle(e).overflowX)")
    assert set(overflow) == {"visible"}
    assert page.pdf(format="A4").startswith(b"%PDF")
