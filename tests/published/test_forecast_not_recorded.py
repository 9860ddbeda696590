"""Needs and settings that are not recorded: a gap in a return is not a trend."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rightplace.forecast.published.area import _recorded_since
from rightplace.forecast.run import forecast
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National

LABELS = ("ASD", "SEMH", "not_recorded")
USUAL = np.array([60.0, 38.0, 2.0])


@pytest.mark.parametrize(
    ("new", "held", "expected"),
    [
        ([60, 30, 26], [500, 300, 0], [60, 30, 0]),  # entered by January
        ([60, 30, 5], [500, 300, 40], [60, 30, 5]),  # still not entered
        ([60, 38, 2], None, [60, 38, 2]),  # as in England
        ([0, 0, 739], None, [0, 0, 0]),  # the return did not say
        ([10, 10, 30], [500, 300, 600], [10, 10, 30]),  # an area that records few
    ],
)
def test_joiners_have_what_was_recorded_by_january(
    new: list[float], held: list[float] | None, expected: list[float]
) -> None:
    found = _recorded_since(np.array(new, float), None if held is None else np.array(held, float), USUAL, LABELS)
    assert found.tolist() == pytest.approx(expected)


@pytest.fixture(scope="module")
def england(open_data: Path) -> National:
    return national_from_statistics(open_data)


@pytest.mark.parametrize(("la_code", "dimension"), [("873", "setting"), ("812", "setting"), ("302", "need")])
def test_what_is_not_recorded_does_not_outgrow_the_rest(england: National, la_code: str, dimension: str) -> None:
    """Cambridgeshire and North East Lincolnshire gave no settings for 2024, and Barnet issued 26 plans with no need entered
    and had none in January 2025 (DfE, Education, health and care plans, reporting year 2025)."""
    result = forecast(england.area(la_code), futures=100)
    share = {
        year: rows.filter(value="not_recorded", dimension=dimension)["p50"].sum()
        / rows.filter(dimension="total")["p50"][0]
        for (year,), rows in result.summary.group_by("year")
    }
    assert share[2035] < 2 * share[2025] + 0.005
