"""What one more place would be worth at every base at once, from one best plan."""

from __future__ import annotations

from rightplace.places.assign.prices import least_prices
from rightplace.places.assign.problem import Assignment, Problem, Whole


def value_of_one_more_place(of: Problem, plan: Assignment) -> Whole:
    """The saving, int64[bases], in the units of the costs, if the base had one seat more and nothing else changed.

    Exact for every base: the same as solving afresh with the seat added, one base at a time. Worked out from the plan,
    not from the prices it carries. Raises ``DataError`` where the plan is not a best one.
    """
    return least_prices(of, plan.base)
