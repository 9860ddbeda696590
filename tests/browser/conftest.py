"""One Chromium for each file of tests, and windows of it before a served copy of the service."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_BROWSER = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_browser.py"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The installed Chromium, running."""
    with _BROWSER["chromium"]() as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Windows before the service, which is served for a whole file of tests."""
    with _BROWSER["served"](django_db_blocker) as address:
        held = _BROWSER["Windows"](browser, address)
        yield held
        held.close()
