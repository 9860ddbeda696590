"""The pages of places in a real browser: quiet, accessible, whole without script, and never scrolling sideways."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from rightplace.places.assign.run import assign
from rightplace.report import html, investment_report, placement_report

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = SimpleNamespace(**runpy.run_path(str(CHECKOUT / "tests" / "integration" / "test_report_places.py")))
BROWSER = runpy.run_path(str(CHECKOUT / "tests" / "made" / "web_browser.py"))
skip_or_fail = BROWSER["skip_or_fail"]
AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PAGES = ("inside", "outside", "paper")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder, area = tmp_path_factory.mktemp("pages"), CASE._area()
    plan = assign(area, september=2026)
    reports = {
        "inside": placement_report.build(area, plan, september=2026, publish=False),
        "outside": placement_report.build(area, plan, september=2026, publish=True),
        "paper": investment_report.build(area, CASE._investment()),
    }
    for name, report in reports.items():
        html.write(report, folder / f"{name}.html")
    return {name: (folder / f"{name}.html").as_uri() for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_accessible_and_fits_every_width(browser, pages, name: str) -> None:
    """All rules of axe-core for WCAG 2.2 A and AA, and its best practices."""
    if not AXE.is_file():
        skip_or_fail(f"axe-core was not found at {AXE}; run npm ci")
    page, asked = browser.new_page(viewport={"width": 1280, "height": 800}), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[name])
    assert asked == [pages[name]]
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(path=str(AXE))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20
    page.close()
