"""A scenario as the engine reads it: when it acts, on whom, by how much, and what it makes a forecast state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import kstest

from rightplace.forecast.cohort import effects, space
from rightplace.forecast.result import RATES
from rightplace.forecast.scenario.compile import compile_effects, share_of_year
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.forecast.scenario.stated import assumptions, whom

SPACE = space.of(["ASD", "SEMH"], ["mainstream", "special_state", "special_independent"])
CHANGE = Change(
    name="fewer", rate="joining", start=date(2028, 9, 1), low=0.7, high=0.9, reason="because", source="us"
)  # fmt: skip


def compiled(*changes: Change, years: int = 6, futures: int = 50, seed: int = 1) -> effects.Effects:
    """In a forecast from January 2026."""
    made = Scenario(name="test", changes=changes)
    return compile_effects(made, SPACE, years=years, seed=seed, seed_year=2026).draw(0, futures)


def test_a_year_is_counted_from_census_day_to_census_day() -> None:
    """From 1 September 2028 to 18 January 2029 are 139 of the 364 days since 20 January 2028 (third Thursdays)."""
    assert share_of_year(CHANGE, 2028) == 0.0
    assert share_of_year(CHANGE, 2029) == pytest.approx(139 / 364)
    assert share_of_year(CHANGE, 2030) == 1.0
    ended = replace(CHANGE, until=date(2029, 1, 1))
    assert share_of_year(ended, 2029) == pytest.approx(122 / 364)
    assert share_of_year(ended, 2030) == 0.0


def test_moves_are_those_of_september() -> None:
    """In force on 1 September: the whole of the year's moves. From a day later: none of them until the next."""
    moving = replace(CHANGE, rate="moving")
    assert share_of_year(moving, 2028) == 0.0
    assert share_of_year(moving, 2029) == 1.0
    assert share_of_year(replace(moving, start=date(2028, 9, 2)), 2029) == 0.0
    assert share_of_year(replace(moving, until=date(2029, 9, 1)), 2030) == 0.0


def test_a_part_of_a_year_has_a_part_of_the_change() -> None:
    """Years to January 2029 (part) and 2030 to 2032 (whole), with one draw a future between them."""
    made = compiled(CHANGE)
    assert made.first.tolist() == [2, 3]
    assert made.last.tolist() == [3, 6]
    assert made.factor[0] == pytest.approx(1.0 + 139 / 364 * (made.factor[1] - 1.0))
    assert made.rate.tolist() == [effects.JOINING, effects.JOINING]


def test_a_change_every_year_compounds_and_then_stays() -> None:
    """3% a year from the January of the start, until the census day of 2028 (20 January): 1.03, 1.03 squared, and that from then on."""
    rise = replace(CHANGE, start=date(2026, 1, 1), until=date(2028, 1, 20), low=1.03, high=1.03, every_year=True)
    made = compiled(rise)
    steps = dict(zip(made.first.tolist(), made.factor[:, 0].tolist(), strict=True))
    assert steps == pytest.approx({0: 1.03, 1: 1.03**2})
    assert made.last.tolist() == [1, 6]
    part = compiled(replace(rise, start=date(2028, 9, 1), until=None))
    assert part.factor[:, 0] == pytest.approx(1.03 ** (139 / 364 + np.arange(4)))


def test_factors_are_even_over_the_range() -> None:
    """4,000 draws, by Kolmogorov and Smirnov's test; the first 50 do not depend on how many there are."""
    many = compiled(CHANGE, futures=4000).factor[1]
    assert kstest(many, "uniform", args=(0.7, 0.2)).pvalue > 0.01
    assert compiled(CHANGE, futures=50).factor[1].tolist() == many[:50].tolist()
    assert not np.array_equal(compiled(CHANGE, seed=2).factor[1], many[:50])


def test_draws_belong_to_a_change_by_its_name() -> None:
    """Another change beside it does not disturb them; another name has its own."""
    other = replace(CHANGE, name="other", needs=("ASD",))
    both, alone = compiled(other, CHANGE), compiled(CHANGE)
    assert both.factor[2:].tolist() == alone.factor.tolist()
    assert abs(np.corrcoef(compiled(CHANGE, other, futures=2000).factor[[1, 3]])[0, 1]) < 0.08


def test_cells_are_those_named() -> None:
    """Year group 6 is place 10 of 25; SEMH the first need (the order of the vocabulary); special_state the second kind."""
    made = compiled(
        replace(CHANGE, rate="moving", year_groups=(6,), needs=("SEMH",), settings=("mainstream",), to_settings=("special_state",))
    )  # fmt: skip
    assert np.argwhere(made.cells[0]).tolist() == [[10, 0, 0]]
    assert made.to.tolist() == [[0, 1, 0]]
    assert compiled(CHANGE).cells.all()


def test_a_change_after_the_last_january_does_nothing() -> None:
    """And one of words that the area does not have has no cells."""
    assert len(compiled(replace(CHANGE, start=date(2040, 1, 1))).rate) == 0
    assert not compiled(replace(CHANGE, needs=("PMLD",))).cells.any()


def test_what_a_scenario_assumes_is_stated() -> None:
    """Its range, reason and source; words the area does not have; and a rate it would take above 1."""
    rows = [("leaving", 14, "mainstream", None, 0.4, 0.3, 0.5, 1.0, 2.0), ("leaving", 3, "mainstream", None, 0.1, 0.0, 0.2, 1.0, 2.0)]  # fmt: skip
    rates = pl.DataFrame(rows, schema=RATES, orient="row")
    made = Scenario(
        name="test", changes=(replace(CHANGE, rate="leaving", low=2.0, high=3.0, needs=("PMLD",), settings=("mainstream",)),)
    )  # fmt: skip
    itself, nobody, above = assumptions(made, SPACE, rates)
    assert (itself.value, itself.low, itself.high) == (2.5, 2.0, 3.0)
    assert "us" in itself.source
    assert "because" in itself.source
    assert "no plans in PMLD" in nobody.name
    assert "1 of the area's cells" in above.name
    assert above.value == pytest.approx(1.2)


def test_people_are_named_in_words() -> None:
    """Ranges as ranges, lists as lists, nobody in particular as everyone."""
    assert whom(CHANGE) == "everyone"
    moving = replace(CHANGE, year_groups=(6, 7, 8), settings=("mainstream",), to_settings=("special_state",))
    assert whom(moving) == "year groups Year 6 to Year 8; from mainstream; to special_state"
    assert whom(replace(CHANGE, year_groups=(6, 11))) == "year groups Year 6, Year 11"
