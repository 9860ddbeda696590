"""The only place time is read, so that a test or a replay can stand at any moment it likes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

_GREENWICH: Final = timezone(timedelta(0), "GMT")
_SUMMER: Final = timezone(timedelta(hours=1), "BST")


def now() -> datetime:
    """The present moment as the clocks of England show it, with its offset from Greenwich.

    The offset is worked out by rule, not from a time-zone database, which a small machine may
    lack. Source: Summer Time Act 1972, as amended by the Summer Time Order 2002 (SI 2002/262).
    """
    return in_england(datetime.now(UTC))  # noqa: TID251 - the one reading of the clock


def today() -> date:
    """Today's date in England."""
    return now().date()


def in_england(moment: datetime) -> datetime:
    """A moment (with a time zone) as the clocks of England show it.

    Summer time runs from 01:00 GMT on the last Sunday of March to 01:00 GMT on the last
    Sunday of October (from 2002). Raises ``ValueError`` for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be placed in England.")
    greenwich = moment.astimezone(_GREENWICH)
    summer = _last_sunday_at_one(greenwich.year, 3) <= greenwich < _last_sunday_at_one(greenwich.year, 10)
    return greenwich.astimezone(_SUMMER if summer else _GREENWICH)


def _last_sunday_at_one(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=_GREENWICH)
    return last - timedelta(days=(last.weekday() + 1) % 7)
