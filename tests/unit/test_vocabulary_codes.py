"""The code lists: what each edition knows, and that every word is fit to show."""

from __future__ import annotations

import pytest

from rightplace.vocabulary import codes, ethnicity, glossary, need
from rightplace.vocabulary.setting import SEN2_SETTING_KIND
from rightplace.vocabulary.term import Term


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (codes.RequestOutcome, "Y N A W H"),
        (codes.AssessmentOutcome, "Y N A W H"),
        (codes.RequestSource, "1 2 3 4 5"),
        (codes.CeaseReason, "1 2 3 4 5 6 7 8 9"),
        (codes.ReviewOutcome, "M A C"),
        (codes.UpnUnknown, "UN1 UN2 UN3 UN5 UN8 UN9 UN10"),
        (codes.Residential, "A B"),
        (codes.WorkBased, "A T S"),
        (codes.DirectPayment, "E S H I"),
        (codes.Sen2Setting, "OLA OPA EHE EYP OTH NEET NIEC NIEO"),
        (codes.OfficerPost, "Y N R"),
        (codes.Sex, "M F"),
        (codes.GenderCurrent, "0 1 2 9"),
        (codes.AttendancePattern, "FT PT"),
    ],
)
def test_lists_hold_the_codes_of_the_return(terms: type[Term], expected: str) -> None:
    """DfE, SEN2 guides and technical specifications 2023 to 2026."""
    assert [member.value for member in terms] == expected.split()


@pytest.mark.parametrize(
    ("term", "editions"),
    [
        (need.Need.DS, {2025, 2026}),
        (need.Need.ASD, {2023, 2024, 2025, 2026}),
        (codes.RequestSource.FAMILY, {2025, 2026}),
        (codes.ReviewOutcome.MAINTAIN, {2024, 2025, 2026}),
        (codes.Sex.MALE, {2024, 2025, 2026}),
        (codes.GenderCurrent.MALE, {2023}),
        (codes.AttendancePattern.FULL_TIME, {2023}),
        (codes.CeaseReason.MAXIMUM_AGE, {2023, 2024, 2025, 2026}),
    ],
)
def test_editions_know_the_codes_they_brought_in(term: Term, editions: set[int]) -> None:
    """Changes by year in the guides. The same letter in two lists is two codes: M is a sex and a review outcome."""
    assert {year for year in range(2023, 2027) if codes.in_edition(term, year)} == editions


def test_settings_a_plan_may_name_leave_out_those_not_in_education() -> None:
    """Items 4.7c and 5.7c; every code has a kind of setting."""
    assert set(codes.Sen2Setting) - codes.NAMED_IN_PLAN == {"NEET", "NIEC", "NIEO"}
    assert set(SEN2_SETTING_KIND) == {member.value for member in codes.Sen2Setting}


def test_there_are_108_ethnicity_codes_in_twenty_main_ones() -> None:
    """DfE Common Basic Data Set, as of 2024."""
    assert len(ethnicity.ETHNICITIES) == 108
    assert set(ethnicity.MAIN_CODE) == set(ethnicity.GROUP) == set(ethnicity.ETHNICITIES)
    mains = {code for code, main in ethnicity.MAIN_CODE.items() if code == main}
    assert mains == set(ethnicity.MAIN_CODE.values())
    assert len(mains) == 20
    assert ethnicity.MAIN_CODE["WEEU"] == "WOTH"
    assert ethnicity.GROUP["BSOM"] == "Black"
    assert ethnicity.GROUP["REFU"] == "Unclassified"
    assert {"ABRI", "AWEL", "BBRI", "BWEL"} == ethnicity.INFERRED
    assert all(len(code) == 4 and code.isupper() for code in ethnicity.ETHNICITIES)


@pytest.mark.parametrize("terms", glossary.lists(), ids=lambda terms: terms.__name__)
def test_every_word_has_a_label_a_source_and_a_meaning(terms: type[Term]) -> None:
    """A word on a screen must be readable and attributable; labels must tell words apart."""
    assert terms.__doc__
    labels = list(terms.labels().values())
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert all(member.source for member in terms)
    assert all(label[0].isupper() and not label.endswith(".") for label in labels)


def test_the_glossary_has_every_word_once_in_order() -> None:
    """The page is sorted, whole and the same every time."""
    page = glossary.markdown()
    assert page == glossary.markdown()
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert "## Need" in headings
    assert "## Setting kind" in headings
    words = sum(len(list(terms)) for terms in glossary.lists()) + len(ethnicity.ETHNICITIES)
    assert sum(line.startswith("| `") for line in page.splitlines()) == words
    assert "| `ASD` | Autistic spectrum disorder | DfE SEN2 person-level return, item 5.8a |" in page
    needs = page.split("## Need\n")[1].split("\n## ")[0]
    labels = [line.split(" | ")[1] for line in needs.splitlines() if line.startswith("| `")]
    assert labels == sorted(labels, key=str.casefold)
