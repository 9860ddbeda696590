"""What a plan leaves open as a whole: needs without provision, provision tied to nothing, sections that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rightplace.web.plans.sections import NEEDS, PROVISION, SECTIONS
from rightplace.web.plans.specific import Prompt, prompts
from rightplace.web.plans.written import Written, labels, of_section

_MUST: Final = ("A", "B", "E", "F", "K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something left open: the entry's number (0 for the whole plan) and a sentence."""

    number: int
    words: str


def gaps(entries: Sequence[Written]) -> tuple[Gap, ...]:
    """Every gap of a plan: empty sections, then what is not tied, in the order of the plan."""
    return (*_empty(entries), *_untied_needs(entries), *_untied(entries))


def vague(entries: Sequence[Written]) -> dict[int, tuple[Prompt, ...]]:
    """Prompts for each entry of provision that has any: number to prompts."""
    found = {
        entry.number: prompts(
            entry.text,
            how_much=entry.values.get("how_much", ""),
            how_often=entry.values.get("how_often", ""),
            who=entry.values.get("who", ""),
        )
        for letter in PROVISION
        for entry in of_section(entries, letter)
    }
    return {number: held for number, held in found.items() if held}


def _empty(entries: Sequence[Written]) -> Iterator[Gap]:
    for letter in _MUST:
        if not any(entry.text.strip() for entry in of_section(entries, letter)):
            yield Gap(number=0, words=f"Section {letter}, {SECTIONS[letter].title.lower()}, is empty.")


def _untied_needs(entries: Sequence[Written]) -> Iterator[Gap]:
    names = labels(entries)
    met = {tie for letter in PROVISION for entry in of_section(entries, letter) for tie in entry.ties}
    for letter in NEEDS:
        for need in of_section(entries, letter):
            if need.number not in met:
                yield Gap(number=need.number, words=f"No provision is tied to need {names[need.number]}.")


def _untied(entries: Sequence[Written]) -> Iterator[Gap]:
    names = labels(entries)
    section_of = {entry.number: entry.section for entry in entries}
    sought = {tie for letter in PROVISION for entry in of_section(entries, letter) for tie in entry.ties}
    for outcome in of_section(entries, "E"):
        if outcome.number not in sought:
            yield Gap(number=outcome.number, words=f"No provision is tied to outcome {names[outcome.number]}.")
    for letter in PROVISION:
        for entry in of_section(entries, letter):
            tied = {section_of.get(tie) for tie in entry.ties}
            if not tied & set(NEEDS):
                yield Gap(number=entry.number, words=f"Provision {names[entry.number]} is tied to no need.")
            if "E" not in tied:
                yield Gap(number=entry.number, words=f"Provision {names[entry.number]} is tied to no outcome.")
