"""Check characters of pupil and learner numbers against published examples and python-stdnum."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as stdnum_upn

from rightplace.vocabulary import identifier

LETTERS = identifier.UPN_LETTERS

GOOD_UPNS = [
    "B801200005001",  # python-stdnum's own documented example
    "P207000016049",
    "N001000020001",
    "N001000021002",
    "W00100002200A",  # temporary
]
BAD_UPNS = [
    "A801200005001",
    "Q207000016049",  # printed in a supplier's help page with the wrong letter
    "b801200005001",
    "B80120000500",
    "B8012000050011",
    "I801200005001",
    "B80120000500S",
    "B80120000500A",
    "B801200005001\n",
    " B801200005001",
    "B８01200005001",
    "BÀ01200005001",
    "",
]
GOOD_ULNS = ["9276308686", "9000000016", "9000000024", "9000000032"]
BAD_ULNS = [
    "9999999999",
    "9276308687",
    "0276308686",
    "927630868",
    "92763086866",
    "+276308686",
    "９276308686",
    "",
    "x" * 10,
]


def upn_by_hand(digits: str) -> str:
    """The rule as DfE states it, worked step by step: weights 2 to 13, remainder by 23."""
    total = 0
    for position, character in enumerate(digits, start=2):
        value = int(character) if character.isdigit() else LETTERS.index(character)
        total += position * value
    return LETTERS[total % 23]


@pytest.mark.parametrize("text", GOOD_UPNS)
def test_published_upns_are_valid(text: str) -> None:
    """DfE's guide to unique pupil numbers gives the rule; the examples are worked from it."""
    assert identifier.upn_is_valid(text)
    assert identifier.upn_is_temporary(text) == text[-1].isalpha()
    assert text[0] == upn_by_hand(text[1:])


@pytest.mark.parametrize("text", BAD_UPNS)
def test_what_is_not_a_upn_is_not_valid(text: str) -> None:
    """Wrong letter, case, length, alphabet or spaces."""
    assert not identifier.upn_is_valid(text)
    assert not identifier.upn_is_temporary(text)


@pytest.mark.parametrize("text", GOOD_ULNS)
def test_published_ulns_are_valid(text: str) -> None:
    """HESA's weights 10 to 1 and remainder 10."""
    assert identifier.uln_is_valid(text)


@pytest.mark.parametrize("text", BAD_ULNS)
def test_what_is_not_a_uln_is_not_valid(text: str) -> None:
    """Among them 9999999999, which some systems write for an unknown learner."""
    assert not identifier.uln_is_valid(text)


@given(
    st.sampled_from(["302", "815", "940", "330"]), st.integers(0, 9999), st.integers(1990, 2030), st.integers(0, 999)
)
def test_upns_we_make_satisfy_python_stdnum(la: str, establishment: int, year: int, serial: int) -> None:
    """python-stdnum's check letter, for numbers whose authority it knows (it predates 940)."""
    made = identifier.make_upn(la, f"{establishment:04d}", year, serial)
    assert made[0] == upn_by_hand(made[1:]) == stdnum_upn.calc_check_digit(made[1:])
    assert identifier.upn_is_valid(made)
    if la in {"302", "815", "330"}:
        assert stdnum_upn.is_valid(made)


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True), st.sampled_from(LETTERS))
def test_exactly_one_letter_fits_any_twelve_characters(digits: str, letter: str) -> None:
    """And it is the one the worked rule gives."""
    assert identifier.upn_is_valid(letter + digits) == (letter == upn_by_hand(digits))


@given(st.integers(0, 89_999_999), st.integers(0, 89_999_999))
def test_ulns_we_make_are_valid_and_differ(first: int, second: int) -> None:
    """The first nine digits weighted 10 to 2; 10 less the remainder by 11 is the tenth (DfE school census rule 1575)."""
    made = identifier.make_uln(first)
    remainder = sum(int(digit) * weight for digit, weight in zip(made, range(10, 1, -1), strict=False)) % 11
    assert remainder != 0
    assert made[-1] == str(10 - remainder)
    assert identifier.uln_is_valid(made)
    assert (made == identifier.make_uln(second)) == (first == second)


def test_the_first_thousand_made_ulns_are_all_different() -> None:
    """Neighbours share eight digits, where a slip would show."""
    made = [identifier.make_uln(n) for n in range(1000)]
    assert len(set(made)) == 1000


def test_any_single_mistyped_digit_of_a_uln_is_caught() -> None:
    """A weighted sum modulo the prime 11 with weights 1 to 10 sees every single change."""
    right = "9276308686"
    wrong = [right[:place] + str(digit) + right[place + 1 :] for place in range(10) for digit in range(10)]
    assert {text for text in wrong if identifier.uln_is_valid(text)} == {right}


@given(
    st.lists(st.one_of(st.none(), st.sampled_from(GOOD_UPNS + BAD_UPNS + GOOD_ULNS + BAD_ULNS), st.text(max_size=14)))
)
def test_expressions_agree_with_the_scalar_functions(texts: list[str | None]) -> None:
    """Any text at all; null stays null."""
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String}).with_columns(
        upn=identifier.upn_valid_expr(pl.col("text")), uln=identifier.uln_valid_expr(pl.col("text"))
    )
    assert frame["upn"].to_list() == [None if text is None else identifier.upn_is_valid(text) for text in texts]
    assert frame["uln"].to_list() == [None if text is None else identifier.uln_is_valid(text) for text in texts]


@pytest.mark.parametrize(
    ("la", "establishment", "year", "serial"),
    [("30", "2000", 2020, 1), ("302", "200", 2020, 1), ("302", "2000", 2020, 1000), ("302", "2000", 2020, -1), ("30A", "2000", 2020, 1)],
)  # fmt: skip
def test_parts_that_do_not_fit_a_upn_are_refused(la: str, establishment: str, year: int, serial: int) -> None:
    """A made number must have the shape of a real one."""
    with pytest.raises(ValueError, match="UPN"):
        identifier.make_upn(la, establishment, year, serial)


def test_numbers_out_of_range_are_refused() -> None:
    """There are ninety million made-up ULNs."""
    for n in (-1, 90_000_000):
        with pytest.raises(ValueError, match="numbered 0 to 89999999"):
            identifier.make_uln(n)
    with pytest.raises(ValueError, match="twelve characters"):
        identifier.upn_check_letter("123")
