"""Statutory periods counted by the law's own words and worked dates."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace import parameters
from rightplace.calendar import phase_transfer, tribunal, weeks, working_days
from rightplace.errors import UserError


def test_fifteen_days_beginning_with_the_day_of_service_count_that_day() -> None:
    """SI 2014/1530, regulation 13(1): "15 days, beginning with the day on which the draft plan was served"."""
    assert weeks.last_of_days_beginning_with(date(2026, 3, 2), 15) == date(2026, 3, 16)
    assert weeks.last_of_days_beginning_with(date(2026, 3, 2), 1) == date(2026, 3, 2)


def test_weeks_end_on_the_same_weekday() -> None:
    """Six and twenty weeks are 42 and 140 days, as DfE counts them; Christmas changes nothing."""
    request = date(2025, 11, 24)
    assert weeks.add_weeks(request, 6) == date(2026, 1, 5)
    assert (weeks.add_weeks(request, 20) - request).days == 140
    assert weeks.add_weeks(date(2026, 3, 16), -2) == date(2026, 3, 2)
    assert weeks.whole_weeks_between(request, date(2026, 1, 4)) == 5
    assert weeks.whole_weeks_between(date(2026, 1, 4), request) == -5


@pytest.mark.parametrize(
    ("event", "months", "last"),
    [
        # Dodds v Walker [1981] 1 WLR 1027: four months from 30 September end on 30 January, not 31.
        (date(1978, 9, 30), 4, date(1979, 1, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2025, 12, 15), 2, date(2026, 2, 15)),
        (date(2025, 9, 1), -5, date(2025, 4, 1)),
    ],
)
def test_months_end_on_the_corresponding_date(event: date, months: int, last: date) -> None:
    """The corresponding date rule, and the last day of a month that has no such date."""
    assert weeks.add_months(event, months) == last


def test_the_worked_example_of_an_appeal_that_ends_at_christmas() -> None:
    """IPSEA's example: letter 1 October, certificate 29 November, so 29 December, so the next working day of January."""
    assert tribunal.appeal_deadline(date(2025, 10, 1)) == date(2025, 12, 1)
    assert tribunal.appeal_deadline(date(2025, 10, 1), date(2025, 11, 29)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("letter", "last"),
    [
        (date(2026, 6, 1), date(2026, 9, 1)),  # ends 1 August
        (date(2026, 6, 30), date(2026, 9, 1)),  # ends 30 August
        (date(2024, 6, 20), date(2024, 9, 2)),  # 1 September 2024 is a Sunday
        (date(2026, 5, 31), date(2026, 7, 31)),  # the day before August
        (date(2021, 11, 1), date(2022, 1, 4)),  # ends New Year's Day; 3 January is the substitute holiday
        (date(2026, 10, 24), date(2026, 12, 24)),  # the day before Christmas
        (date(2026, 1, 7), date(2026, 3, 9)),  # 7 March 2026 is a Saturday
    ],
)
def test_an_appeal_limit_on_a_closed_day_moves_to_the_next_working_day(letter: date, last: date) -> None:
    """SI 2008/2699, rule 12."""
    assert tribunal.appeal_deadline(letter) == last


def test_the_later_of_letter_and_certificate_counts() -> None:
    """SI 2008/2699, rule 20: whichever is the later."""
    assert tribunal.appeal_deadline(date(2026, 1, 12), date(2026, 1, 20)) == date(2026, 3, 12)
    assert tribunal.appeal_deadline(date(2026, 1, 12), date(2026, 3, 2)) == date(2026, 4, 2)


def test_fifteen_working_days_beginning_with_a_day_count_that_day() -> None:
    """SI 2014/1530, regulation 15(2). Easter 2026: 3 and 6 April are holidays."""
    assert working_days.last_of_working_days_beginning_with(date(2026, 3, 2), 15) == date(2026, 3, 20)
    assert working_days.last_of_working_days_beginning_with(date(2026, 3, 30), 5) == date(2026, 4, 7)
    assert working_days.last_of_working_days_beginning_with(date(2026, 4, 4), 1) == date(2026, 4, 7)
    with pytest.raises(ValueError, match="at least one day"):
        working_days.last_of_working_days_beginning_with(date(2026, 3, 2), 0)


def test_three_working_days_after_a_decline_before_easter() -> None:
    """SI 2014/1530, regulation 34: told on Thursday 2 April 2026, certificate by Thursday 9 April."""
    assert working_days.add_working_days(date(2026, 4, 2), 3) == date(2026, 4, 9)


@pytest.mark.parametrize(
    ("leaving", "academic_year", "due"),
    [
        (6, 2025, date(2026, 2, 15)),
        (-1, 2025, date(2026, 2, 15)),
        (11, 2025, date(2026, 3, 31)),
        (5, 2025, None),
        (2, 2025, None),
        (12, 2025, None),
    ],
)
def test_phase_transfer_dates(leaving: int, academic_year: int, due: date | None) -> None:
    """SI 2014/1530, regulation 18(1): the calendar year is that of the move."""
    assert phase_transfer.due_date(leaving, academic_year) == due


def test_moves_of_some_areas_count_when_asked_for() -> None:
    """SI 2014/1530, regulation 2: infant to junior, primary to middle and middle to secondary school."""
    due = {leaving: phase_transfer.due_date(leaving, 2025, everywhere_only=False) for leaving in (2, 4, 8)}
    assert set(due.values()) == {date(2026, 2, 15)}


def test_a_move_between_colleges_is_settled_five_months_before() -> None:
    """SI 2014/1530, regulation 18(2)."""
    assert phase_transfer.post_16_due_date(date(2026, 9, 1)) == date(2026, 4, 1)
    assert phase_transfer.post_16_due_date(date(2026, 7, 31)) == date(2026, 2, 28)


def test_calendar_and_parameters_state_the_same_law() -> None:
    """The dates of regulation 18 and rule 20 stand in two places, which must agree."""
    on = date(2026, 1, 1)

    def law(name: str) -> object:
        return parameters.load(name).at(on).value

    dates = {t.leaving: f"{t.month:02d}-{t.day:02d}" for t in phase_transfer.TRANSFERS}
    assert dates.pop(11) == law("phase_transfer_post_16_date")
    assert set(dates.values()) == {law("phase_transfer_other_date")}
    assert law("phase_transfer_between_post_16_months") == phase_transfer.POST_16_NOTICE_MONTHS
    assert law("appeal_months") == tribunal.APPEAL_MONTHS_FROM_LETTER
    assert law("appeal_from_certificate_months") == tribunal.APPEAL_MONTHS_FROM_CERTIFICATE


def test_days_outside_the_known_years_are_refused_in_words() -> None:
    """A mistyped year must end in a sentence and not in a silent answer."""
    with pytest.raises(UserError, match=r"2204-01-05 is outside"):
        working_days.is_working_day(date(2204, 1, 5))
    with pytest.raises(UserError, match="known from 2012"):
        working_days.add_working_days(date(2012, 1, 3), -5)
