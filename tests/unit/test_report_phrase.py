"""Numbers as people read them."""

from __future__ import annotations

import pytest

from rightplace.disclosure.published import MISSING, SUPPRESSED, shown
from rightplace.report.labels import in_order, in_sentence, label
from rightplace.report.model import Column, Share, TableBlock
from rightplace.report.phrase import (
    HIDDEN_RANGE,
    Range,
    about,
    between,
    certain,
    change_text,
    direction,
    plain,
    share,
    spell_small,
    whole,
)


def span(low: int, middle: int, high: int) -> Range:
    return Range(low=shown(low), middle=shown(middle), high=shown(high))


def test_a_range_is_read_with_both_ends_and_its_middle() -> None:
    assert between(span(900, 1000, 1200)) == "between 900 and 1,200, with the middle at about 1,000"
    assert about(span(900, 1000, 1200)) == "about 1,000 (900 to 1,200)"
    assert about(certain(shown(12))) == "about 12"
    assert between(certain(shown(12))) == "about 12"


def test_a_range_with_a_hidden_end_is_not_read_out() -> None:
    half = Range(low=SUPPRESSED, middle=shown(5), high=shown(10))
    for hidden in (half, HIDDEN_RANGE):
        assert "too small to show" in between(hidden)
        assert "too small to show" in about(hidden)


@pytest.mark.parametrize(
    ("change", "way"),
    [((5, 9, 20), "grow"), ((-9, -5, -1), "fall"), ((-2, 4, 9), "grow or fall"), ((0, 0, 0), "stay about as it is")],
)
def test_direction_says_only_what_both_ends_agree_on(change: tuple[int, int, int], way: str) -> None:
    assert direction(span(*change)) == way
    assert direction(HIDDEN_RANGE) == "change"


def test_a_change_is_worked_out_end_by_end() -> None:
    assert span(90, 100, 120).less(shown(95)) == span(-5, 5, 25)
    assert span(90, 100, 120).less(SUPPRESSED) == HIDDEN_RANGE
    assert [change_text(number) for number in (shown(1500), shown(-15), shown(0), SUPPRESSED)] == [
        "+1,500", "\N{MINUS SIGN}15", "0", "c",
    ]  # fmt: skip


def test_small_shares_are_given_inside_and_not_in_a_version_to_publish() -> None:
    assert share(shown(30), shown(1000), publish=False) == Share(percent=3, text="3%")
    assert share(shown(30), shown(1000), publish=True) == Share(percent=None, text="under 5%")
    assert share(shown(3), shown(1000), publish=False) == Share(percent=None, text="under 1%")
    assert share(shown(0), shown(1000), publish=True) == Share(percent=0, text="0%")
    assert share(SUPPRESSED, shown(1000), publish=True).text == "c"
    assert share(shown(5), MISSING, publish=True).text == "x"
    assert share(shown(0), shown(0), publish=False).text == "x"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("missing in 2 fields", "missing in two fields"),
        ("Records 1-4", "Records one-four"),
        ("4.", "four."),
        ("Year 14, 2.5% and 3/4, 10 and 2026", "Year 14, 2.5% and 3/4, 10 and 2026"),
        ("sen2 file2.xml", "sen2 file2.xml"),
    ],
)
def test_lone_small_figures_in_free_text_become_words(text: str, spelt: str) -> None:
    assert spell_small(text) == spelt


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "x"), (1000.0, "1,000"), (0.8512, "0.851"), (12345.6, "12,346"), (3, "3"), ("as counted", "as counted")],
)
def test_a_parameter_is_written_to_three_figures(value: object, text: str) -> None:
    assert plain(value) == text


def test_halves_are_rounded_away_from_nought() -> None:
    assert [whole(value).value for value in (0.5, 1.49, -0.5, -1.49)] == [1, 1, -1, -1]
    assert whole(None) is MISSING


def test_labels_come_from_the_vocabulary_and_read_well_in_a_sentence() -> None:
    assert label("need", "ASD") == "Autistic spectrum disorder"
    assert label("year_group", "-1") == "Nursery 2"
    assert label("need", "new code") == "new code"
    assert in_sentence("need", "ASD") == "autistic spectrum disorder"
    assert in_sentence("need", "DS") == "Down syndrome"
    assert in_sentence("setting", "sen_unit").startswith("SEN unit")
    assert in_sentence("year_group", "7") == "Year 7"
    assert in_order("year_group", ["10", "9", "-1", "?"]) == ["-1", "9", "10", "?"]


def test_a_table_whose_rows_do_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        TableBlock(key="t", title="T", columns=(Column(name="A"),), rows=(("a", "b"),), units="u", source="s")
