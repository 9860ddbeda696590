"""The findings of a check as a page: all counted, the first of each rule listed, nothing run."""

from __future__ import annotations

import runpy
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import html5lib
import polars as pl

from rightplace.report import findings_page
from rightplace.report.inputs import FindingsSummary
from rightplace.report.rule_titles import title

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "report_case.py")))
XHTML = "{http://www.w3.org/1999/xhtml}"


def words(page: str) -> str:
    root = html5lib.HTMLParser(strict=True).parse(page)
    return " ".join(" ".join(root.itertext()).split())


def test_findings_are_grouped_worst_first_and_counted() -> None:
    groups = findings_page.groups(CASE.findings())
    assert [(group.severity, group.rule, group.count) for group in groups] == [
        ("error", "A02", 2), ("query", "A05", 1), ("advice", "A09", 70),
    ]  # fmt: skip
    assert [len(group.rows) for group in groups] == [2, 1, 50]
    assert groups[0].title == title("A02") != "A02"


def test_a_finding_says_who_where_what_and_what_to_do() -> None:
    told = words(findings_page.render(CASE.findings()))
    for part in ("A123456789012", "a.xml line 9, Persons 1", "The date is later than census day.", "Correct it."):
        assert part in told
    assert "Keep it inside the trusted area" in told


def test_what_is_left_out_is_said() -> None:
    told = words(findings_page.render(CASE.findings(), first=10))
    assert "70 findings. Check it. The first 10 are listed" in told
    assert "person 9 in the file" in told
    assert "person 10 in the file" not in told
    assert "are listed" not in words(findings_page.render(CASE.findings(), first=70))


def test_texts_from_files_run_nothing() -> None:
    page = findings_page.render(CASE.findings())
    root = html5lib.HTMLParser(strict=True).parse(page)
    assert f"{XHTML}script" not in {element.tag for element in root.iter()}
    assert "B<script>" in words(page)
    assert "No need <is> recorded." in words(page)


def test_every_link_leads_to_its_rule() -> None:
    root = html5lib.HTMLParser(strict=True).parse(findings_page.render(CASE.findings()))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    links = [element.get("href")[1:] for element in root.iter(f"{XHTML}a")]
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))
    assert {"error-a02", "query-a05", "advice-a09"} <= set(links)


def test_actions_that_differ_are_given_row_by_row() -> None:
    findings = CASE.findings()
    varied = findings.frame.with_columns(
        pl.when(pl.col("person") == "A123456789013").then(pl.lit("Ask the school.")).otherwise("action").alias("action")
    )
    told = words(findings_page.render(replace(findings, frame=varied)))
    assert "Ask the school." in told
    assert "Correct it." in told


def test_no_findings_is_good_news() -> None:
    findings = CASE.findings()
    none = replace(findings, frame=findings.frame.clear())
    assert "Nothing was found" in words(findings_page.render(none))
    assert FindingsSummary.of(none).frame.is_empty()


def test_fifty_thousand_findings_make_a_short_page(tmp_path: Path) -> None:
    findings = CASE.findings()
    many = replace(findings, frame=pl.concat([findings.frame] * 685))
    started = time.perf_counter()
    findings_page.write(many, tmp_path / "findings.html")
    assert time.perf_counter() - started < 10
    assert (tmp_path / "findings.html").stat().st_size < 200_000
    assert "50,005 findings, by 3 rules" in words((tmp_path / "findings.html").read_text(encoding="utf-8"))
