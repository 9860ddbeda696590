"""Searching for cases: by how a name begins, by reference, by pupil number; and answered from an index on PostgreSQL."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from rightplace.web.cases.models import Case, Person
from rightplace.web.cases.search import search

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PEOPLE = (
    ("Ada", "Marsh", "A123456789012"),
    ("Adam", "Hill", ""),
    ("Mary", "O'Neil", ""),
    ("Zoë", "Adams", "B23456789012A"),
)


@pytest.fixture
def cases(db: None) -> None:
    for number, (forename, surname, upn) in enumerate(PEOPLE, start=1):
        person = Person.objects.create(forename=forename, surname=surname, upn=upn)
        Case.objects.create(reference=f"R{number:06}", person=person)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ada", ["Ada", "Adam", "Zoë"]),
        ("ADA", ["Ada", "Adam", "Zoë"]),
        ("ada mar", ["Ada"]),
        ("mar ada", ["Ada"]),
        ("o'n", ["Mary"]),
        ("da", []),
        ("%", []),
        ("_da", []),
        ("r000002", ["Adam"]),
        ("R00000", []),
        ("a123456789012", ["Ada"]),
        ("b23456789012a", ["Zoë"]),
        ("ada r000002", ["Adam"]),
        ("mary r000002", []),
        ("", ["Ada", "Adam", "Mary", "Zoë"]),
    ],
)
def test_each_word_begins_a_name_or_is_a_whole_number(cases: None, words: str, found: list[str]) -> None:
    rows = search(Case.objects.all(), words)
    assert sorted(rows.values_list("person__forename", flat=True)) == found


def test_the_page_finds_and_tells_how_many(cases: None) -> None:
    client = _PEOPLE["signed_in"](_PEOPLE["person"]("case_officer"))
    text = client.get(reverse("cases"), {"words": "ada"}).content.decode()
    assert "3 found." in text
    assert "Zoë Adams" in text


def test_postgresql_answers_from_indices(cases: None) -> Any:
    """Of 3,000 cases, counted by ANALYZE: few enough to be quick, too many to be read through for one."""
    if connection.vendor != "postgresql":
        return
    names = [f"{number:04}"[::-1].translate(str.maketrans("0123456789", "qwertzuiop")) for number in range(3000)]
    people = Person.objects.bulk_create(
        Person(forename=name, surname=name[::-1], upn=f"C{place:012}") for place, name in enumerate(names)
    )
    Case.objects.bulk_create(Case(reference=f"S{person.pk:06}", person=person) for person in people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_person, cases_case")
    for words, index in (
        ("ada", "person_forename_begins"),
        ("a123456789012", "cases_person_upn"),
        ("r000001", "cases_case_reference"),
    ):
        rows = (
            Person.objects.filter(upn=words.upper())
            if words[0] == "a" and words[1].isdigit()
            else search(Case.objects.all(), words)
        )
        assert index in rows.explain(), words
