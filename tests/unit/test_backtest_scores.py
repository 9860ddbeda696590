"""Scores of forecasts, against values worked by hand and against a formula for the same thing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

from rightplace.forecast.backtest import averages
from rightplace.forecast.backtest.result import OURS, SCORES
from rightplace.forecast.backtest.scores import interval_score, scored, weighted_interval_score
from rightplace.forecast.backtest.sizes import SIZES, TINY, size


def one(value: float) -> np.ndarray:
    return np.array([value])


@pytest.mark.parametrize(
    ("truth", "score"), [(100.0, 40.0), (80.0, 40.0), (130.0, 40.0 + 10 * 10.0), (75.0, 40.0 + 10 * 5.0)]
)
def test_an_interval_score_is_the_width_and_a_penalty_outside(truth: float, score: float) -> None:
    """A range of 80 to 120 that holds 80%: 2 / 0.2 = 10 for each plan outside it (Gneiting and Raftery 2007, equation 43)."""
    assert interval_score(one(80.0), one(120.0), one(truth), 0.2)[0] == pytest.approx(score)


def test_the_weighted_interval_score_is_the_published_sum() -> None:
    """Bracher and others (2021), with K = 2: truth 130, median 100, 80% range 80 to 120, 95% range 60 to 140.

    (30 / 2 + 0.1 x (40 + 10 x 10) + 0.025 x 80) / 2.5 = (15 + 14 + 2) / 2.5 = 12.4.
    """
    ranges = {0.2: (one(80.0), one(120.0)), 0.05: (one(60.0), one(140.0))}
    assert weighted_interval_score(one(100.0), ranges, one(130.0))[0] == pytest.approx(12.4)


def test_the_score_of_a_single_number_is_its_absolute_error() -> None:
    same = {share: (one(100.0), one(100.0)) for share in (0.05, 0.2, 0.5)}
    assert weighted_interval_score(one(100.0), same, one(93.0))[0] == pytest.approx(7.0)


@pytest.mark.parametrize("z", [-2.5, 0.0, 0.3, 1.7])
def test_with_many_ranges_the_score_is_the_crps(z: float) -> None:
    """The CRPS of a normal forecast in closed form (Gneiting and Raftery 2007, section 4.2), to which the score tends."""
    shares = np.arange(1, 1000) / 1000
    ranges = {share: (one(norm.ppf(share / 2)), one(norm.ppf(1 - share / 2))) for share in shares}
    crps = z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi)
    assert weighted_interval_score(one(0.0), ranges, one(z))[0] == pytest.approx(crps, rel=0.01)


def rows(**columns: list[object]) -> pl.DataFrame:
    number = len(next(iter(columns.values())))
    usual = {
        "la_code": "302", "area": "A", "origin": 2020, "target": 2021, "horizon": 1, "dimension": "total", "value": "total",
        "method": OURS, "size": SIZES[2], "now": 100.0, "p2_5": 60.0, "p10": 80.0, "p50": 100.0, "p90": 120.0, "p97_5": 140.0,
    }  # fmt: skip
    return pl.DataFrame({name: columns.get(name, [value] * number) for name, value in usual.items()} | columns)


def test_rows_are_scored_with_and_without_ranges() -> None:
    none = [None, 90.0]
    made = scored(rows(truth=[130.0, 130.0], p2_5=none, p10=none, p50=[100.0, 100.0], p90=[None, 110.0], p97_5=none))
    assert made["error"].to_list() == [-30.0, -30.0]
    assert made["wis"][0] == pytest.approx(30.0)
    assert made["inside_80"].to_list() == [None, False]


def test_each_origin_counts_the_same_however_many_areas_it_has() -> None:
    """From 2020 one area out by 10%; from 2021 three out by 2%: 6, not 4. A tiny area is not averaged."""
    table = rows(
        la_code=["1", "1", "2", "3", "9"], origin=[2020, 2021, 2021, 2021, 2021], truth=[100.0, 200.0, 50.0, 400.0, 10.0],
        p50=[110.0, 204.0, 49.0, 392.0, 90.0], size=[SIZES[2]] * 4 + [TINY],
    )  # fmt: skip
    made = averages.of(scored(table), "areas", ())
    row = made.summary.row(0, named=True)
    assert row["mape_percent"] == pytest.approx(6.0)
    assert row["bias_percent"] == pytest.approx((10.0 + (2 - 2 - 2) / 3) / 2)
    assert (row["n"], row["areas"], row["first_origin"], row["last_origin"]) == (4, 3, 2020, 2021)
    assert dict(made.scores.schema) == dict(SCORES)
    assert made.scores.height == 5
    assert made.by_origin["mape_percent"].to_list() == pytest.approx([10.0, 2.0])


def test_values_of_a_dimension_are_added_up() -> None:
    """10 too many in one need and 10 too few in another of 200 plans: an error of 10%, no bias."""
    made = averages.of(scored(rows(dimension=["need"] * 2, value=["ASD", "SLD"], truth=[90.0, 110.0])), "A", ())
    assert made.summary["mape_percent"][0] == pytest.approx(10.0)
    assert made.summary["bias_percent"][0] == pytest.approx(0.0)
    assert made.summary["coverage80_percent"][0] == 100.0


def test_a_rival_that_is_better_is_named() -> None:
    table = rows(method=[OURS, "no change"], truth=[120.0, 120.0], p50=[100.0, 119.0])
    told = " ".join(averages.of(scored(table), "A", ()).notes)
    assert "not the best everywhere: at 1 year no change has 0.83 against 16.67" in told
    assert "from 2020, 1 year ahead, no change (0.83 against 16.67)" in told
    best = " ".join(averages.of(scored(table.with_columns(p50=pl.Series([120.0, 119.0]))), "A", ()).notes)
    assert "By mean absolute error of totals, no rival is better" in best
    assert "but none has ranges" not in best
    alone = table.with_columns(p50=pl.Series([120.0, 90.0]), p10=pl.Series([110.0, None]))
    assert (
        "weighted interval score of totals, no rival is better at any number of years ahead; but none has ranges"
        in " ".join(averages.of(scored(alone), "A", ()).notes)
    )


def test_sizes_have_no_gap() -> None:
    assert [size(plans) for plans in (99, 100, 1499, 1500, 2999, 3000, 5999, 6000)] == [
        SIZES[0], SIZES[1], SIZES[1], SIZES[2], SIZES[2], SIZES[3], SIZES[3], SIZES[4],
    ]  # fmt: skip
