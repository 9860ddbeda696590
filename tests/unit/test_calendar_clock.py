"""The one place time is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
import time_machine

from rightplace.calendar import clock


def test_time_stands_where_a_test_puts_it() -> None:
    """A summer evening in Greenwich is already the next day in England."""
    with time_machine.travel(datetime(2026, 7, 31, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 8, 1)
        assert clock.now().isoformat() == "2026-08-01T00:30:00+01:00"
    with time_machine.travel(datetime(2026, 1, 15, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 1, 15)


def test_the_offset_agrees_with_the_time_zone_database() -> None:
    """Europe/London every three hours of 2026 and around every change of the clocks from 2012 to 2037."""
    try:
        london = ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        pytest.skip("this machine has no time-zone database to compare with")
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=3 * step) for step in range(2920)]
    for year in range(2012, 2038):
        for month in (3, 10):
            moments += [datetime(year, month, 24, tzinfo=UTC) + timedelta(minutes=30 * step) for step in range(370)]
    for moment in moments:
        assert clock.in_england(moment).utcoffset() == moment.astimezone(london).utcoffset(), moment


def test_a_moment_without_a_time_zone_is_refused() -> None:
    """There is no telling where it was."""
    with pytest.raises(ValueError, match="time zone"):
        clock.in_england(datetime(2026, 1, 1))  # noqa: DTZ001
