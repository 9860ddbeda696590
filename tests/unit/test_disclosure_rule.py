"""The rule of publication and the type of a published number."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace import parameters
from rightplace.disclosure.cells import protect
from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, Status, difference, lone, modelled, shown
from rightplace.disclosure.rule import STANDARD, Rule
from rightplace.disclosure.sums import Sum


def test_a_reader_can_know_no_more_than_the_interval_of_a_rounded_count() -> None:
    for rule in (STANDARD, Rule(suppress_below=6, base=10), Rule(suppress_below=5, base=1), Rule(suppress_below=10)):
        for count in [0, *range(rule.suppress_below, 60)]:
            low, high = rule.interval(rule.rounded(count))
            same = {
                other for other in range(200) if not rule.is_small(other) and rule.rounded(other) == rule.rounded(count)
            }
            assert (low, high) == (min(same), max(same))


def test_the_standard_rule_is_the_one_the_parameters_state_with_its_source() -> None:
    values = [
        parameters.load(f"disclosure_{name}").at(date(2026, 1, 15)).value for name in ("smallest_shown", "round_to")
    ]
    assert [STANDARD.suppress_below, STANDARD.base] == values


def test_a_rule_under_which_people_could_round_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="shown as 0"):
        Rule(suppress_below=3, base=10)
    with pytest.raises(ValueError, match="below 2"):
        Rule(suppress_below=1)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "c"), (4, "c"), (5, "5"), (7, "5"), (8, "10"), (1234, "1,235"), (None, "x")]
)
def test_a_lone_count_is_hidden_or_rounded_and_never_blank(count: int | None, text: str) -> None:
    assert lone(count).text == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.4, "0"), (0.5, "c"), (4.49, "c"), (4.5, "5"), (102.6, "105")]
)
def test_a_modelled_number_keeps_the_rule_of_counts(value: float, text: str) -> None:
    assert modelled(value).text == text


def test_a_number_below_zero_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="-1"):
        lone(-1)
    with pytest.raises(ValueError, match="-1"):
        protect({"a": -1}, [])


def test_a_published_number_is_shown_or_marked_and_never_both() -> None:
    with pytest.raises(ValueError, match="cannot have the value"):
        Published(value=None, status=Status.SHOWN)
    with pytest.raises(ValueError, match="cannot have the value"):
        Published(value=0, status=Status.SUPPRESSED)
    assert SUPPRESSED.note.startswith("c: not shown")
    assert (MISSING.text, shown(7).note) == ("x", "")


def test_a_difference_is_worked_out_from_what_is_shown() -> None:
    assert difference(shown(20), shown(35)) == shown(-15)
    assert difference(shown(20), SUPPRESSED) is SUPPRESSED
    assert difference(MISSING, shown(20)) is MISSING


def test_a_total_that_is_small_hides_the_zeros_beneath_it() -> None:
    """Otherwise one count beside three zeros would be as good as told."""
    published = protect({"all": 3, "a": 3, "b": 0, "c": 0}, [Sum(total="all", parts=("a", "b", "c"))])
    assert {number.text for number in published.values()} == {"c"}


def test_a_zero_in_a_table_that_hides_nothing_near_it_is_shown() -> None:
    published = protect({"all": 50, "a": 47, "b": 3, "c": 0}, [Sum(total="all", parts=("a", "b", "c"))])
    assert [number.text for number in published.values()] == ["50", "45", "c", "0"]


def test_numbers_that_do_not_add_up_or_are_missing_are_still_protected() -> None:
    """Published figures do not always sum to their totals; a missing one stays missing."""
    counts = {"all": 60, "a": 40, "b": 3, "c": None, "d": 9}
    parts = ("a", "b", "c", "d")
    published = protect(counts, [Sum(total="all", parts=parts)])
    assert [number.text for number in published.values()] == ["60", "40", "c", "x", "10"]
    too_many = protect({**counts, "all": 20}, [Sum(total="all", parts=parts)])
    assert too_many["b"] is SUPPRESSED
    missing_total = protect({**counts, "all": None}, [Sum(total="all", parts=parts)])
    assert missing_total["all"] is MISSING


def test_two_breakdowns_that_disagree_about_a_missing_total_are_still_protected() -> None:
    counts = {"all": None, "a": 2, "b": 30, "c": 1, "d": 40}
    sums = [Sum(total="all", parts=("a", "b")), Sum(total="all", parts=("c", "d"))]
    published = protect(counts, sums)
    assert [number.text for number in published.values()] == ["x", "c", "30", "c", "40"]


def test_a_sum_of_counts_that_are_not_given_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="'b'"):
        protect({"all": 3, "a": 3}, [Sum(total="all", parts=("a", "b"))])


def test_what_others_have_published_hides_more_of_ours() -> None:
    """12 is shown as 10, which means 8 to 12; with the exact total of 16 in hand the mark could only be 4."""
    counts, sums = {"all": 16, "a": 12, "b": 4}, [Sum(total="all", parts=("a", "b"))]
    assert [number.text for number in protect(counts, sums).values()] == ["15", "10", "c"]
    assert [number.text for number in protect(counts, sums, known={"all"}).values()] == ["15", "c", "c"]
