"""A session is found as Django's own store finds it: while it lasts, and not after; Django's store is the oracle."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db as django_store
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

Ours = import_module(settings.SESSION_ENGINE).SessionStore


@pytest.fixture
def key(db: None) -> str:
    store = django_store.SessionStore()
    store["who"] = "somebody"
    store.save()
    return str(store.session_key)


def _both(key: str) -> list[tuple[dict[str, Any], str | None]]:
    """What a session holds, and whether its key stands, in our store and in Django's."""
    found = []
    for store in (Ours(key), django_store.SessionStore(key)):
        found.append((dict(store.items()), store.session_key))
    return found


def test_a_session_is_found_with_one_query(key: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Ours(key)["who"] == "somebody"
    assert len(asked) == 1


@pytest.mark.parametrize("left", [timedelta(seconds=-1), timedelta(days=-400), timedelta(minutes=1)])
def test_it_lasts_as_long_as_in_the_store_of_django(key: str, left: timedelta) -> None:
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + left)
    ours, theirs = _both(key)
    assert ours == theirs
    assert bool(ours[0]) is (left > timedelta(0))


def test_one_that_there_is_not_and_one_that_was_tampered_with_hold_nothing(key: str) -> None:
    ours, theirs = _both("a" * 32)
    assert ours == theirs == ({}, None)
    Session.objects.filter(pk=key).update(session_data="e30:made-up:made-up")
    ours, theirs = _both(key)
    assert ours == theirs
    assert ours[0] == {}


def test_one_that_is_kept_by_ours_is_kept_for_django(key: str) -> None:
    store = Ours(key)
    store["more"] = 1
    store.save()
    assert _both(key)[1] == ({"who": "somebody", "more": 1}, key)
    store.flush()
    assert not Session.objects.filter(pk=key).exists()
