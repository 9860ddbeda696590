"""Compulsory school age by the words of section 8 of the Education Act 1996 and its two Orders."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.calendar import academic


@pytest.mark.parametrize(
    ("birth", "start"),
    [
        # On a prescribed day: section 8(2)(a). Otherwise the next one: section 8(2)(b).
        (date(2020, 3, 31), date(2025, 3, 31)),
        (date(2020, 8, 31), date(2025, 8, 31)),
        (date(2020, 12, 31), date(2025, 12, 31)),
        (date(2020, 4, 1), date(2025, 8, 31)),
        (date(2020, 9, 1), date(2025, 12, 31)),
        (date(2021, 1, 1), date(2026, 3, 31)),
        (date(2020, 2, 29), date(2025, 3, 31)),
    ],
)
def test_school_age_begins_on_or_next_after_the_fifth_birthday(birth: date, start: date) -> None:
    """Education Act 1996, section 8(2); SI 1998/1607: prescribed days 31 March, 31 August, 31 December."""
    assert academic.compulsory_school_age(birth)[0] == start


@pytest.mark.parametrize(
    ("birth", "end"),
    [
        # 16 before the leaving date: section 8(3)(c). On it: (b). After it and before September: (a).
        (date(2008, 9, 1), date(2025, 6, 27)),
        (date(2009, 6, 27), date(2025, 6, 27)),
        (date(2009, 6, 28), date(2025, 6, 27)),
        (date(2009, 8, 31), date(2025, 6, 27)),
        (date(2009, 9, 1), date(2026, 6, 26)),
        (date(2008, 2, 29), date(2024, 6, 28)),
    ],
)
def test_school_age_ends_on_the_last_friday_in_june(birth: date, end: date) -> None:
    """Education Act 1996, section 8(3); SI 1997/1970. Last Fridays in June as gov.uk gives them."""
    assert academic.compulsory_school_age(birth)[1] == end


def test_school_leaving_dates_are_the_last_fridays_of_june() -> None:
    """2018 to 2026 by the printed calendar; in 2023 it was the last day of the month."""
    days = [academic.school_leaving_date(year).day for year in range(2017, 2026)]
    assert days == [29, 28, 26, 25, 24, 30, 28, 27, 26]
