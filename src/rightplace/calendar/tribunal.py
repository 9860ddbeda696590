"""The last day to appeal to the First-tier Tribunal (Special Educational Needs and Disability)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rightplace.calendar.weeks import add_months
from rightplace.calendar.working_days import first_working_day

APPEAL_MONTHS_FROM_LETTER: Final = 2
"""Calendar months from the authority's decision letter."""

APPEAL_MONTHS_FROM_CERTIFICATE: Final = 1
"""Calendar months from the mediation certificate."""


def appeal_deadline(decision_letter: date, certificate: date | None = None) -> date:
    """Last day on which an appeal about special educational needs is in time.

    The later of two months from the decision letter and one month from the mediation certificate. A limit
    that ends in August, or from 25 December to 1 January, moves to the first working day after that;
    one that ends on any other day that is not a working day moves to the next. Claims of disability
    discrimination have other limits. The tribunal may admit a late appeal.

    Source: Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) Rules 2008
    (SI 2008/2699), rules 12 and 20. Raises ``UserError`` where working days are not known.
    """
    limits = [add_months(decision_letter, APPEAL_MONTHS_FROM_LETTER)]
    if certificate is not None:
        limits.append(add_months(certificate, APPEAL_MONTHS_FROM_CERTIFICATE))
    return first_working_day(_after_closed_days(max(limits)))


def _after_closed_days(limit: date) -> date:
    if limit.month == 8:
        return date(limit.year, 9, 1)
    if (limit.month, limit.day) >= (12, 25):
        return date(limit.year + 1, 1, 2)
    return limit + timedelta(days=1) if (limit.month, limit.day) == (1, 1) else limit
