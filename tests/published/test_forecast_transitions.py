"""Counted changes: the demonstration's published counts of joiners, leavers, movers and plans."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.forecast.cohort import space
from rightplace.forecast.people import tally
from rightplace.forecast.transition_counts import as_people
from rightplace.forecast.transition_counts.inputs import Inputs, from_files
from rightplace.returns.transition_counts import read_folder


@pytest.fixture(scope="module")
def demo(open_data: Path) -> Inputs:
    return from_files(read_folder(open_data / "witan_demo"))


def test_joiners_leavers_and_movers_are_those_published(demo: Inputs) -> None:
    """Mastodon C's demonstration, 2013 to 2016: joiners 218, 280, 253, 243; leavers 152, 155, 122, 108; movers 142, 133, 178, 170;
    2,153 plans in January 2017, and no change of need."""
    seen = as_people.transitions(demo)
    states = space.of(seen.stock["need"].unique(), seen.stock["kind"].unique())
    counted = tally.of(seen, states)
    assert counted.years == (2013, 2014, 2015, 2016)
    assert counted.joiners.sum(axis=1).tolist() == [218, 280, 253, 243]
    leavers = seen.changes.filter(pl.col("to_kind").is_null()).group_by("year").agg(pl.col("people").sum()).sort("year")
    assert leavers["people"].to_list() == [152, 155, 122, 108]
    assert counted.movers.sum(axis=(1, 2)).tolist() == [142, 133, 178, 170]
    assert counted.needs.sum() == pytest.approx(counted.needs.trace())
    assert tally.stock(seen, states).sum() == 2153


def test_both_januaries_of_a_pair_are_as_its_own_year_tells_them(demo: Inputs) -> None:
    """Counted by hand (awk) in transitions.csv: in January 2016 the year from 2015 has 26 in setting H and 40 in N, the year from 2016 has 40 and 28."""
    seen = as_people.transitions(demo)
    states = space.of(seen.stock["need"].unique(), seen.stock["kind"].unique())
    counted = tally.of(seen, states)
    places = [states.kinds.index(kind) for kind in ("H", "N")]
    assert counted.told[2, 1, places].tolist() == [26, 40]
    assert counted.told[3, 0, places].tolist() == [40, 28]
    assert counted.told[3, 1].sum() == 2153


def test_residents_are_of_the_mid_year_before(demo: Inputs) -> None:
    """9,398 of year group -4 (under one) in the file's 2013 are the under-ones of mid-2012."""
    first = as_people.population(demo).filter((pl.col("year") == 2012) & (pl.col("age") == 0))
    assert first["people"].to_list() == [9398.0]
