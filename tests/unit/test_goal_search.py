"""Finding the factor that reaches a number: against equations that can be solved by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from rightplace.forecast.scenario.search import FIRST_TRIES, Point, search, where


def give(mean: Callable[[float], float]) -> Callable[[float], Point]:
    """Points whose p10 and p90 are a fifth below and above the mean."""
    return lambda factor: Point(
        factor=factor, mean=mean(factor), p10=0.8 * mean(factor), p50=mean(factor), p90=1.2 * mean(factor)
    )


@pytest.mark.parametrize(
    ("mean", "target", "factor"),
    [
        (lambda f: 1000 + 2000 * f, 3500.0, 1.25),
        (lambda f: 1000 + 2000 * f, 1000.0, 0.0),
        (lambda f: 1000 + 2000 * f, 7000.0, 3.0),
        (lambda f: 4000 * math.exp(-0.3 * f), 3000.0, math.log(4 / 3) / 0.3),
        (lambda f: 500 * f**2, 720.0, 1.2),
        (lambda f: 500 * f**2, 2900.0, math.sqrt(5.8)),
        (lambda f: 100 + 900 * (f > 0.77), 550.0, 0.77),
    ],
)
def test_the_factor_is_the_solution_of_the_equation(
    mean: Callable[[float], float], target: float, factor: float
) -> None:
    """Straight, falling, curved and stepped: to 0.002, or a thousandth of the number."""
    found = search(give(mean), target)
    assert found.factor is not None
    assert found.factor == pytest.approx(factor, abs=0.004) or mean(found.factor) == pytest.approx(target, rel=0.002)
    assert len(found.points) <= len(FIRST_TRIES) + 20
    assert list(found.points) == sorted(found.points)


@pytest.mark.parametrize(("target", "constant"), [(900.0, False), (7100.0, False), (3000.0, True)])
def test_what_no_factor_gives_is_not_found(target: float, constant: bool) -> None:
    """Too few, too many, and a rate that changes nothing: no factor, and every first try to show how far it comes."""
    found = search(give(lambda f: 2000.0 if constant else 1000 + 2000 * f), target)
    assert found.factor is None
    assert [point.factor for point in found.points] == list(FIRST_TRIES)


def test_the_range_of_a_straight_line_is_exact() -> None:
    """p90 = 1.2 (1000 + 2000 f) is 3,600 at 1; p10 = 0.8 (1000 + 2000 f) at 1.75; 9,000 nowhere."""
    points = tuple(map(give(lambda f: 1000 + 2000 * f), FIRST_TRIES))
    assert where(points, "p90", 3600.0) == pytest.approx(1.0)
    assert where(points, "p10", 3600.0) == pytest.approx(1.75)
    assert where(points, "p10", 9000.0) is None
