"""The best plan: everyone placed or paid for, at least total cost, with the prices that prove it."""

from __future__ import annotations

from rightplace.places.assign.narrow import best
from rightplace.places.assign.prices import child_prices, least_prices
from rightplace.places.assign.problem import Assignment, Index, Problem, paid


def solve(of: Problem) -> Assignment:
    """A best plan with the prices that prove it.

    Raises ``DataError`` where the costs are too large for exact arithmetic.
    """
    return with_prices(of, best(of))


def with_prices(of: Problem, base: Index) -> Assignment:
    """A plan known to be best, with its cost and its least prices.

    Raises ``DataError`` where it is not the best.
    """
    prices = least_prices(of, base)
    return Assignment(
        base=base,
        cost=sum(paid(of, base).tolist()),
        child_price=child_prices(of, prices),
        base_price=prices,
    )
