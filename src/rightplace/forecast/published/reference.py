"""England's pattern and growth as published to January 2025, for an area forecast on its own.

``benchmarks/forecast_reference.py`` makes both again from the published files.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from rightplace.forecast.published import composition_file
from rightplace.forecast.published import pattern as patterns
from rightplace.forecast.published.composition_fit import Composition
from rightplace.forecast.published.funnel import Funnel
from rightplace.forecast.published.growth import Growth
from rightplace.forecast.published.pattern import Pattern

YEAR: Final = 2025
SOURCE: Final = "DfE, Education, health and care plans, reporting years 2022 and 2025 (Open Government Licence v3.0)"
FILE: Final = "england_2025.csv"
COMPOSITION_FILE: Final = "composition_2025.csv"


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
        2016: 0.06348568, 2017: 0.11299044, 2018: 0.10804873, 2019: 0.10152758, 2020: 0.0971434,
        2021: 0.09897864, 2022: 0.09422953, 2023: 0.08850136, 2024: 0.10777404, 2025: 0.10609373,
    },
    momentum=(0.27052204, 0.07626962),
    area_sd=0.03663724,
    size_sd=0.5,
    freedom=5.19283701,
    england_sd=0.01142136,
    damping=(0.93319613, 1.0),
    evidence=1217,
    funnel=Funnel(
        momentum=0.07922526,
        weights=(0.38205287, 0.13826456, 0.21685993),
        carry=(0.50485532, 0.11393959),
        carry_sd=0.01445647,
        area_sd=0.03337727,
        size_sd=0.5,
        freedom=5.37737935,
        medians={2023: (0.2215542, 0.12890625), 2024: (0.23553438, 0.14629814), 2025: (0.22964974, 0.14898445)},
        regions={
            2023: {
                "East Midlands": 0.01569305, "East of England": -0.00574142, "London": -0.0066196,
                "North East": -0.00507501, "North West": 0.01054189, "South East": -9.294e-05,
                "South West": -0.01390755, "West Midlands": -0.01366726, "Yorkshire and The Humber": -0.00072011,
            },
            2024: {
                "East Midlands": -0.00362145, "East of England": 0.02488116, "London": -0.01975577,
                "North East": -0.01512836, "North West": 0.02594076, "South East": -0.00419133,
                "South West": -0.00918614, "West Midlands": 0.01103451, "Yorkshire and The Humber": 0.01143193,
            },
            2025: {
                "East Midlands": 0.0222477, "East of England": -0.00288954, "London": -0.03151431,
                "North East": -0.0060915, "North West": 0.00885656, "South East": -0.00694549,
                "South West": 0.00684112, "West Midlands": 0.01165514, "Yorkshire and The Humber": 0.01158096,
            },
        },
        evidence=1214,
    ),
)  # fmt: skip
"""Fitted to the counts of 153 authorities, January 2016 to 2025."""


@cache
def composition(dimension: str) -> Composition:
    """How shares of settings ("setting") or of age bands ("age_band") are foretold, as fitted to January 2025."""
    text = files("rightplace.forecast").joinpath("data", COMPOSITION_FILE).read_bytes()
    types = dict(composition_file.COLUMNS)
    table = pl.read_csv(text, comment_prefix="#", schema_overrides=types)
    return composition_file.of(table, dimension)
