"""Settings of the service. ``rightplace.web.settings`` reads the environment; ``.test`` is for the tests."""

from __future__ import annotations

from rightplace.web.settings.base import *  # noqa: F403
