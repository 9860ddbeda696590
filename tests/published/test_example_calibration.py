"""The made-up area is like England: its plans, flows and times are held against published figures.

Figures: Department for Education, Education, health and care plans, England, reporting year 2025 (January 2025 and calendar
2024), but where another source is named. One area of 8,000 plans; tolerances are three standard errors of its counts
or the stated part of the figure, whichever is wider.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from rightplace.calendar.census import census_day
from rightplace.example.life.record import Life, make_life

c = pl.col
MAINSTREAM = ["mainstream", "resourced_provision", "sen_unit"]
SPECIAL = ["special_state", "special_non_maintained", "special_independent"]
COLLEGE = ["further_education", "specialist_post_16"]


@pytest.fixture(scope="module")
def life() -> Life:
    return make_life(8000, seed=20)


@pytest.fixture(scope="module")
def stock(life: Life) -> pl.DataFrame:
    return in_place(life, 2025)


def in_place(life: Life, year: int) -> pl.DataFrame:
    """Plans on a census day, by the plain meaning of the columns and not the code that makes returns."""
    day = census_day(year)
    here = (c("start_date") <= day) & (c("arrived").is_null() | (c("arrived") <= day))
    plans = life.plans.filter(here, c("cease_date").is_null() | (c("cease_date") > day))
    stays = life.placements.filter(
        c("rank") == 1, c("entry_date") <= day, c("leaving_date").is_null() | (c("leaving_date") >= day)
    )
    people = life.people.select("person", "birth_date", "sex")
    born = c("birth_date")
    return (
        plans.join(people, on="person")
        .join(stays.select("plan", "setting_kind", "residential", "work_based", "code"), on="plan", how="left")
        .with_columns(age=year - 1 - born.dt.year() - (born.dt.month() >= 9).cast(pl.Int64))
    )


def close(share: float, published: float, people: int, *, part: float = 0.06) -> bool:
    error = 3 * float(np.sqrt(published * (1 - published) / people))
    return abs(share - published) <= max(error, part * published)


@pytest.mark.parametrize(
    ("need", "percent"),
    [("ASD", 31.7), ("SLCN", 21.4), ("SEMH", 20.9), ("MLD", 10.7), ("SLD", 4.0), ("PD", 3.9), ("SPLD", 2.4), ("HI", 1.4),
     ("PMLD", 1.4), ("OTH", 1.2), ("VI", 0.8), ("MSI", 0.3)],
)  # fmt: skip
def test_primary_need(stock: pl.DataFrame, need: str, percent: float) -> None:
    """Primary need, January 2025, of plans with a need recorded (99.2%)."""
    assert close((stock["need"] == need).mean(), percent / 100, stock.height)


@pytest.mark.parametrize(
    ("first", "last", "percent"), [(0, 4, 4.3), (5, 10, 33.3), (11, 15, 36.5), (16, 19, 20.0), (20, 25, 5.8)]
)
def test_age(stock: pl.DataFrame, first: int, last: int, percent: float) -> None:
    """Age on 31 August 2024 of plans in January 2025."""
    assert close(stock["age"].is_between(first, last).mean(), percent / 100, stock.height, part=0.10)


@pytest.mark.parametrize(
    ("kinds", "percent"),
    [(MAINSTREAM, 44.9), (["resourced_provision"], 2.51), (["sen_unit"], 1.45), (SPECIAL, 31.3), (["special_independent"], 4.8),
     (["special_non_maintained"], 0.71), (["alternative_provision"], 0.78), (COLLEGE, 14.2), (["specialist_post_16"], 1.56),
     (["home_education"], 1.16), (["otherwise_than_at_school"], 2.02), (["not_in_education"], 4.09)],
)  # fmt: skip
def test_setting(stock: pl.DataFrame, kinds: list[str], percent: float) -> None:
    """Setting attended, January 2025, of plans with a placement recorded (97.0%)."""
    assert close(stock["setting_kind"].is_in(kinds).mean(), percent / 100, stock.height, part=0.08)


@pytest.mark.parametrize(
    ("first", "last", "kinds", "percent"),
    [(5, 10, MAINSTREAM, 66), (5, 10, SPECIAL, 29), (11, 15, MAINSTREAM, 48), (11, 15, SPECIAL, 44), (16, 19, COLLEGE, 52),
     (16, 19, SPECIAL, 20), (20, 24, COLLEGE, 66)],
)  # fmt: skip
def test_setting_by_age(stock: pl.DataFrame, first: int, last: int, kinds: list[str], percent: float) -> None:
    """Mainstream and special by age, January 2025; settings not recorded left out at 16 and over."""
    some = stock.filter(c("age").is_between(first, last))
    assert close(some["setting_kind"].is_in(kinds).mean(), percent / 100, some.height, part=0.07)


@pytest.mark.parametrize(
    ("need", "mainstream", "special"),
    [("ASD", 41, 36), ("SEMH", 42, 24), ("SLCN", 60, 25), ("MLD", 42, 30), ("SLD", 14, 63), ("PMLD", 9, 74)],
)
def test_setting_by_need(stock: pl.DataFrame, need: str, mainstream: int, special: int) -> None:
    """Mainstream and special, independent special included, by primary need, January 2025."""
    some = stock.filter(c("need") == need)
    assert close(some["setting_kind"].is_in(MAINSTREAM).mean(), mainstream / 100, some.height, part=0.1)
    assert close(some["setting_kind"].is_in(SPECIAL).mean(), special / 100, some.height, part=0.1)


def test_secondary_transfer(life: Life) -> None:
    """Special schools take 30% at age 10 and 42% at age 11; mainstream falls from 65% to 51%."""
    stock = pl.concat([in_place(life, 2025), in_place(life, 2026)])
    share = {age: stock.filter(c("age") == age)["setting_kind"].is_in(SPECIAL).mean() for age in (10, 11)}
    assert 0.08 < share[11] - share[10] < 0.18


def test_sex(stock: pl.DataFrame) -> None:
    """70.6% of plan-holders are male."""
    assert close((stock["sex"] == "M").mean(), 0.706, stock.height, part=0.02)


@pytest.mark.parametrize(("year", "growth"), [(2023, 1.1149), (2024, 1.1080)])
def test_growth(life: Life, year: int, growth: float) -> None:
    """Plans in England rose 11.5% in the year to January 2024 and 10.8% in the year to January 2025."""
    assert in_place(life, year + 1).height / in_place(life, year).height == pytest.approx(growth, rel=0.005)


@pytest.mark.parametrize(("year", "new"), [(2023, 0.163), (2024, 0.170)])
def test_new_plans(life: Life, year: int, new: float) -> None:
    """New plans were 16.3% of the January stock in 2023 and 17.0% in 2024."""
    begun = life.plans.filter(
        c("arrived").is_null(), c("start_date").is_between(census_day(year), census_day(year + 1), "right")
    )
    assert begun.height / in_place(life, year).height == pytest.approx(new, rel=0.12)


def test_ceased_plans(life: Life) -> None:
    """44,862 plans ceased in 2024, 7.8% of stock: 31% to another authority, 36% no longer engaged, 9% each employed or needs met."""
    ended = life.plans.filter(c("cease_date").is_between(census_day(2024), census_day(2025), "right"))
    assert ended.height / in_place(life, 2024).height == pytest.approx(0.078, rel=0.15)
    for reason, share in {"5": 0.311, "6": 0.359, "4": 0.090, "2": 0.088, "3": 0.057}.items():
        assert close((ended["cease_reason"] == reason).mean(), share, ended.height, part=0.2), reason


@pytest.mark.parametrize(("year", "percent"), [(2022, 49.2), (2023, 50.3), (2024, 46.4)])
def test_twenty_weeks(life: Life, year: int, percent: float) -> None:
    """Plans issued within 20 weeks of the request, exceptions left out."""
    issued = life.requests.filter(c("result") == 1, c("ended").dt.year() == year, ~c("exception"))
    days = (issued["ended"] - issued["received"]).dt.total_days()
    assert close((days <= 140).mean(), percent / 100, issued.height)


def test_over_a_year(life: Life) -> None:
    """7.2% of plans issued in 2024 took more than a year."""
    issued = life.requests.filter(c("result") == 1, c("ended").dt.year() == 2024)
    days = (issued["ended"] - issued["received"]).dt.total_days()
    assert close((days > 364).mean(), 0.072, issued.height)


def test_requests(life: Life) -> None:
    """Requests of 2024: 65.4% assessed, 25.2% refused; 84.8% of decisions in six weeks."""
    asked = life.requests.filter(c("received").dt.year() == 2024)
    decided = asked.filter(c("decided") <= date(2024, 12, 31))
    assert decided["outcome"].is_in([1, 4]).sum() / asked.height == pytest.approx(0.654, abs=0.04)
    assert (decided["outcome"] == 2).sum() / asked.height == pytest.approx(0.252, abs=0.03)
    told = decided.filter(c("outcome") != 3)
    days = (told["decided"] - told["received"]).dt.total_days()
    assert close((days <= 42).mean(), 0.848, told.height, part=0.04)


def test_mediation_and_appeals(life: Life) -> None:
    """Mediation about 6.8% of requests in 2024 and appeals about 3.0%."""
    asked = life.requests.filter(c("received").dt.year().is_in([2023, 2024]))
    assert close(asked["mediated"].is_not_null().mean(), 0.068, asked.height, part=0.15)
    assert close(asked["appealed"].is_not_null().mean(), 0.030, asked.height, part=0.25)


def test_no_plan(life: Life) -> None:
    """6.1% of assessments completed in 2024 gave no plan, 34.1% of those within 16 weeks."""
    done = life.requests.filter(c("result").is_in([1, 2]), c("ended").dt.year().is_in([2023, 2024]))
    declined = done.filter(c("result") == 2)
    assert close(declined.height / done.height, 0.061, done.height, part=0.1)
    days = (declined["ended"] - declined["received"]).dt.total_days()
    assert close((days <= 112).mean(), 0.341, declined.height)


def test_reviews(life: Life, stock: pl.DataFrame) -> None:
    """82.1% of plans were due a review in 2024; decisions were 62% amend, and 44.4% within four weeks; 78% had one."""
    day = census_day(2025)
    due = stock.filter((pl.lit(day) - c("start_date")).dt.total_days() > 365)
    assert due.height / stock.height == pytest.approx(0.821, abs=0.04)
    latest = life.reviews.filter(c("meeting") <= day).sort("plan", "meeting").unique("plan", keep="last")
    held = due.join(latest, on="plan")
    assert held.height == due.height
    assert (held["meeting"].dt.year() >= 2024).mean() == pytest.approx(0.72, abs=0.08)
    told = held.filter(c("decision") <= day)
    assert told.height / held.height == pytest.approx(0.78, abs=0.05)
    assert close((told["outcome"] == "A").mean(), 0.612, told.height, part=0.04)
    assert ((told["decision"] - told["meeting"]).dt.total_days() <= 28).mean() == pytest.approx(0.444, abs=0.07)


def test_residential_and_work_based(stock: pl.DataFrame) -> None:
    """2,221 residential placements and 4,376 work-based ones among 638,745 plans."""
    assert close(stock["residential"].is_not_null().mean(), 2_221 / 638_745, stock.height, part=0.1)
    assert close(stock["work_based"].is_not_null().mean(), 4_376 / 638_745, stock.height, part=0.1)


def test_moves_between_mainstream_and_special(life: Life) -> None:
    """In 2021, 5.4% of mainstream plans moved to special schools and 1.8% of special to mainstream (SEN2 2022).

    A tenth of new plans start in special schools and three tenths of all plans are there, so the moves that carry one January to
    the next are about twice those counted in 2021: the test holds the order of size.
    """
    before, after = in_place(life, 2024), in_place(life, 2025).select("plan", now="setting_kind")
    both = before.join(after, on="plan")
    out = both.filter(c("setting_kind").is_in(MAINSTREAM))["now"].is_in(SPECIAL).mean()
    back = both.filter(c("setting_kind").is_in(SPECIAL))["now"].is_in(MAINSTREAM).mean()
    assert 0.045 < out < 0.13
    assert 0.008 < back < 0.03
