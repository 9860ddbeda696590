"""Latitude and longitude (WGS84) to metres on the National Grid (OSGB36).

A seven-parameter shift, then the transverse Mercator projection of Airy's spheroid; good to about 5 metres.
Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", sections 6.6 and C.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_WGS84: Final = (6_378_137.0, 6_356_752.314_245)
_AIRY: Final = (6_377_563.396, 6_356_256.909)
_SHIFT: Final = (-446.448, 125.157, -542.060)
_TURN_SECONDS: Final = (-0.1502, -0.2470, -0.8421)
_SCALE_PPM: Final = 20.4894
_SCALE_ON_MERIDIAN: Final = 0.999_601_271_7
_ORIGIN_LATITUDE: Final = np.radians(49.0)
_ORIGIN_LONGITUDE: Final = np.radians(-2.0)
_FALSE_EASTING: Final = 400_000.0
_FALSE_NORTHING: Final = -100_000.0
_ROUNDS: Final = 8


def to_national_grid(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """Eastings and northings in metres of points in WGS84 degrees; not a number stays so."""
    return project(*_to_airy(np.radians(latitude), np.radians(longitude)))


def project_degrees(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """Eastings and northings in metres of points in degrees on Airy's spheroid; not a number stays so."""
    return project(np.radians(latitude), np.radians(longitude))


def _to_airy(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """Latitude and longitude on Airy's spheroid, radians, of points on the WGS84 one."""
    a, b = _WGS84
    squashed = 1 - (b / a) ** 2
    radius = a / np.sqrt(1 - squashed * np.sin(latitude) ** 2)
    x = radius * np.cos(latitude) * np.cos(longitude)
    y = radius * np.cos(latitude) * np.sin(longitude)
    z = radius * (1 - squashed) * np.sin(latitude)
    rx, ry, rz = (np.radians(seconds / 3600) for seconds in _TURN_SECONDS)
    s = 1 + _SCALE_PPM * 1e-6
    tx, ty, tz = _SHIFT
    x, y, z = tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z
    a, b = _AIRY
    squashed = 1 - (b / a) ** 2
    across = np.hypot(x, y)
    shifted = np.arctan2(z, across * (1 - squashed))
    for _ in range(_ROUNDS):
        radius = a / np.sqrt(1 - squashed * np.sin(shifted) ** 2)
        shifted = np.arctan2(z + squashed * radius * np.sin(shifted), across)
    return shifted, np.arctan2(y, x)


def project(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """Eastings and northings of points on Airy's spheroid, in radians."""
    a, b = _AIRY
    squashed = 1 - (b / a) ** 2
    sine, cosine, tangent = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    curve = a * _SCALE_ON_MERIDIAN / np.sqrt(1 - squashed * sine**2)
    meridian_curve = a * _SCALE_ON_MERIDIAN * (1 - squashed) / (1 - squashed * sine**2) ** 1.5
    eta = curve / meridian_curve - 1
    one = curve / 2 * sine * cosine
    two = curve / 24 * sine * cosine**3 * (5 - tangent**2 + 9 * eta)
    three = curve / 720 * sine * cosine**5 * (61 - 58 * tangent**2 + tangent**4)
    four = curve * cosine
    five = curve / 6 * cosine**3 * (curve / meridian_curve - tangent**2)
    six = curve / 120 * cosine**5 * (5 - 18 * tangent**2 + tangent**4 + 14 * eta - 58 * tangent**2 * eta)
    away = longitude - _ORIGIN_LONGITUDE
    northing = _meridian_arc(latitude) + _FALSE_NORTHING + one * away**2 + two * away**4 + three * away**6
    easting = _FALSE_EASTING + four * away + five * away**3 + six * away**5
    return easting, northing


def _meridian_arc(latitude: Array) -> Array:
    """Metres along the central meridian from the true origin."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    arc: Array = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )
    return b * _SCALE_ON_MERIDIAN * arc
