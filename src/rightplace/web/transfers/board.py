"""Who moves between phases at the end of a school year, and for whom the plan names the next setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from rightplace.calendar.phase_transfer import PhaseTransfer, transfers
from rightplace.casework.states import IN_FORCE
from rightplace.casework.terms import PhaseMove
from rightplace.web.cases.models import Case, CaseEvent
from rightplace.web.cases.store.read import STRUCK_OUT

_NAMES_NEXT = ("amended_plan_issued", "final_plan_issued", "review_decided")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One kind of move: its transfer, the last day in time, how many make it and for how many the next setting is named.

    ``last_day`` is the day before the date of regulation 18, which says "before".
    """

    transfer: PhaseTransfer
    last_day: date
    due: int
    named: int

    @property
    def left(self) -> int:
        """How many plans do not name the next setting yet."""
        return self.due - self.named


def born_between(leaving: int, year: int) -> tuple[date, date]:
    """First and last birthday of those in a year group (0 is Reception) in the school year that begins in ``year``."""
    first = year - leaving - 5
    return date(first, 9, 1), date(first + 1, 8, 31)


def movers(transfer: PhaseTransfer, year: int) -> QuerySet[Case]:
    """Cases with a plan in force of those who leave the phase at the end of the school year that begins in ``year``."""
    first, last = born_between(transfer.leaving, year)
    states = [state.value for state in IN_FORCE]
    return Case.objects.filter(plan_state__in=states, person__born__gte=first, person__born__lte=last)


def with_event(cases: QuerySet[Case], kinds: tuple[str, ...], year: int, **facts: object) -> set[int]:
    """Cases with an event of these kinds since the spring before the school year, struck out ones left aside."""
    since = date(year, 4, 1)
    rows = CaseEvent.objects.filter(case__in=cases.order_by().values("pk"))
    found = rows.filter(kind__in=kinds, day__gte=since, **{f"facts__{name}": value for name, value in facts.items()})
    pairs = set(found.values_list("case_id", "number"))
    struck = {(case, facts["number"]) for case, facts in rows.filter(kind=STRUCK_OUT).values_list("case_id", "facts")}
    return {case for case, _ in pairs - struck}


def named(cases: QuerySet[Case], year: int) -> set[int]:
    """Cases whose plan, or the decision after a review, names the setting of the next phase."""
    return with_event(cases, _NAMES_NEXT, year, for_next_phase=True)


def expected(cases: QuerySet[Case], year: int) -> set[int]:
    """Cases in which the move is recorded as expected, so that its clock shows in work lists."""
    return with_event(cases, ("phase_transfer_expected",), year)


def board(year: int, *, everywhere: bool) -> list[Move]:
    """Every kind of move in a school year with its counts. Three queries, however many kinds there are."""
    chosen = transfers(everywhere_only=everywhere)
    ages = [born_between(transfer.leaving, year) for transfer in chosen]
    born = [Q(person__born__gte=first, person__born__lte=last) for first, last in ages]
    plans = Case.objects.filter(plan_state__in=[state.value for state in IN_FORCE])
    counts = plans.aggregate(**{f"due_{place}": Count("pk", filter=test) for place, test in enumerate(born)})
    moving = plans.filter(reduce(or_, born))
    birthdays = dict(Case.objects.filter(pk__in=named(moving, year)).values_list("pk", "person__born"))
    return [
        Move(
            transfer=transfer,
            last_day=date(year + 1, transfer.month, transfer.day) - timedelta(days=1),
            due=counts[f"due_{place}"],
            named=sum(first <= day <= last for day in birthdays.values()),
        )
        for place, (transfer, (first, last)) in enumerate(zip(chosen, ages, strict=True))
    ]


def others(year: int) -> QuerySet[Case]:
    """Cases with a move recorded as expected that their age does not show, such as one between colleges."""
    rule = Q(open_deadlines__rule="phase_transfer", open_deadlines__due__gte=date(year, 9, 1))
    rule &= Q(open_deadlines__due__lte=date(year + 1, 8, 31))
    ages = Q()
    for transfer in transfers(everywhere_only=False):
        first, last = born_between(transfer.leaving, year)
        ages |= Q(person__born__gte=first, person__born__lte=last)
    return Case.objects.filter(rule).exclude(ages).distinct()


def kind_of(transfer: PhaseTransfer) -> PhaseMove:
    """The move in the words of regulation 18."""
    return PhaseMove.POST_16 if transfer.entering == 12 else PhaseMove.OTHER_PHASE
