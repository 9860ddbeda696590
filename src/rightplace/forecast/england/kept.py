"""Results kept while a run over England goes on, so that one that was interrupted can be taken up again."""

from __future__ import annotations

from typing import Protocol

from rightplace.forecast.england.authority import Done


class Kept(Protocol):
    """Results by their mark (:func:`rightplace.forecast.england.authority.key`)."""

    def get(self, key: str) -> Done | None:
        """A result kept earlier; None where there is none that can be read."""

    def put(self, key: str, done: Done) -> None:
        """Keep a result."""


class Nowhere:
    """Results are not kept."""

    def get(self, key: str) -> Done | None:
        """Nothing."""
        return None

    def put(self, key: str, done: Done) -> None:
        """Nothing."""
