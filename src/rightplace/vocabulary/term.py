"""The base of every coded word: a code, the label people read, and where the word comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word with a code. ``label`` is what people read; ``source`` says who defined the word.

    Members are strings equal to their code, so they can be compared with file contents
    and used as polars literals without conversion.
    """

    label: str
    source: str

    def __new__(cls, code: str, label: str, source: str) -> Self:
        """A member equal to its code. Called once for each word when the list is declared."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.source = source
        return member

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Code to label, in the order the words are declared."""
        return {member.value: member.label for member in cls}
