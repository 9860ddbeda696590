"""One paper of a case, as a bundle has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from rightplace.web.cases.models import Document

Blocks = tuple[tuple[str, str], ...]
GROUPS: Final = (
    "Chronology", "Request", "Letters about decisions", "Advice and reports", "What the family said", "Plan",
    "Reviews", "Settings consulted", "Decisions about the setting", "Documents",
)  # fmt: skip
"""The order of a bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: its own name in the case ("letter-12"), where it belongs, and its text in blocks of heading and text.

    ``document`` is the file where it is one that was uploaded; it then has no blocks.
    """

    name: str
    group: str
    title: str
    day: date
    by: str
    blocks: Blocks = ()
    document: Document | None = None


def filled(blocks: Blocks) -> Blocks:
    """The blocks that say something."""
    return tuple((heading, text) for heading, text in blocks if text.strip() or heading)


def in_words(value: Any) -> str:
    """An answer of a form as text."""
    return {True: "Yes", False: "No", None: ""}[value] if value is None or isinstance(value, bool) else str(value)
