"""Shares of a pot in whole units: the least and the most first, then whole numbers by largest remainder. All exact."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import floor


def filled(pot: int, shares: Sequence[Fraction], least: Sequence[int], most: Sequence[int | None]) -> list[Fraction]:
    """Amounts max(least, min(most, level x share)) that add up to the pot, at the one level that does so (water-filling).

    Shares are not negative and some share is above 0. The amounts' sum rises in straight lines with the level and bends only where an
    area leaves its least or meets its most: the level is found between two bends and then exactly. Where every area with a share
    has its most and the pot is not used up, or the pot is below all the least, there is none.

    Raises ``ValueError`` there.
    """
    if sum(least) > pot:
        raise ValueError("least")
    bends = sorted(
        {Fraction(limit) / share for share, low, high in zip(shares, least, most, strict=True) if share
         for limit in (low, high) if limit is not None}
    )  # fmt: skip

    def at(level: Fraction) -> list[Fraction]:
        return [_held(level * share, low, high) for share, low, high in zip(shares, least, most, strict=True)]

    under = bisect_right(bends, Fraction(pot), key=lambda level: sum(at(level), Fraction(0)))
    below = bends[under - 1] if under else Fraction(0)
    base = at(below)
    left = pot - sum(base, Fraction(0))
    if not left:
        return base
    rising = [share for share, low, high in zip(shares, least, most, strict=True) if _rises(below * share, low, high)]
    slope = sum(rising, Fraction(0))
    if not slope:
        raise ValueError("most")
    return at(below + left / slope)


def whole(amounts: Sequence[Fraction], names: Sequence[str]) -> list[int]:
    """Whole numbers with the same sum, each its amount rounded down or up: up where the remainder is largest (Hamilton).

    Of equal remainders the larger amount comes first, then the name in the order of the alphabet. The sum must be whole.
    """
    down = [floor(amount) for amount in amounts]
    left = int(sum(amounts)) - sum(down)
    order = sorted(range(len(amounts)), key=lambda i: (down[i] - amounts[i], -amounts[i], names[i]))
    for i in order[:left]:
        down[i] += 1
    return down


def _held(amount: Fraction, low: int, high: int | None) -> Fraction:
    raised = max(amount, Fraction(low))
    return raised if high is None else min(raised, Fraction(high))


def _rises(amount: Fraction, low: int, high: int | None) -> bool:
    """Whether an area's amount rises with the level from here on."""
    return amount >= low and (high is None or amount < high)
