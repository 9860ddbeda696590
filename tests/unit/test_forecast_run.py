"""The forecast of an area: its contract, its refusals, and areas with hardly anything to go on."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.errors import UserError
from rightplace.forecast import result, trend
from rightplace.forecast.run import forecast
from rightplace.streams import generator

LEAVING = {13: 0.30, 14: 0.45, 15: 0.5}
"""True shares leaving in the made area by year group; 0.03 elsewhere."""
MOVING = {6: 0.35}
"""True shares of mainstream moving to a special school; 0.02 elsewhere."""


def _census(people: int, years: range, seed: int = 1) -> pl.DataFrame:
    """Person-level rows of an area with known rates, made by following each person by hand-written chances."""
    draws = generator(seed, "test.census")
    living = [
        (f"p{i}", str(draws.choice(["ASD", "SEMH", "SLCN"])), "mainstream", int(draws.integers(0, 16)))
        for i in range(people)
    ]
    rows, made = [], people
    for year in years:
        rows += [(year, person, need, kind, group) for person, need, kind, group in living]
        after = []
        for person, need, kind, group in living:
            if group >= 20 or draws.random() < LEAVING.get(group, 0.03):
                continue
            moves = kind == "mainstream" and draws.random() < MOVING.get(group, 0.02)
            after.append((person, need, "special_state" if moves else kind, group + 1))
        joined = int(draws.poisson(0.12 * people))
        after += [(f"p{made + i}", "ASD", "mainstream", int(draws.integers(0, 10))) for i in range(joined)]
        living, made = after, made + joined
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group"]
    schema = BY_NAME["census"].schema
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in columns}, orient="row")
    return frame.select(frame[n] if n in columns else pl.lit(None, dtype=t).alias(n) for n, t in schema.items())


def _population(people: float = 3000.0) -> pl.DataFrame:
    rows = [(2022, age, people, False) for age in range(26)]
    return pl.DataFrame(rows, schema=BY_NAME["population"].schema, orient="row")


def _history(rows: list[tuple[int, str, str, str, float | None]]) -> pl.DataFrame:
    return pl.DataFrame([(*row, "made") for row in rows], schema=BY_NAME["history"].schema, orient="row")


def _totals(*people: float | None, first: int = 2019) -> pl.DataFrame:
    return _history([(first + i, "plans", "total", "total", count) for i, count in enumerate(people)])


def made_area(**tables: pl.DataFrame) -> Area:
    """An area with only the tables given."""
    return build(la_code="302", name="Made up", tables=tables)


@pytest.fixture(scope="module")
def census_area() -> Area:
    """Four Januaries of about 2,000 plans."""
    return made_area(census=_census(2000, range(2023, 2027)), population=_population())


def test_results_have_the_columns_and_rows_they_promise(census_area: Area) -> None:
    """Schemas, years, dimensions and the certain first year."""
    made = forecast(census_area, years=3, futures=60)
    for frame, schema in ((made.summary, result.SUMMARY), (made.flows, result.FLOWS), (made.history, result.HISTORY),
                          (made.rates, result.RATES), (made.assumptions, result.ASSUMPTIONS)):  # fmt: skip
        assert dict(frame.schema) == schema
    assert set(made.summary["dimension"]) == {"total", "need", "setting", "year_group", "phase"}
    assert made.futures_total.shape == (60, 4)
    first = made.summary.filter(pl.col("year") == 2026)
    counted = made.history.filter(pl.col("year") == 2026)
    both = first.filter(pl.col("mean") > 0).join(counted, on=["dimension", "value"], how="full")
    assert both["mean"].to_list() == both["people"].to_list()
    assert (first["p2_5"] == first["p97_5"]).all()
    assert len(made.method) > 200


def test_the_same_seed_gives_the_same_forecast(census_area: Area) -> None:
    """And another seed another."""
    one, same, other = (forecast(census_area, years=2, futures=55, seed=seed) for seed in (3, 3, 4))
    assert one.summary.equals(same.summary)
    assert one.flows.equals(same.flows)
    assert not one.summary.equals(other.summary)


def test_pooled_rates_are_near_the_rates_that_made_the_area(census_area: Area) -> None:
    """True shares leaving and moving, known because the test made them, lie within the estimates' 99.9% ranges or so."""
    rates = forecast(census_area, years=1, futures=10).rates
    wanted = [
        ("leaving", 13, 0.30),
        ("leaving", 14, 0.45),
        ("leaving", 4, 0.03),
        ("moving", 6, 0.35),
        ("moving", 3, 0.02),
    ]
    for name, group, truth in wanted:
        row = rates.filter(
            (pl.col("rate") == name) & (pl.col("year_group") == group) & (pl.col("setting") == "mainstream")
        )
        low, high = row["p2_5"][0], row["p97_5"][0]
        reach = 0.75 * (high - low)
        assert low - reach <= truth <= high + reach, (name, group)
        assert row["people"][0] > 20


def test_a_trend_that_is_turned_off_leaves_joining_where_it_is(
    census_area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no drift at all assumed, yearly joiners stay at the number the area was made with (0.12 of 2,000)."""
    still = trend.Drift(slope=0.0, slope_sd=0.0, step_sd=0.0, noise_sd=0.0)
    monkeypatch.setattr(trend, "JOINING", still)
    flows = forecast(census_area, years=4, futures=200).flows
    joiners = flows.filter((pl.col("flow") == "joiners") & (pl.col("dimension") == "total"))["mean"].to_numpy()
    assert joiners == pytest.approx(240, rel=0.12)


def test_no_population_is_a_stated_fallback() -> None:
    """Joiners then follow their own number, and the assumptions say so."""
    area = made_area(census=_census(300, range(2024, 2027)))
    made = forecast(area, years=2, futures=40)
    assert made.assumptions.filter(pl.col("source").str.contains("no population")).height == 1
    assert made.flows.filter((pl.col("flow") == "joiners") & (pl.col("dimension") == "total"))["mean"].min() > 10


@pytest.mark.parametrize("tables", [{}, {"census": _census(30, range(2026, 2027))}])
def test_one_return_alone_is_refused_with_what_is_needed(tables: dict[str, pl.DataFrame]) -> None:
    """A sentence, not a traceback."""
    with pytest.raises(UserError, match="two consecutive January returns, or a history of published counts"):
        forecast(made_area(**tables))


@pytest.mark.parametrize(("years", "futures"), [(0, 100), (5, 0)])
def test_a_forecast_of_nothing_is_refused(census_area: Area, years: int, futures: int) -> None:
    """At least one year and one future."""
    with pytest.raises(UserError, match="at least one year"):
        forecast(census_area, years=years, futures=futures)


def test_an_area_where_nobody_ever_joins_leaves_or_moves() -> None:
    """Nothing observed is not nothing possible: ranges are wide, nothing fails, the books still balance."""
    rows = [(year, f"p{i}", "ASD", "mainstream", 2 + year - 2024) for i in range(12) for year in (2024, 2025)]
    schema = BY_NAME["census"].schema
    frame = pl.DataFrame(
        rows,
        schema={n: schema[n] for n in ("census_year", "person_id", "need", "setting_kind", "year_group")},
        orient="row",
    )
    census = frame.select(frame[n] if n in frame.columns else pl.lit(None, dtype=t).alias(n) for n, t in schema.items())
    made = forecast(made_area(census=census, population=_population()), years=10, futures=80)
    total = made.summary.filter(pl.col("dimension") == "total")
    assert total["mean"][0] == 12
    assert np.isfinite(total["mean"].to_numpy()).all()
    assert total["p97_5"][3] > total["p2_5"][3]


@pytest.mark.parametrize(
    ("history", "start"),
    [
        (_totals(2000.0, 2200.0, 2420.0), 2420),
        (_totals(2420.0), 2420),
        (_totals(2000.0, None, 2420.0), 2420),
        (_totals(900.0, 1000.0, None), 1000),
        (_totals(6.0, 6.0, 10.0, 7.0), 7),
        (_totals(1.0), 1),
    ],
)
def test_published_totals_alone_are_enough(history: pl.DataFrame, start: int) -> None:
    """A gap, a missing last return, a single January, a handful of plans: a range for each, and every dimension adds up."""
    made = forecast(made_area(history=history), years=4, futures=80)
    total = made.summary.filter(pl.col("dimension") == "total").sort("year")
    assert total["mean"][0] == start
    assert total["year"][-1] == history["year"].max() + 4
    assert (total["p97_5"][1:] > total["p2_5"][1:]).all()
    for dimension in ("need", "setting", "year_group", "phase"):
        added = (
            made.summary.filter(pl.col("dimension") == dimension)
            .group_by("year")
            .agg(pl.col("mean").sum())
            .sort("year")
        )
        assert added["mean"].to_numpy() == pytest.approx(total["mean"].to_numpy(), rel=1e-9)


def test_small_areas_are_more_uncertain_than_large_ones() -> None:
    """The same growth, a hundredth of the size: a wider range for its size."""
    width = []
    for size in (1.0, 100.0):
        made = forecast(made_area(history=_totals(50 * size, 55 * size, 60 * size)), years=3, futures=400)
        last = made.summary.filter(pl.col("dimension") == "total").sort("year")[-1]
        width.append(((last["p90"] - last["p10"]) / last["p50"])[0])
    assert width[0] > 1.5 * width[1]


def test_a_return_that_cannot_be_right_is_left_out_and_named() -> None:
    """Newham's published January totals: 2,705 in 2024 and 1,199 in 2025. The forecast starts from 2024 and says why."""
    made = forecast(
        made_area(history=_totals(1606.0, 1867.0, 2618.0, 2705.0, 1199.0, first=2021)), years=2, futures=200
    )
    total = made.summary.filter(pl.col("dimension") == "total").sort("year")
    assert total["year"].to_list() == [2024, 2025, 2026, 2027]
    assert 2600 < total["p50"][1] < 3300
    assert made.assumptions.filter(pl.col("name").str.contains("January 2025 return taken as missing"))[
        "value"
    ].to_list() == [1199.0]


def test_published_ages_needs_and_settings_are_where_the_forecast_starts() -> None:
    """An area's own ages are kept to, to the person, at the first January, and its settings within two."""
    ages = [(2025, "plans", "age", str(age), 40.0 + age) for age in range(3, 25)]
    kinds = [
        (2025, "plans", "setting", kind, people)
        for kind, people in (("mainstream", 520.0), ("special_state", 307.0), ("further_education", 350.0))
    ]
    total = sum(row[4] for row in ages)
    history = pl.concat([_totals(1000.0, total, first=2024), _history(ages), _history(kinds)])
    made = forecast(made_area(history=history), years=1, futures=20)
    first = made.summary.filter(pl.col("year") == 2025)
    groups = first.filter((pl.col("dimension") == "year_group") & (pl.col("mean") > 0))
    assert dict(groups.select("value", "mean").iter_rows()) == {str(age - 4): 40.0 + age for age in range(3, 25)}
    settings = dict(
        first.filter((pl.col("dimension") == "setting") & (pl.col("mean") > 0)).select("value", "mean").iter_rows()
    )
    assert settings == pytest.approx({"mainstream": 520.0, "special_state": 307.0, "further_education": 350.0}, abs=2)


def test_history_without_plans_is_refused() -> None:
    """Requests alone are no base."""
    history = _history([(2024, "requests", "total", "total", 300.0)])
    with pytest.raises(UserError, match="history of published counts"):
        forecast(made_area(history=history))
