"""The parts the made-up area is put together from, each against something that is not itself."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.calendar import academic
from rightplace.calendar.census import census_day
from rightplace.example import days, figures, national, shape
from rightplace.example.choosing import Chooser
from rightplace.example.extracts.money import budget, costs
from rightplace.example.extracts.population import population
from rightplace.example.flow import flow
from rightplace.example.identity import ulns, upns
from rightplace.example.kinds import (
    AGES,
    COLLEGE,
    FIRST_AGE,
    HOME,
    KINDS,
    MAINSTREAM,
    NEEDS,
    RESOURCED,
    SPECIAL_STATE,
    allowed,
)
from rightplace.example.life.drawing import between, cells, chosen, which
from rightplace.example.world import make_world
from rightplace.streams import generator
from rightplace.vocabulary.identifier import uln_is_valid, upn_is_valid

DATES = st.dates(min_value=date(1996, 1, 1), max_value=date(2029, 12, 31))


@given(DATES, st.integers(2015, 2030))
def test_age_on_31_august_is_the_calendars(birth: date, year: int) -> None:
    ours = days.age_on_august(np.array([days.number(birth)]), year)[0]
    assert ours == academic.age_on_31_august(birth, year)


@given(DATES, DATES)
def test_completed_years_and_birthdays(birth: date, on: date) -> None:
    """Against the plain rule: a year is completed on the birthday, 29 February's on 1 March."""
    if on < birth:
        birth, on = on, birth
    numbers = np.array([days.number(birth)])
    years = int(days.completed_years(numbers, np.array([days.number(on)]))[0])
    had = (on.month, on.day) >= (birth.month, birth.day)
    assert years == on.year - birth.year - (not had)


@given(DATES)
def test_working_days_and_school_days(day: date) -> None:
    number = np.array([days.number(day)])
    work = day - timedelta(days=max(0, day.weekday() - 4))
    assert days.working(number)[0] == days.number(work)
    school = date.fromordinal(int(days.school_day(number)[0]) + date(1970, 1, 1).toordinal())
    assert school.weekday() < 5
    assert timedelta(0) <= school - day <= timedelta(days=50)
    assert not date(school.year, 7, 24) < school < date(school.year, 9, 1)
    assert date(school.year, 1, 5) <= school <= date(school.year, 12, 22)


@given(st.integers(2, 24), st.integers(2020, 2030), st.integers(0, 364))
def test_a_cohort_is_the_age_it_is_of(age: int, year: int, day: int) -> None:
    birth = days.cohort(np.array([age]), year) + day
    assert days.age_on_august(birth, year)[0] == age


def test_census_days_are_the_calendars() -> None:
    assert all(days.census(year) == days.number(census_day(year)) for year in range(2022, 2028))
    assert days.column(np.array([days.of(2026, 1, 15), days.NEVER])).to_list() == [date(2026, 1, 15), None]


def test_numbers_are_valid_and_all_different() -> None:
    """Against the check-character rules of the vocabulary, one by one."""
    made, learners = upns(3000), ulns(3000)
    assert all(upn_is_valid(upn) for upn in made)
    assert all(uln_is_valid(uln) for uln in learners)
    assert len(set(made)) == len(set(learners)) == 3000
    assert {upn[1:4] for upn in made} == {"001"}


def test_raking_agrees_with_all_three_margins() -> None:
    """A table that has its own margins is given back from them, whatever it is (Deming and Stephan 1940)."""
    draw = generator(1, "test")
    mask = draw.random((6, 5)) < 0.8
    mask[:, 0] = True
    independent = draw.random((6, 1, 1)) * draw.random((1, 4, 1)) * draw.random((1, 1, 5)) * mask[:, None, :]
    made = shape.rake(mask, independent.sum(axis=1), independent.sum(axis=2), independent.sum(axis=0))
    assert np.allclose(made, independent, rtol=1e-6)


def test_stock_by_three_ways_keeps_its_published_pairs() -> None:
    """The fitted table against DfE's settings by age, each plan with no setting recorded shared out."""
    stock = shape.in_place()
    known = figures.kinds_by_age("stock_by_age_and_setting") * allowed()
    share = known / known.sum(axis=1, keepdims=True)
    assert np.allclose(stock.sum(axis=1) / stock.sum(axis=(1, 2))[:, None], share, atol=0.001)
    needs = figures.by_age("need_by_age", figures.need_columns())
    assert np.allclose(
        stock.sum(axis=2) / stock.sum(axis=(1, 2))[:, None], needs / needs.sum(axis=1, keepdims=True), atol=0.03
    )


def test_rates_are_chances() -> None:
    rates = flow()
    assert ((rates.leaving >= 0) & (rates.leaving <= 1)).all()
    assert np.allclose(rates.moving.sum(axis=3), 1)
    assert (rates.moving >= 0).all()
    assert np.allclose(rates.reasons.sum(axis=1), 1)


def test_rates_carry_january_2024_to_january_2025() -> None:
    """England's stock by age a year on, from the rates and new plans alone, within 3% at every age from 4 to 20."""
    before = shape.in_place() / shape.in_place().sum(axis=(1, 2))[:, None, None]
    plans = figures.by_age("stock_by_age_2024", ["plans"])[:, 0]
    stock = before * (plans * 576_474 / plans.sum())[:, None, None]
    after = national.year_on(stock, 638_745).sum(axis=(1, 2))
    published = figures.kinds_by_age("stock_by_age_and_setting").sum(axis=1)
    published += figures.by_age("stock_by_age_and_setting", ["not_recorded"])[:, 0]
    middle = slice(5 - FIRST_AGE, 20 - FIRST_AGE)
    assert np.allclose(after[middle], published[middle], rtol=0.06)
    assert after[middle].sum() == pytest.approx(published[middle].sum(), rel=0.01)


def test_opening_stock_leads_to_the_published_needs() -> None:
    """Needs of January 2022 are worked back: three years on they are those DfE counted in January 2025."""
    stock = national.opening()
    assert stock.sum() == pytest.approx(473_255, rel=0.001)
    for year in (2023, 2024, 2025):
        stock = national.year_on(stock, national.path()[year])
    assert stock.sum() == pytest.approx(638_745, rel=1e-6)
    ours = stock.sum(axis=(0, 2)) / stock.sum()
    published = shape.in_place().sum(axis=(0, 2)) / shape.in_place().sum()
    assert np.allclose(ours, published, rtol=0.04)


def test_cells_keep_their_proportions() -> None:
    """Systematic draws are within one of what is expected in every cell (Madow 1949)."""
    weights = np.array([[0.5, 3.25, 0.0], [1.75, 2.0, 2.5]])
    row, column = cells(generator(3, "test"), weights, 1000)
    counted = np.zeros_like(weights)
    np.add.at(counted, (row, column), 1)
    assert (np.abs(counted - 100 * weights) < 1).all()


def test_draws_follow_their_chances() -> None:
    draw = generator(4, "test")
    picked = which(draw, np.repeat([[0.2, 0.0, 0.8]], 20_000, axis=0))
    assert np.bincount(picked, minlength=3) / 20_000 == pytest.approx([0.2, 0.0, 0.8], abs=0.01)
    assert chosen(draw, 0.3, 20_000).mean() == pytest.approx(0.3, abs=0.01)
    numbers = between(draw, 5, 8, 20_000)
    assert set(numbers.tolist()) == {5, 6, 7, 8}
    assert between(draw, 9, 2, 3).tolist() == [9, 9, 9]


@pytest.mark.parametrize("plans", [500, 3000])
def test_settings_take_every_age_and_need(plans: int) -> None:
    """Whoever needs a place finds one that takes their age; nearly all special places are set up for the need."""
    world = make_world(plans, seed=3)
    draw = generator(5, "test")
    count = 4000
    for kind, ages in ((MAINSTREAM, (3, 19)), (SPECIAL_STATE, (4, 18)), (COLLEGE, (16, 24)), (RESOURCED, (5, 15))):
        age = between(draw, *ages, count)
        need = between(draw, 0, len(NEEDS) - 1, count)
        home = world.homes(draw, age)
        place = world.chooser.choose(draw, np.full(count, kind), age, need, home)
        assert (place >= 0).all()
        assert world.settings.serves(place, age).mean() > (0.7 if plans == 500 and kind == RESOURCED else 0.97)
        if kind == SPECIAL_STATE:
            assert world.settings.meets[place, need].mean() > 0.85
    assert (world.chooser.choose(draw, np.full(9, HOME), np.full(9, 8), np.zeros(9, int), np.zeros(9, int)) == -1).all()


def test_people_choose_near_schools() -> None:
    """A primary school is mostly within a mile and a half of home, though not always the nearest."""
    world = make_world(3000, seed=3)
    draw = generator(6, "test")
    home = world.homes(draw, np.full(3000, 7))
    place = Chooser.choose(world.chooser, draw, np.full(3000, MAINSTREAM), np.full(3000, 7), np.zeros(3000, int), home)
    away = np.hypot(*(world.settings.place[place] - world.chooser.homes[home]).T)
    assert np.median(away) < 2500


def test_population_ages_a_year_each_year() -> None:
    """Nobody moves: people of an age are those a year younger the year before; mid-2022 is England's, scaled."""
    frame = population(3000)
    held = {(year, age): people for year, age, people in frame.select("year", "age", "people").iter_rows()}
    assert all(held[2026, age] == held[2025, age - 1] for age in range(1, 26))
    england = figures.table("population").frame["people"].to_numpy()
    ours = np.array([held[2022, age] for age in range(26)])
    assert np.allclose(ours / ours.sum(), england / england.sum(), atol=0.0003)
    assert frame.filter(pl.col("projected"))["year"].min() == 2025


def test_costs_and_budget_are_of_the_published_size() -> None:
    """NAO 2024: £23,900 in state special and £61,500 in independent special schools; £17,300 of high needs block a plan."""
    mean = (
        costs()
        .filter(pl.col("financial_year") == 2024)
        .group_by("setting_kind")
        .agg(pl.col("annual_cost_pence").mean())
    )
    pounds = {kind: pence / 100 for kind, pence in mean.iter_rows()}
    assert pounds["special_state"] == pytest.approx(23_900, rel=0.1)
    assert pounds["special_independent"] == pytest.approx(61_500, rel=0.1)
    assert set(pounds) == {str(kind) for kind in KINDS}
    lines = budget(3000)
    income = lines.filter(pl.col("income"), pl.col("financial_year") == 2023)["budget_pence"].sum() / 100
    share = 3000 / national.path()[2026]
    assert income / (576_474 * share) == pytest.approx(17_300, rel=0.12)
    assert lines.filter(pl.col("financial_year") == 2025)["outturn_pence"].null_count() == lines.height // 4


def test_ages_of_kinds_cover_every_age() -> None:
    assert allowed().any(axis=1).all()
    assert allowed().shape == (len(AGES), len(KINDS))
