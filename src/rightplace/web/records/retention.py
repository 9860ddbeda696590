"""How long a record is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from rightplace import parameters
from rightplace.calendar import clock
from rightplace.web.cases.models import Case

NAME = "case_record_kept_years_from_birth"


def years() -> int:
    """Years from birth for which the record of an ended case is kept, as of today."""
    return int(parameters.load(NAME).at(clock.today()).value)


def until(born: date) -> date:
    """The last day on which a record is kept: the day before that birthday (of 29 February: 28 February)."""
    day = 28 if (born.month, born.day) == (2, 29) else born.day
    birthday = date(born.year + years(), born.month, day)
    return date.fromordinal(birthday.toordinal() - 1)


def past(case: Any) -> bool:
    """Whether a case has ended and its record has been kept long enough. Never where the day of birth is not known."""
    return bool(case.ended and case.person.born and until(case.person.born) < clock.today())


def kept_long_enough() -> QuerySet[Case]:
    """Ended cases of people born so long ago, the oldest first."""
    today = clock.today()
    born = date(today.year - years(), today.month, 28 if (today.month, today.day) == (2, 29) else today.day)
    rows = Case.objects.filter(ended=True, person__born__lte=born)
    return rows.select_related("person").order_by("person__born", "reference")
