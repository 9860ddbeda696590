"""How right the totals would have been, on DfE's published Januaries; and England at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.errors import CancelledByUser
from rightplace.forecast.backtest import authorities, averages
from rightplace.forecast.backtest.result import OURS, Backtest
from rightplace.forecast.cohort import space
from rightplace.forecast.england.totals import totals_of_all
from rightplace.forecast.published import composition, composition_fit, evidence, panel, pattern, reference, totals
from rightplace.forecast.published.history_cells import cells
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.run import forecast
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National

TARGETS = (2021, 2022, 2023, 2024, 2025)
RIVALS = ("no change", "own last growth", "England's growth", "half of each")
LEFT_OUT = ("316", "201", "420")
"""Newham, the City of London and the Isles of Scilly: not in the errors worked out elsewhere."""


@pytest.fixture(scope="module")
def national(open_data: Path) -> National:
    """Every authority's published counts."""
    return national_from_statistics(open_data, until=2025)


@pytest.fixture(scope="module")
def plain_panel(open_data: Path) -> Panel:
    """Totals as published, each authority under the code of its year: from the two releases' own files."""
    late = pl.read_parquet(open_data / "ehcp_2025" / "caseload.parquet").filter(
        pl.col("breakdown_topic") == "All EHC plans"
    )
    early = pl.read_parquet(open_data / "ehcp_2022" / "sen2_age_caseload.parquet").filter(
        pl.col("characteristic_age") == "Total"
    )
    columns = [
        late.select("geographic_level", la_code="old_la_code", year=pl.col("time_period").str.slice(0, 4).cast(pl.Int16) + 1, people=pl.col("ehcplans").cast(pl.Float64)),
        early.select("geographic_level", la_code="old_la_code", year=pl.col("time_period").cast(pl.Int16), people=pl.col("Total_all").cast(pl.Float64)).filter(pl.col("year") < 2019),
    ]  # fmt: skip
    rows = pl.concat(columns).filter(pl.col("geographic_level") == "Local authority")
    return panel.of(rows.select("la_code", "year", "people"))


@dataclass(frozen=True)
class Counts:
    """Totals alone, in the shape of published statistics."""

    la_codes: tuple[str, ...]
    history: pl.DataFrame
    population: pl.DataFrame
    last_january: int


def known_at(plain: Panel, until: int | None) -> Counts:
    """The totals up to a January; authorities are those counted in it."""
    last = until or plain.years[-1]
    past = plain.until(last)
    raw = past.counts.copy()
    for code, year, count in past.doubted:
        raw[past.codes.index(code), past.years.index(year)] = count
    in_force = tuple(code for code, count in zip(past.codes, raw[:, -1], strict=True) if np.isfinite(count))
    rows = [
        (code, year, "plans", "total", "total", float(count))
        for code, series in zip(past.codes, raw, strict=True)
        for year, count in zip(past.years, series, strict=True)
        if np.isfinite(count)
    ]
    history = pl.DataFrame(rows, schema=["la_code", "year", "measure", "dimension", "value", "people"], orient="row")
    return Counts(la_codes=in_force, history=history, population=pl.DataFrame(), last_january=last)


@pytest.fixture(scope="module")
def tested(plain_panel: Panel) -> Backtest:
    """Scores of our totals and the rivals', one to three Januaries ahead, to those in ``TARGETS``."""
    return authorities.backtest(lambda until: known_at(plain_panel, until), first=2018, futures=300, with_library=False)


def by_target(tested: Backtest, *, leave_out: tuple[str, ...] = ()) -> pl.DataFrame:
    """Averages by origin, horizon and method, to the Januaries in ``TARGETS``."""
    kept = tested.scores.filter(~pl.col("la_code").is_in(leave_out) & pl.col("target").is_in(TARGETS))
    return averages.by_origin(kept, "authorities").with_columns(target=pl.col("origin") + pl.col("horizon"))


@pytest.mark.parametrize(
    ("target", "errors"),
    [
        (2022, (8.4, 4.0, 3.4, 3.1)),
        (2023, (8.3, 4.0, 3.8, 3.4)),
        (2024, (10.5, 5.0, 4.4, 4.4)),
        (2025, (9.9, 5.0, 4.0, 3.9)),
    ],
)
def test_rivals_have_the_errors_worked_out_elsewhere(tested: Backtest, target: int, errors: tuple[float, ...]) -> None:
    """Mean absolute percentage errors one year ahead, computed apart from this code from the same DfE release; within 0.15."""
    found = by_target(tested, leave_out=LEFT_OUT).filter((pl.col("target") == target) & (pl.col("horizon") == 1))
    for method, error in zip(RIVALS, errors, strict=True):
        assert found.filter(pl.col("method") == method)["mape_percent"][0] == pytest.approx(error, abs=0.15)


@pytest.mark.parametrize("measure", ["mape_percent", "wis_percent"])
def test_our_error_and_score_are_no_larger_than_the_best_rivals(tested: Backtest, measure: str) -> None:
    """Averaged over January 2022 to 2025, at each of one, two and three years ahead, against the best rival at that horizon.

    No allowance is made: the average is compared as it is.
    """
    late = by_target(tested).filter(pl.col("target") >= 2022)
    means = late.group_by("horizon", "method").agg(pl.col(measure).mean())
    for horizon in (1, 2, 3):
        here = means.filter(pl.col("horizon") == horizon)
        ours = here.filter(pl.col("method") == OURS)[measure][0]
        assert ours <= here.filter(pl.col("method") != OURS)[measure].min()


def test_one_year_ahead_no_single_January_is_lost_by_more_than_a_tenth_of_a_point(tested: Backtest) -> None:
    """Against the best rival of that January, chosen after the event."""
    for target in TARGETS:
        here = by_target(tested).filter((pl.col("target") == target) & (pl.col("horizon") == 1))
        ours = here.filter(pl.col("method") == OURS)["mape_percent"][0]
        assert ours <= here.filter(pl.col("method") != OURS)["mape_percent"].min() + 0.1


def test_ranges_hold_as_many_totals_as_they_say(tested: Backtest) -> None:
    """Over five Januaries and about 150 authorities: 95% ranges hold 90 to 98%, 80% ranges 75 to 88%.

    In a single January the whole country may turn at once, as in 2023: there 95% ranges must still hold 85%.
    """
    ours = by_target(tested).filter(pl.col("method") == OURS)
    for horizon in (1, 2, 3):
        here = ours.filter(pl.col("horizon") == horizon)
        assert 90 <= here["coverage95_percent"].mean() <= 98
        assert 75 <= here["coverage80_percent"].mean() <= 88
    assert ours["coverage95_percent"].min() >= 85
    assert ours["n"].min() >= 140


def test_a_back_test_uses_nothing_later_than_its_origin(plain_panel: Panel) -> None:
    """What is forecast from January 2021 is the same when every later count is made up."""
    later = plain_panel.counts.copy()
    later[:, [year > 2021 for year in plain_panel.years]] *= 3.0
    doubted = tuple(one for one in plain_panel.doubted if one[1] <= 2021)
    spoiled = Panel(codes=plain_panel.codes, years=plain_panel.years, counts=later, doubted=doubted)
    made = [
        authorities.backtest(
            lambda until, of=one: known_at(of, until), first=2021, horizons=1, futures=50, with_library=False
        ).scores
        for one in (plain_panel, spoiled)
    ]
    told = ["la_code", "method", "now", "p2_5", "p10", "p50", "p90", "p97_5"]
    one, other = (scores.filter(pl.col("origin") == 2021).select(told).sort(told[:2]) for scores in made)
    assert one.equals(other)
    assert not made[0].equals(made[1])


def test_every_authority_is_forecast(national: National) -> None:
    """All 153, Newham from its last credible January, the City of London and the Isles of Scilly with wide ranges."""
    made = totals_of_all(national, years=3, futures=200)
    assert made.failures.is_empty()
    assert made.areas["la_code"].n_unique() == 153
    last = made.areas.filter(pl.col("year") == 2028)
    assert last.height == 153
    points = made.areas.select("p2_5", "p10", "p50", "p90", "p97_5").to_numpy()
    assert np.all(np.diff(points, axis=1) >= 0)
    assert made.areas.filter(pl.col("la_code") == "316")["year"].min() == 2024
    width = last.with_columns(width=(pl.col("p90") - pl.col("p10")) / pl.col("p50"))
    small = width.filter(pl.col("la_code").is_in(["201", "420"]))["width"].min()
    assert small > 2 * width["width"].median()


def test_authorities_rise_and_fall_together(national: National) -> None:
    """The range of England's sum is wider than if authorities' errors were independent: England's growth is shared."""
    grounds, counts = evidence.from_national(national)
    places = [totals.standing(counts, code, grounds.growth) for code in national.la_codes[:40]]
    runs = np.stack(
        [
            totals.ahead(place, grounds.growth, last=2028, seed=1).draw(0, 400)[:, -1].astype(float)
            for place in places
            if place is not None
        ]
    )
    together = runs.sum(axis=0).std()
    apart = np.sqrt((runs.std(axis=1) ** 2).sum())
    assert together > 1.5 * apart


def test_one_area_and_all_of_england_give_the_same_totals(national: National) -> None:
    """The forecast of an authority on its own, from the reference that comes with Rightplace, has the totals of the joint run."""
    code = "302"
    alone = forecast(national.area(code), years=2, futures=120, seed=5)
    joint = totals_of_all(national, years=2, futures=120, seed=5).areas.filter(pl.col("la_code") == code)
    total = alone.summary.filter(pl.col("dimension") == "total")
    for column in ("mean", "p10", "p50", "p90"):
        assert total[column].to_numpy() == pytest.approx(joint[column].to_numpy(), rel=1e-3)


def test_one_bad_authority_does_not_stop_the_others(national: National) -> None:
    """An authority with no counts is listed with a sentence; cancelling still cancels."""

    class Some:
        la_codes = ("302", "303", "304")
        history = national.history.filter(pl.col("la_code") != "303")
        population = national.population

    made = totals_of_all(Some(), years=1, futures=20)
    assert made.failures["la_code"].to_list() == ["303"]
    assert "Bexley" in made.failures["what"][0]
    assert sorted(made.areas["la_code"].unique()) == ["302", "304"]

    def stop(done: int, asked: int, what: str) -> None:
        raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        totals_of_all(Some(), years=1, futures=20, progress=stop)


def test_the_reference_is_what_the_published_files_give(national: National) -> None:
    """The counts and constants that come with Rightplace, made again from DfE's files; cells to one person in a thousand."""
    made = pattern.complete(national.history, reference.YEAR)
    kept = reference.counts().select(made.columns).cast(dict(made.schema))
    both = kept.join(made, on=made.columns[:-1], how="full", coalesce=True).fill_null(0.0)
    assert (both["people"] - both["people_right"]).abs().sum() < 0.001 * made["people"].sum()
    growth = evidence.from_national(national)[0].growth
    assert growth.england == pytest.approx(reference.GROWTH.england, abs=1e-6)
    assert growth.momentum == pytest.approx(reference.GROWTH.momentum, abs=1e-4)
    for name in ("area_sd", "size_sd", "freedom", "england_sd"):
        assert getattr(growth, name) == pytest.approx(getattr(reference.GROWTH, name), rel=1e-2)
    funnel, kept_funnel = growth.funnel, reference.GROWTH.funnel
    assert funnel is not None
    assert kept_funnel is not None
    assert funnel.weights == pytest.approx(kept_funnel.weights, abs=1e-4)
    assert funnel.medians[2025] == pytest.approx(kept_funnel.medians[2025], abs=1e-6)
    for part in ("setting", "age_band"):
        shares = composition.read(national.history, part)
        assert shares is not None
        fitted = composition_fit.fit(shares)
        assert fitted is not None
        assert fitted.errors == pytest.approx(reference.composition(part).errors, rel=0.05)
        assert fitted.back == pytest.approx(reference.composition(part).back, abs=1e-6)


def test_ages_one_year_ahead_are_nearer_than_no_change(national: National, open_data: Path) -> None:
    """From January 2024, the published ages of January 2025 in eight authorities: less than two thirds of the error of unchanged shares."""
    past = national_from_statistics(open_data, until=2024)
    ours, unchanged = [], []
    for code in ("302", "330", "341", "371", "815", "846", "881", "925"):
        now, truth = (_ages(where.area(code)["history"], year) for where, year in ((past, 2024), (national, 2025)))
        made = forecast(past.area(code), years=1, futures=60).summary
        rows = made.filter((pl.col("dimension") == "year_group") & (pl.col("year") == 2025))
        share = rows["mean"].to_numpy() / rows["mean"].sum()
        ours.append(np.abs(share - truth).sum())
        unchanged.append(np.abs(now - truth).sum())
    assert np.mean(ours) < 0.67 * np.mean(unchanged)


def _ages(history: pl.DataFrame, january: int) -> np.ndarray:
    found = cells(history, "plans", january, "age", space.of(["ASD"], ["mainstream"]))
    assert found is not None
    return found / found.sum()
