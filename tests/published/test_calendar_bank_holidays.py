"""England's bank holidays against the two public sources of them."""

from __future__ import annotations

from datetime import date

import holidays
from govuk_bank_holidays.bank_holidays import BankHolidays

from rightplace.calendar import bank_holidays, working_days


def test_every_announced_day_is_the_one_gov_uk_published() -> None:
    """GOV.UK's own list (carried by the govuk-bank-holidays package) from 2012 to 2028, day for day."""
    published = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    first, last = bank_holidays.published_period()
    ours = {day: holiday for day, holiday in working_days.bank_holidays().items() if day <= last}
    within = [day for day in published if first <= day["date"] <= last]
    assert {day["date"] for day in within} == set(ours)
    assert not any(holiday.projected for holiday in ours.values())
    assert {day["date"] for day in within if day["notes"] == "Substitute day"} == {
        day for day, holiday in ours.items() if holiday.substitute
    }


def test_announced_and_projected_weekdays_match_an_independent_calendar_to_the_horizon() -> None:
    """The ``holidays`` package for England, 2012 to 2045; it also lists the weekend days that moved."""
    calendar = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, working_days.HORIZON.year + 1))
    assert set(working_days.bank_holidays()) == {day for day in calendar if day.weekday() < 5}


def test_the_rule_differs_from_what_was_announced_only_where_a_day_was_moved_or_added() -> None:
    """The four years of one-off days since 2012, as gov.uk lists them."""
    announced = set(working_days.bank_holidays())
    differences = {
        day
        for year in range(2012, 2029)
        for day in {h.day for h in bank_holidays.by_rule(year)} ^ {d for d in announced if d.year == year}
    }
    assert differences == {
        *(date(2012, 5, 28), date(2012, 6, 4), date(2012, 6, 5)),  # Diamond Jubilee
        *(date(2020, 5, 4), date(2020, 5, 8)),  # VE Day
        *(date(2022, 5, 30), date(2022, 6, 2), date(2022, 6, 3)),  # Platinum Jubilee
        date(2022, 9, 19),  # state funeral
        date(2023, 5, 8),  # coronation
    }


def test_easter_is_the_sunday_between_the_published_good_fridays_and_easter_mondays() -> None:
    """Astronomical tables: Easter in 1981, 2000, 2008 and 2038, among them the latest and an early one."""
    assert [bank_holidays.easter_sunday(year) for year in (1981, 2000, 2008, 2038)] == [
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2038, 4, 25),
    ]
