"""What a forecast of all England gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.forecast.result import SUMMARY

AREAS: Final = {"la_code": pl.String(), **SUMMARY}
REGIONS: Final = {"region": pl.String(), "authorities": pl.Int32(), **SUMMARY}
ENGLAND: Final = {"authorities": pl.Int32(), **SUMMARY}
FAILURES: Final = {"la_code": pl.String(), "what": pl.String()}


@dataclass(frozen=True, slots=True, kw_only=True)
class England:
    """Forecasts of every authority, of the regions and of England.

    ``areas`` has rows la_code, year, dimension (total, need, setting, year_group, phase), value, mean and quantiles; the first year of an
    authority is its last credible January. ``regions`` and ``england`` are the same of sums taken in each future, so that authorities
    rise and fall together as they would; ``authorities`` is how many were summed. Their first year is the last January published.

    ``failures``: la_code and what went wrong. Authorities in it are in no sum. ``method`` is how one authority is forecast.
    """

    areas: pl.DataFrame
    regions: pl.DataFrame
    england: pl.DataFrame
    failures: pl.DataFrame
    method: str
