"""England's pattern and growth as published to January 2025, for an area forecast on its own.

``benchmarks/forecast_reference.py`` makes both again from the published files.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from rightplace.forecast.published import pattern as patterns
from rightplace.forecast.published.growth import DAMPING, Growth
from rightplace.forecast.published.pattern import Pattern

YEAR: Final = 2025
SOURCE: Final = "DfE, Education, health and care plans, reporting years 2022 and 2025 (Open Government Licence v3.0)"
FILE: Final = "england_2025.csv"


@cache
def counts() -> pl.DataFrame:
    """England's counts: year, measure, dimension, value, people; the sum of authorities with complete returns."""
    text = files("rightplace.forecast").joinpath("data", FILE).read_bytes()
    return pl.read_csv(text, comment_prefix="#", schema_overrides={"value": pl.String, "people": pl.Float64})


@cache
def pattern() -> Pattern:
    """The pattern of the year to January 2025."""
    return patterns.build(counts(), YEAR)


GROWTH: Final = Growth(
    england={
        2016: 0.06500602403676013, 2017: 0.11408500173401923, 2018: 0.1072630522102706, 2019: 0.10152757797263454,
        2020: 0.09714339851367293, 2021: 0.09897863937673879, 2022: 0.09422952864332777, 2023: 0.08850135825166033,
        2024: 0.1087945254266406, 2025: 0.1053995549972856,
    },
    momentum=(0.26720160933758236, 0.0730067486014209),
    area_sd=0.03177627270261758,
    size_sd=1.0060310288696699,
    freedom=4.801995790234274,
    england_sd=0.011588594192111579,
    damping=DAMPING,
    evidence=1223,
)  # fmt: skip
"""Fitted to the counts of 153 authorities, January 2016 to 2025."""
