"""True progress for long work: how much is done of how much was asked, and a way to stop it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called by long work after each step. Raise ``CancelledByUser`` from it to stop the work."""

    def __call__(self, done: int, asked: int, what: str) -> None:
        """``done`` of ``asked`` steps are finished; ``what`` names the work in a few words."""


def silent(done: int, asked: int, what: str) -> None:
    """Progress that nobody watches."""
