"""Vague words, gaps and differences of plans, as pure functions.

The pairs of vague and specific provision are made by hand on the pattern of what the SEND Code of practice 2015, paragraph
9.69, asks (type, hours, frequency, level of expertise). The law of the sections is SI 2014/1530, regulation 12.
"""

from __future__ import annotations

from difflib import ndiff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.web.plans.difference import Change, changes, words_changed
from rightplace.web.plans.gaps import gaps, vague
from rightplace.web.plans.sections import SECTIONS
from rightplace.web.plans.specific import prompts
from rightplace.web.plans.written import Written, from_json, labels, seal_of, to_json

VAGUE = {
    "Ben will have regular speech and language therapy.": "regular",
    "Ada has access to a quiet room.": "access to",
    "A sensory break as required.": "as required",
    "Breaks when needed, by a teaching assistant, for 5 minutes.": "when needed",
    "There will be opportunities to mix with others.": "opportunities",
    "Up to 10 hours a week from a teaching assistant.": "Up to",
    "She would benefit from a visual timetable.": "would benefit from",
    "Support in class.": "Support",
    "Ongoing input.": "Ongoing",
}
SPECIFIC = (
    "A speech and language therapist works with Ada for 45 minutes once a week, in term time.",
    "A teaching assistant trained to level 3 sits beside him in every lesson, 25 hours per week.",
    "1:1 teaching by a qualified teacher of the deaf for two hours each week.",
    "An occupational therapist visits for one hour every half-term and writes a programme, which a teaching assistant "
    "carries out for 20 minutes daily.",
)


@pytest.mark.parametrize(("text", "words"), VAGUE.items())
def test_vague_words_are_found_as_they_stand(text: str, words: str) -> None:
    assert words in [prompt.words for prompt in prompts(text)]


@pytest.mark.parametrize("text", SPECIFIC)
def test_provision_that_says_type_hours_frequency_and_who_draws_no_prompt(text: str) -> None:
    assert prompts(text) == ()


def test_what_is_not_said_is_asked_for_and_what_is_said_beside_the_text_counts() -> None:
    assert [one.ask for one in prompts("A therapist works with him.")] == ["It does not say how much or how often."]
    assert prompts("A therapist works with him.", how_much="one hour", how_often="weekly") == ()
    assert [one.words for one in prompts("Support in class.", who="a teaching assistant")] == [""]
    assert [one.ask for one in prompts("  ")] == ["Nothing is written."]


def test_words_inside_other_words_are_not_taken_for_vague_ones() -> None:
    assert prompts("A teacher gives irregular verbs practice for 10 minutes each day, with an accessible laptop.") == ()


def test_the_sections_are_those_of_regulation_12_in_its_order() -> None:
    """SI 2014/1530, regulation 12(1)(a) to (j) and (4), read on legislation.gov.uk."""
    assert list(SECTIONS) == ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]


def _entry(section: str, number: int, text: str, *ties: int, **values: str) -> Written:
    return Written(section=section, number=number, values={"text": text, **values}, ties=ties)


def _whole() -> list[Written]:
    return [
        _entry("A", 1, "Ada likes trains."),
        _entry("B", 2, "Cannot follow long sentences."),
        _entry("E", 3, "By July 2027 follows two-step requests.", 2),
        _entry("F", 4, SPECIFIC[0], 2, 3),
        _entry("K", 5, "Psychological advice, 3 March 2026."),
    ]


def test_a_plan_in_which_all_is_tied_has_no_gap() -> None:
    assert gaps(_whole()) == ()
    assert vague(_whole()) == {}


def test_each_gap_is_named() -> None:
    assert [gap.words for gap in gaps([])] == [
        "Section A, views, interests and aspirations, is empty.",
        "Section B, special educational needs, is empty.",
        "Section E, outcomes, is empty.",
        "Section F, special educational provision, is empty.",
        "Section K, advice and information, is empty.",
    ]
    more = [
        *_whole(),
        _entry("B", 6, "Tires quickly."),
        _entry("E", 7, "Reads a page."),
        _entry("F", 8, "Regular rest."),
    ]
    assert [gap.words for gap in gaps(more)] == [
        "No provision is tied to need B2.",
        "No provision is tied to outcome E2.",
        "Provision F2 is tied to no need.",
        "Provision F2 is tied to no outcome.",
    ]
    assert list(vague(more)) == [8]


def test_entries_keep_their_text_through_json_and_the_seal_follows_every_word() -> None:
    entries = _whole()
    again = from_json(to_json(entries))
    assert seal_of(again) == seal_of(entries)
    entries[3] = _entry("F", 4, SPECIFIC[0] + " ", 2, 3)
    assert seal_of(entries) != seal_of(again)
    assert labels(again)[4] == "F1"


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_a_difference_gives_back_both_texts(before: str, after: str) -> None:
    runs = words_changed(before, after)
    assert "".join(run.words for run in runs if run.change is not Change.ADDED) == before
    assert "".join(run.words for run in runs if run.change is not Change.REMOVED) == after
    assert all(run.words for run in runs)


def test_a_difference_agrees_with_ndiff_of_the_words() -> None:
    """``difflib.ndiff`` over the words is an implementation of its own of the markings."""
    before, after = "45 minutes once a week by a therapist", "60 minutes once a week by an assistant"
    lines = list(ndiff(before.split(), after.split()))
    runs = words_changed(before, after)
    removed = [word for run in runs if run.change is Change.REMOVED for word in run.words.split()]
    added = [word for run in runs if run.change is Change.ADDED for word in run.words.split()]
    assert sorted(removed) == sorted(line[2:] for line in lines if line.startswith("- "))
    assert sorted(added) == sorted(line[2:] for line in lines if line.startswith("+ "))


def test_changes_tell_entries_added_taken_out_reworded_and_tied_anew() -> None:
    before = _whole()
    after = [before[0], before[1], before[2], _entry("F", 4, SPECIFIC[0], 2), _entry("F", 9, "New.", 2), before[4]]
    after[1] = _entry("B", 2, "Cannot follow sentences.")
    found = changes(before, [one for one in after if one.number != 5])
    assert [(one.name, one.change.value, one.ties) for one in found] == [
        ("B1", "kept", ""),
        ("F1", "kept", "Was tied to B1, E1; is now tied to B1."),
        ("F2", "added", ""),
        ("K1", "removed", ""),
    ]
    assert changes(before, before) == ()
