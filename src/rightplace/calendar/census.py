"""Census days of the SEN2 return, and the days by which it is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_THURSDAY: Final = 3

SEN2_OFF_RULE: Final[dict[int, date]] = {2021: date(2021, 1, 14)}
"""SEN2 census days that were not the third Thursday of January.

In 2021 the aggregate return counted on the second Thursday, a week before the school census.
"""

PUBLISHED_DEADLINES: Final[dict[int, date]] = {
    2024: date(2024, 3, 14),
    2025: date(2025, 3, 14),
    2026: date(2026, 3, 12),
    2027: date(2027, 3, 11),
}
"""Last days for the SEN2 return that DfE has published, by census year.

Source: DfE, "Special educational needs survey: guide to submitting data" and its survey dates,
https://www.gov.uk/guidance/special-educational-needs-survey
"""


def school_census_day(year: int) -> date:
    """Day of the spring school census: the third Thursday of January.

    Source: DfE school census guides; equal to the published day in every year from 2015 to 2027.
    """
    return _nth_thursday(year, 1, 3)


def census_day(year: int) -> date:
    """Day on which a SEN2 return counts plans: the day of the spring school census, but for 2021."""
    return SEN2_OFF_RULE.get(year) or school_census_day(year)


def return_deadline(year: int) -> date:
    """Last day for the SEN2 return of a census year.

    DfE's own date where it has published one (``PUBLISHED_DEADLINES``); otherwise the second
    Thursday of March, which is where three of the four published dates fall (2025 was a day later).
    """
    return PUBLISHED_DEADLINES.get(year) or _nth_thursday(year, 3, 2)


def _nth_thursday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 7 * (nth - 1))
