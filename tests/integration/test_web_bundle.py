"""A bundle of papers for a tribunal or a mediator: numbered, in order, with an index, as a file that is sent and noted.

The order is that of the papers' place in the process: request, decisions, advice, plan, reviews, settings (the tribunal's own
directions may ask for another, and the page says so).
"""

from __future__ import annotations

import hashlib
import io
import runpy
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.advice.models import Request
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case, Document
from rightplace.web.disputes import bundle
from rightplace.web.family.models import Said
from rightplace.web.intake.models import Intake
from rightplace.web.letters.models import Letter
from rightplace.web.placement.models import Decision
from rightplace.web.plans.models import PlanVersion
from rightplace.web.school.models import ConsultationAnswer, ReviewPaper

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)


@pytest.fixture
def area(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    made = _PEOPLE["area"]()
    for case in (made.one, made.other):
        _fill(case)
    return made


def _fill(case: Case) -> None:
    by = {"recorded_by": "Case Officer", "recorded_at": clock.now()}
    Intake.objects.create(case=case, how="letter", asked_by="Jo Marsh", reason="She <b>cannot</b> follow.", **by)
    Letter.objects.create(
        case=case, kind="final_plan_issued", event=4, day=date(2025, 5, 19), title="Your child's final plan", to="Jo Marsh",
        body="You may appeal.", signed="Case Officer", verified=True, **by,
    )  # fmt: skip
    Request.objects.create(
        case=case, adviser="psychologist", asked_of="Priya Shah", asked_on=date(2025, 2, 11), event=3, needs="Loses the thread.",
        given_on=date(2025, 3, 20), given_by="Priya Shah", source="here",
    )  # fmt: skip
    Request.objects.create(case=case, adviser="health", asked_of="Dr Who", asked_on=date(2025, 2, 11), event=3)
    Said.objects.create(case=case, kind="reply", answers={"text": "Section F is vague.", "meeting": True}, **by)
    PlanVersion.objects.create(
        case=case, number=1, kind="final_plan_issued", day=date(2025, 5, 19), event=4, seal="x",
        content=[{"section": "F", "number": 1, "values": {"text": "Speech therapy."}, "ties": []}], **by,
    )  # fmt: skip
    ReviewPaper.objects.create(
        case=case, entered={"attendees": "All", "recommend": "amend", "outcome_5": "Some"}, saved_by="x", saved_at=clock.now(),
        sent_by="Head", sent_at=clock.now(),
    )  # fmt: skip
    ConsultationAnswer.objects.create(
        case=case, setting="Hill School", answers={"can_meet": False, "ground": "others", "why": "Full."}, event=4, **by
    )
    Decision.objects.create(
        case=case, day=date(2025, 5, 12), named="Marsh School", kind="Mainstream", reasons="It can meet the needs.",
        decided_by="Mo Dean", findings=0, tests=[{"ground": "s39(4)(a)", "question": "Unsuitable?", "result": "no", "reason": "None."}],
        **by,
    )  # fmt: skip
    Document.objects.create(
        case=case, title="Hospital letter", name="letter.pdf", kind="application/pdf", size=3, sha256="0" * 64,
        file=ContentFile(b"abc", name="x"), added_by="x", added_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _names(page: str) -> list[str]:
    tree = PARSER.parse(page)
    return [one.get("value") for one in tree.iter("input") if one.get("name") == "papers"]


def _make(client: Any, case: Case, names: list[str], **more: str) -> Any:
    form = {"key": "k", "version": "0", "purpose": "appeal", "papers": names} | more
    return client.post(reverse("bundle", args=[case.reference]), form)


def test_the_bundle_holds_every_paper_in_order_with_an_index(area: Any, officer: Any) -> None:
    page = whole(officer.get(reverse("bundle", args=[area.one.reference])))
    names = _names(page)
    assert [name.split("-")[0] for name in names] == [
        "chronology", "intake", "letter", "advice", "said", "plan", "review", "answer", "decision", "document",
    ]  # fmt: skip
    response = _make(officer, area.one, names)
    assert response["Content-Disposition"].startswith(f'attachment; filename="{area.one.reference}-bundle-')
    held = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    files = sorted(held.namelist())
    assert files[0] == "000 index.html"
    assert [file[:3] for file in files] == [f"{number:03}" for number in range(11)]
    index = held.read(files[0]).decode()
    PARSER.parse(index)
    assert "Made by Case Officer on" in index
    assert "Appeal to the First-tier Tribunal" in index
    for file in files[1:]:
        assert hashlib.sha256(held.read(file)).hexdigest() in index
        if file.endswith(".html"):
            PARSER.parse(held.read(file).decode())
    assert held.read(files[-1]) == b"abc"
    assert "Ben" not in " ".join(held.read(file).decode("utf-8", "replace") for file in files)
    said = Entry.objects.get(action="bundle")
    assert said.case == area.one.reference
    assert "of 10 papers: 1 What happened, in order; 2 Request for an assessment" in said.words


def test_each_paper_says_what_was_recorded(area: Any, officer: Any) -> None:
    names = _names(officer.get(reverse("bundle", args=[area.one.reference])).content.decode())
    held = zipfile.ZipFile(io.BytesIO(_make(officer, area.one, names, purpose="mediation").getvalue()))
    text = {file: held.read(file).decode() for file in held.namelist() if file.endswith(".html")}
    whole_text = " ".join(text.values())
    assert "19 May 2025: Final plan issued" in whole_text
    assert "She &lt;b&gt;cannot&lt;/b&gt; follow." in whole_text, "what people wrote is never a page of its own"
    for words in ("You may appeal.", "Loses the thread.", "Section F is vague.", "Speech therapy.", "Change the plan",
                  "incompatible with the efficient education of others", "s39(4)(a): Unsuitable?"):  # fmt: skip
        assert words in whole_text
    assert "Mediation. Ada Marsh" in whole_text


def test_only_the_papers_ticked_are_in_it(area: Any, officer: Any) -> None:
    held = zipfile.ZipFile(io.BytesIO(_make(officer, area.one, ["plan-1"]).getvalue()))
    assert sorted(file[:3] for file in held.namelist()) == ["000", "001"]


def test_a_paper_of_another_child_cannot_be_asked_for(area: Any, officer: Any) -> None:
    theirs = f"letter-{area.other.letters.get().pk}"
    response = _make(officer, area.one, [theirs])
    assert response.status_code == 200
    assert "among those shown" in whole(response)
    assert not Entry.objects.filter(action="bundle").exists()


@pytest.mark.parametrize(
    ("names", "more"), [([], {}), (["plan-1"], {"purpose": "a book"}), (["plan-1"], {"purpose": ""})]
)
def test_a_form_that_cannot_be_is_told(area: Any, officer: Any, names: list[str], more: dict[str, str]) -> None:
    page = whole(_make(officer, area.one, names, **more))
    assert "<title>Error: Bundle of papers" in page


def test_a_file_that_is_gone_or_too_big_is_told_and_nothing_is_noted(area: Any, officer: Any, monkeypatch: Any) -> None:
    document = area.one.documents.get()
    names = [f"document-{document.pk}"]
    Path(document.file.path).unlink()
    assert "could not be read" in whole(_make(officer, area.one, names))
    monkeypatch.setattr(bundle, "MOST", 2)
    assert "too big for one bundle" in whole(_make(officer, area.one, names))
    assert not Entry.objects.filter(action="bundle").exists()


def test_the_page_is_noted_and_quick(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        officer.get(reverse("bundle", args=[area.one.reference]))
    assert Entry.objects.filter(action="read", words__contains="papers for a bundle").count() == 1
