"""Latitude and longitude to the National Grid, against the Ordnance Survey's own worked example."""

from __future__ import annotations

import numpy as np
import pytest

from rightplace.returns.gias.coordinates import project, to_national_grid


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_projection_gives_the_ordnance_surveys_worked_example() -> None:
    """Ordnance Survey, A guide to coordinate systems in Great Britain, section C.1: Caister Water Tower on Airy's spheroid."""
    latitude, longitude = np.radians([degrees(52, 39, 27.2531)]), np.radians([degrees(1, 43, 4.5177)])
    easting, northing = project(latitude, longitude)
    assert easting[0] == pytest.approx(651_409.903, abs=0.001)
    assert northing[0] == pytest.approx(313_177.270, abs=0.001)


def test_a_satellite_position_falls_within_the_stated_five_metres() -> None:
    """Ordnance Survey, OSTN15 test data, the point near Leeds: ETRS89 to National Grid, exact by grid shift.

    ETRS89 and WGS84 differ by under a metre. 53.800 215 19 N, 1.663 791 68 W is 422 242.186 E, 433 818.701 N.
    """
    easting, northing = to_national_grid(np.array([53.800_215_19]), np.array([-1.663_791_68]))
    assert easting[0] == pytest.approx(422_242.186, abs=5)
    assert northing[0] == pytest.approx(433_818.701, abs=5)


def test_what_is_not_known_stays_so() -> None:
    easting, northing = to_national_grid(np.array([np.nan, 51.5]), np.array([0.0, -0.1]))
    assert np.isnan(easting[0])
    assert np.isnan(northing[0])
    assert np.isfinite(easting[1])
