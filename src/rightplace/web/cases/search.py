"""Finding cases by what somebody types: names, a reference, a pupil's number."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from rightplace.web.cases.models import Case, Person


def search(rows: QuerySet[Case], words: str) -> QuerySet[Case]:
    """The cases that fit every word: one with a figure in it is a reference or a pupil's number, any other begins a name.

    Each word is looked up in one table, so that a database can answer from an index however many cases there are.
    """
    for word in words.split():
        if any(letter.isdigit() for letter in word):
            rows = rows.filter(_numbered(word.upper()))
        else:
            rows = rows.filter(Q(person__surname__istartswith=word) | Q(person__forename__istartswith=word))
    return rows


def _numbered(word: str) -> Any:
    found = Q(reference=word)
    people = list(Person.objects.filter(upn=word).values_list("pk", flat=True)[:10])
    return found | Q(person__in=people) if people else found
