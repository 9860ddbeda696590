"""The tests of fit in their order, and how one came out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from rightplace.casework.placement import Result


class Test(IntEnum):
    """A test of fit. Its number is its bit in a set of tests."""

    __test__ = False

    AGE = 0
    NEED = 1
    SECOND_NEED = 2
    PROVISION = 3
    PLACES = 4
    DISTANCE = 5
    SEX = 6
    PEERS = 7
    CONTINUITY = 8

    @property
    def question(self) -> str:
        """What the test asks."""
        return _QUESTIONS[self]

    @property
    def bit(self) -> int:
        """The set that holds this test alone."""
        return 1 << int(self)


_QUESTIONS: Final = {
    Test.AGE: "Does it take the year group?",
    Test.NEED: "Is it set up for the primary need?",
    Test.SECOND_NEED: "Is it set up for the secondary need?",
    Test.PROVISION: "Can it make the provision of section F?",
    Test.PLACES: "Is there a place?",
    Test.DISTANCE: "Is the journey within the guide?",
    Test.SEX: "Does it take girls, boys or both?",
    Test.PEERS: "Are there others of like age and need?",
    Test.CONTINUITY: "Does the child stay, or join a brother or sister?",
}

BARRING: Final = (Test.AGE, Test.NEED, Test.PROVISION, Test.SEX)
"""Tests that keep a base from being a candidate when they are not met. The others count for or against it.

A full base is no bar: being full does not by itself make a refusal lawful (Children and Families Act 2014, section 39(4)).
"""
BARS: Final = sum(test.bit for test in BARRING)

RESULTS: Final = (Result.UNKNOWN, Result.MET, Result.NOT_MET)
"""Results in the order of their numbers in compiled code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitTest:
    """One test of one child against one base: the result, and the evidence for it in a sentence."""

    test: Test
    result: Result
    evidence: str

    @property
    def bars(self) -> bool:
        """Whether this alone keeps the base from being suitable on what is known."""
        return self.result is Result.NOT_MET and self.test in BARRING


def among(bits: int) -> tuple[Test, ...]:
    """The tests in a bit set, in their order."""
    return tuple(test for test in Test if bits & test.bit)
