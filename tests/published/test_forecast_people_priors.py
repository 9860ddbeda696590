"""The constants believed before an area is seen are those of the published counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rightplace.forecast import trend
from rightplace.forecast.people import england_moves, priors
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National


@pytest.fixture(scope="module")
def england(open_data: Path) -> National:
    return national_from_statistics(open_data)


@pytest.mark.parametrize("year", [2013, 2024])
def test_joining_and_turning(england: National, year: int) -> None:
    """DfE, Education, health and care plans, reporting years 2022 and 2025, every authority, as known after each year."""
    found, kept = england_moves.joining(england.history, year), priors.JOINING[year]
    for name in ("slope", "slope_sd", "step_sd", "noise_sd"):
        assert getattr(kept, name) == pytest.approx(getattr(found, name), abs=6e-4)
    assert priors.TURNING[year] == pytest.approx(england_moves.turning_of(england.history, year), abs=6e-3)


def test_leaving_before_it_was_published(england: National) -> None:
    """From January counts and new plans between them."""
    found, kept = england_moves.leaving(england.history, 2014), priors.LEAVING[2014]
    assert kept.step_sd == pytest.approx(found.step_sd, abs=6e-4)
    assert kept.slope == pytest.approx(found.slope, abs=6e-4)


def test_the_latest_are_the_defaults_and_nothing_later_is_known() -> None:
    """January 2026 knows what January 2025 knew; January 2014 knows the calendar years to 2013."""
    assert priors.known_by(2026).joining == trend.JOINING == priors.JOINING[2024]
    assert priors.known_by(2014).known_to == 2013
    assert priors.known_by(1999).known_to == 2012
    assert priors.known_by(2026).leaving == trend.LEAVING
