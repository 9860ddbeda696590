"""How old somebody must be to read a text with ease: the Coleman-Liau index.

Source: M. Coleman and T. L. Liau, "A computer readability formula designed for machine scoring", Journal of Applied Psychology
60 (1975), 283-284: grade = 0.0588 L - 0.296 S - 15.8, where L is letters for each 100 words and S sentences for each 100 words.
Children begin a grade of the schools of the United States at the age of five years more than its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_AGE_AT_GRADE_0: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the index is made from."""

    letters: int
    words: int
    sentences: int

    @property
    def grade(self) -> float:
        """The grade at which people read such a text."""
        letters, sentences = 100 * self.letters / self.words, 100 * self.sentences / self.words
        return 0.0588 * letters - 0.296 * sentences - 15.8

    @property
    def age(self) -> float:
        """The age at which they do, in years."""
        return self.grade + _AGE_AT_GRADE_0


def count(sentences: Sequence[str]) -> Counts:
    """The counts of a text that is given in its sentences. Figures count as letters, as in the paper."""
    words = [word for sentence in sentences for word in re.findall(r"\w+(?:['’.,-]\w+)*", sentence)]
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return Counts(letters=letters, words=len(words), sentences=len(sentences))


def split(text: str) -> list[str]:
    """The whole sentences of a text: what ends with a full stop, a question mark or an exclamation mark."""
    flat = " ".join(text.split())
    return [part for part in re.split(r"(?<=[.?!])\s+", flat) if part.endswith((".", "?", "!"))]
