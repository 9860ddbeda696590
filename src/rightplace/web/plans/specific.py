"""Prompts where provision is not specific: words that leave room for doubt, and what is not said.

Provision should be detailed and specific, and normally quantified: the type, hours and frequency of support and the level of
expertise (SEND Code of practice 2015, paragraph 9.69, unverified here: its text was not read). Prompts ask; they never stop anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Words found in a text (as they stand there; "" where something is missing) and what to ask of them."""

    words: str
    ask: str


_VAGUE: Final = (
    (r"regular(?:ly)?|frequent(?:ly)?|ongoing|periodic(?:ally)?|from time to time", "How often, exactly?"),
    (r"(?:have |having )?access to", "Will it be given? Say what is given, how much and by whom."),
    (r"(?:as|when|where|if) (?:and when )?(?:required|needed|necessary|appropriate|possible)", "Who decides, and on what? Say when."),
    (r"opportunit(?:y|ies)", "Say what will be done, not that it may be."),
    (r"up to", "What is the least that must be given?"),
    (r"would benefit from|may (?:need|require|benefit)|should be considered", "Is it needed? Then say that it will be given."),
    (r"(?:some|additional|extra|appropriate|high levels? of|a range of|sufficient)(?= [a-z])", "How much, or which?"),
)  # fmt: skip
_SUPPORT: Final = re.compile(r"\b(?:support|input|help|intervention|advice|therapy)\b", re.IGNORECASE)
_NUMBER: Final = r"(?:\d+(?:\.\d+)?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty)"
_AMOUNT: Final = re.compile(
    rf"\b{_NUMBER}[\s-]+(?:minutes?|mins?|hours?|hrs?|sessions?|days?|lessons?|visits?|weeks?)\b|\b1\s*:\s*\d\b|\bfull[- ]time\b",
    re.IGNORECASE,
)
_OFTEN: Final = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|termly|yearly|annually|once|twice)\b"
    r"|\b(?:a|per|each|every)\s+(?:school\s+)?(?:day|week|fortnight|month|half[- ]term|term|year|lesson|session|morning|afternoon)\b"
    r"|\bthroughout the (?:school )?(?:day|week|year)\b|\bin (?:all|every) lessons?\b",
    re.IGNORECASE,
)
_PERSON: Final = (
    r"therapists?|teachers?|assistants?|psychologists?|nurses?|SENCO|mentors?|workers?|tutors?|staff|adults?|practitioners?"
    r"|specialists?|interpreters?|doctors?|paediatricians?|counsellors?|parents?"
)
_WHO: Final = re.compile(rf"\b(?:{_PERSON})\b", re.IGNORECASE)


def prompts(text: str, *, how_much: str = "", how_often: str = "", who: str = "") -> tuple[Prompt, ...]:
    """Every prompt for an entry of provision, the vague words in the order in which they stand."""
    if not text.strip():
        return (Prompt(words="", ask="Nothing is written."),)
    return (*_vague(text), *_missing(text, how_much, how_often, who))


def _vague(text: str) -> Iterator[Prompt]:
    found = [
        (match.start(), Prompt(words=match.group(), ask=ask))
        for pattern, ask in _VAGUE
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    ]
    yield from (prompt for _, prompt in sorted(found, key=lambda one: one[0]))


def _missing(text: str, how_much: str, how_often: str, who: str) -> Iterator[Prompt]:
    lacks = {
        "how much": not how_much.strip() and not _AMOUNT.search(text),
        "how often": not how_often.strip() and not _OFTEN.search(text),
        "who gives it": not who.strip() and not _WHO.search(text),
    }
    missing = [name for name, lacking in lacks.items() if lacking]
    bare = _SUPPORT.search(text)
    if len(missing) == len(lacks) and bare:
        yield Prompt(words=bare.group(), ask="Say how much, how often and who gives it.")
    elif missing:
        yield Prompt(words="", ask=f"It does not say {_listed(missing)}.")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
