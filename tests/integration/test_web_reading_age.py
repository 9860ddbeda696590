"""What families read can be read at about eleven, by a published formula over the text of the pages as they are shown.

The Coleman-Liau index (tests/made/readability.py) of the whole sentences in paragraphs, lists and hints. Headings, names of
laws and names of people are left out: they are not sentences.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS
from rightplace.web.cases.models import Link
from rightplace.web.family.so_far import SO_FAR

MADE = Path(__file__).parents[1] / "made"
PEOPLE = runpy.run_path(str(MADE / "web_people.py"))
READ = runpy.run_path(str(MADE / "readability.py"))
ABOUT_ELEVEN = 12.0
"""Eleven until the twelfth birthday."""
COURSES = {
    "asked": ("request_received",),
    "assessing": ("request_received", "assessment_agreed"),
    "refused": ("request_received", "assessment_refused"),
    "draft": ("request_received", "assessment_agreed", "draft_plan_sent"),
    "final": ("request_received", "assessment_agreed", "draft_plan_sent", "final_plan_issued"),
}
NAMES = ("family_case", "family_rights", "family_documents", "family_views", "family_reply", "family_prefer", "messages",
         "document_add", "provision", "school_reviews")  # fmt: skip


def test_the_formula_gives_the_grade_of_its_authors_own_abstract() -> None:
    """Coleman and Liau's abstract has 119 words, 5 sentences and 639 letters, which gives 14.5 (as worked in Wikipedia,
    "Coleman-Liau index")."""
    worked = READ["Counts"](letters=639, words=119, sentences=5)
    assert worked.grade == pytest.approx(14.5, abs=0.05)


def test_sentences_words_and_letters_are_counted_as_by_hand() -> None:
    held = READ["split"]("It's 5 days. Don't wait!\nWho decides? A heading")
    assert held == ["It's 5 days.", "Don't wait!", "Who decides?"]
    counted = READ["count"](held)
    assert (counted.letters, counted.words, counted.sentences) == (3 + 1 + 4 + 4 + 4 + 3 + 7, 7, 3)


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, list[str]]]:
    """The sentences of each page, in each course of events."""
    with django_db_blocker.unblock():
        for area in PEOPLE["kept_area"](django_db_blocker):
            yield {address: said for role in ("parent", "young_person") for address, said in _all(area, role)}


def _all(area: Any, role: str) -> Iterator[tuple[str, list[str]]]:
    who = area.people[role]
    client = PEOPLE["signed_in"](who)
    yield f"{role} family_ask", _sentences(client.get(reverse("family_ask")))
    yield f"{role} family_ask, empty", _sentences(client.post(reverse("family_ask"), {"key": "k", "version": "0"}))
    for course, kinds in COURSES.items():
        Link.objects.filter(user=who).delete()
        days = [clock.today() - timedelta(days=back) for back in (200, 150, 90, 30)]
        steps = [(day.isoformat(), kind) for day, kind in zip(days, kinds, strict=False)]
        born = "2014-05-02" if role == "parent" else "2008-05-02"
        case = PEOPLE["make_case"](area.people["case_officer"], *steps, born=born, officer=area.people["case_officer"])
        Link.objects.create(case=case, user=who, kind=role, since=days[0])
        for name in NAMES:
            yield f"{role} {name}, {course}", _sentences(client.get(reverse(name, args=[case.reference])))


def _sentences(response: Any) -> list[str]:
    assert response.status_code == 200
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    main = next(one for one in tree.iter("main"))
    for basis in [one for one in main.iter("span") if "govuk-hint" in (one.get("class") or "")]:
        basis.text = ""
    held = [
        *main.iter("p"),
        *main.iter("li"),
        *(one for one in main.iter("div") if "govuk-hint" in (one.get("class") or "")),
    ]
    return [sentence for one in held for sentence in READ["split"]("".join(one.itertext()))]


def test_each_family_page_can_be_read_at_about_eleven(pages: dict[str, list[str]], db: None) -> None:
    ages = {name: READ["count"](said).age for name, said in pages.items() if sum(map(len, said)) > 200}
    assert len(ages) > 40
    assert {name: round(age, 1) for name, age in ages.items() if age >= ABOUT_ELEVEN} == {}


def test_all_of_it_together_can_be_read_below_that(pages: dict[str, list[str]], db: None) -> None:
    everything = sorted({sentence for said in pages.values() for sentence in said})
    assert len(everything) > 60
    assert READ["count"](everything).age < ABOUT_ELEVEN


def test_every_event_is_told_in_the_past_and_without_blame() -> None:
    assert set(SO_FAR) == set(EVENTS)
    for words in SO_FAR.values():
        assert not {"case", "fail", "failed", "late", "delay"} & set(words.lower().replace(",", "").split()), words
