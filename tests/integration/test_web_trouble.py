"""Which errors are told as trouble that passes, and in which words; SQLSTATEs are those of PostgreSQL's own appendix A."""

from __future__ import annotations

import errno
import sqlite3
from typing import Any

import html5lib
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory

from rightplace.web.about.trouble import BUSY, FULL, UNREACHABLE, trouble, written


def _told(words: str, state: str = "") -> OperationalError:
    error, cause = OperationalError(words), Exception(words)
    if state:
        cause.sqlstate = state
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (_told("could not extend file", "53100"), FULL),
        (_told("database or disk is full"), FULL),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (_told("deadlock detected", "40P01"), BUSY),
        (_told("lock not available", "55P03"), BUSY),
        (_told("database is locked"), BUSY),
        (_told("terminating connection due to administrator command", "57P01"), UNREACHABLE),
        (_told("the database system is starting up", "57P03"), UNREACHABLE),
        (_told("connection refused"), UNREACHABLE),
        (InterfaceError("the connection is closed"), UNREACHABLE),
        (IntegrityError("duplicate key"), None),
        (DataError("value too long"), None),
        (OSError(errno.EACCES, "Permission denied"), None),
        (sqlite3.OperationalError("disk I/O error"), None),
        (ValueError("a mistake of ours"), None),
        (None, None),
    ],
)
def test_what_is_told_of_an_error(error: Any, found: Any) -> None:
    assert trouble(error) is found


def test_what_was_written_is_shown_and_nothing_of_a_sign_in_or_of_the_forms_own() -> None:
    made = RequestFactory()
    form = {"key": "k1", "csrfmiddlewaretoken": "secret", "version": "12345", "note": "A long note.", "day_day": "3"}
    assert written(made.post("/caseload/hand-over/R000001/", form)) == ["A long note."]
    assert written(made.post("/accounts/login/", {"login": "olu", "password": "a secret"})) == []
    assert written(made.post("/messages/", {"text": "x" * 30_000})) == []
    assert written(made.get("/cases/?words=marsh")) == []


def test_the_page_is_whole_and_escapes_what_was_written() -> None:
    text = render_to_string(
        "about/503.html",
        {"trouble": FULL, "sent": True, "keyed": True, "written": ["<script>x</script>"], "reference": "ab12"},
    )
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert [heading.text for heading in tree.iter("h1")] == ["There is no room left to save"]
    assert "<script>" not in text
    assert "ab12" in text
