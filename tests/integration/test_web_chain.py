"""Adding to the log: the database seals what this process wrote, in one go, as ``hashlib`` would have sealed it."""

from __future__ import annotations

import json
from datetime import UTC
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rightplace.web.audit import log
from rightplace.web.audit.models import Entry, Head
from rightplace.web.audit.seal import pieces, seal
from rightplace.web.audit.verify import verify

WORDS = (
    "Looked at Zoë's “record”.",
    'A "quote", a \\ and a %s',
    "Two\nlines\tand 100%",
    "{}",
    "’; DROP TABLE audit_entry; --",
)


@pytest.mark.parametrize("words", WORDS)
def test_each_row_is_sealed_as_hashlib_seals_its_json(db: None, words: str) -> None:
    """The text is the row's columns as JSON in the order of the alphabet, after FIPS 180-4's SHA-256 by ``hashlib``."""
    log.add(who="One", action="read", words="Before.")
    added = log.add(who="Two", action="read", words=words, case="R000001")
    row = Entry.objects.get(number=added.number)
    said = {
        "before": Entry.objects.get(number=1).seal, "number": 2, "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": "Two", "who_id": None, "role": "", "action": "read", "words": words, "case": "R000001", "request": "", "seals": "",
    }  # fmt: skip
    assert row.seal == sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    assert (added.seal, added.before) == (row.seal, row.before)
    assert verify().broken == ()


@pytest.mark.parametrize("words", WORDS)
def test_the_three_pieces_are_the_sealed_text_without_number_and_seal_before(words: str) -> None:
    said = {"action": "read", "at": "then", "case": words, "request": "", "words": words}
    first, second, third = pieces(said)
    text = f"{first}{'a' * 64}{second}{12}{third}"
    assert sha256(text.encode()).hexdigest() == seal("a" * 64, said | {"number": 12})


def test_a_look_outside_any_transaction_asks_the_database_as_little_as_can_be(db: None) -> None:
    log.add(who="One", action="read", words="First.")
    with CaptureQueriesContext(connection) as asked:
        log.add(who="One", action="read", words="Second.")
    made = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(made) == (1 if connection.vendor == "postgresql" else 2)


def test_what_was_not_done_is_not_in_the_log_and_leaves_no_gap(db: None) -> None:
    log.add(who="One", action="read", words="First.")

    def fails() -> None:
        with transaction.atomic():
            log.add(who="One", action="record", words="Recorded something.")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    log.add(who="One", action="read", words="Third.")
    assert list(Entry.objects.order_by("number").values_list("number", "words")) == [(1, "First."), (2, "Third.")]
    assert verify().broken == ()


def test_without_its_head_the_log_is_not_whole(db: None) -> None:
    log.add(who="One", action="read", words="First.")
    Head.objects.all().delete()
    assert any("where it ends" in fault for fault in verify().broken)


def test_a_person_and_a_command_are_named(db: None, django_user_model: Any) -> None:
    user = django_user_model.objects.create(username="olu", name="Olu Carter", role="case_officer")
    log.add(who=user, action="read", words="Looked.")
    log.add(who=None, action="read", words="Tried.")
    rows = list(Entry.objects.order_by("number").values_list("who", "who_id", "role"))
    assert rows == [("Olu Carter", user.pk, "case_officer"), ("Somebody who had not signed in", None, "")]
