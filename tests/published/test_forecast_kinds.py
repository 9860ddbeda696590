"""How often shares of kinds of setting, as DfE published them later, were inside the ranges drawn for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from rightplace.forecast.backtest import parts
from rightplace.forecast.published import composition, composition_fit, shares_ahead
from rightplace.forecast.published.composition import Shares
from rightplace.returns.statistics.build import national_from_statistics

ORIGINS = (2019, 2020, 2021, 2022, 2023, 2024)
AHEAD = (1, 2, 3)
POINTS = (0.025, 0.1, 0.9, 0.975)
LEAST_PLANS = 100


@pytest.fixture(scope="module")
def history(open_data: Path) -> pl.DataFrame:
    """Every authority's plans by kind of setting, January by January."""
    return national_from_statistics(open_data, until=2025).history.filter(pl.col("dimension") == "setting")


@pytest.fixture(scope="module")
def held(history: pl.DataFrame) -> pl.DataFrame:
    """For each origin, number of years ahead and kind or group: whether what came was inside the 80% and the 95% range."""
    later = composition.read(history, "setting")
    assert later is not None
    return pl.concat(
        [_from(history.filter(pl.col("year").cast(pl.Int64) <= origin), later, origin) for origin in ORIGINS]
    )


def _from(known: pl.DataFrame, later: Shares, origin: int) -> pl.DataFrame:
    """Ranges from shares drawn from what was published up to ``origin``, with the plans that came in all."""
    shares = composition.read(known, "setting")
    assert shares is not None
    part = composition_fit.fit(shares)
    assert part is not None
    rows: list[tuple[int, int, str, str, bool, bool]] = []
    for place, code in enumerate(shares.codes):
        counts = shares.of[place, -1] * shares.plans[place, -1]
        if code not in later.codes or not np.isfinite(counts).all() or counts.sum() < LEAST_PLANS:
            continue
        law = shares_ahead.law(code, counts, part, since=0, years=max(AHEAD), seed=1)
        drawn = law.draw(0, 200)
        for ahead in (one for one in AHEAD if origin + one in later.years):
            truth, plans = _came(later, code, origin + ahead, part.parts)
            if np.isfinite(truth).all():
                ranges = _ranges(drawn[:, ahead - 1], part.parts, counts, truth, plans)
                rows += [(origin, ahead, *one) for one in ranges]
    return pl.DataFrame(rows, schema=["origin", "ahead", "dimension", "value", "in80", "in95"], orient="row")


def _came(later: Shares, code: str, year: int, kinds: tuple[str, ...]) -> tuple[NDArray[np.float64], float]:
    row, column = later.codes.index(code), later.years.index(year)
    return later.of[row, column, [later.parts.index(kind) for kind in kinds]], float(later.plans[row, column])


def _ranges(
    drawn: NDArray[np.float64], kinds: tuple[str, ...], now: NDArray[np.float64], truth: NDArray[np.float64], plans: float
) -> list[tuple[str, str, bool, bool]]:  # fmt: skip
    found = []
    groups = {kind: ("setting", [place]) for place, kind in enumerate(kinds)}
    groups |= {
        name: ("setting_group", [kinds.index(one) for one in members if one in kinds])
        for name, members in parts.GROUPS.items()
    }
    for name, (dimension, places) in groups.items():
        came = round(truth[places].sum() * plans)
        if came > 0 or now[places].sum() > 0:
            people = np.round(drawn[:, places].sum(axis=1) * plans)
            low, less, more, high = np.quantile(people, POINTS, method=parts.SIXTH)
            found.append((dimension, name, bool(less <= came <= more), bool(low <= came <= high)))
    return found


@pytest.mark.parametrize("ahead", AHEAD)
def test_ranges_of_kinds_hold_what_they_say(held: pl.DataFrame, ahead: int) -> None:
    """Every authority and January from 2019, each origin counting the same: 80% ranges hold 77 to 85%, 95% ranges 92 to 97%.

    Of shares as drawn: whole people, who add chance, and totals are in ``rightplace backtest --parts``.
    """
    for dimension, n in (("setting", 5000), ("setting_group", 1500)):
        here = held.filter((pl.col("ahead") == ahead) & (pl.col("dimension") == dimension))
        by_origin = here.group_by("origin").agg(pl.col("in80").mean(), pl.col("in95").mean())
        assert here.height > n
        assert 0.77 <= by_origin["in80"].mean() <= 0.85
        assert 0.92 <= by_origin["in95"].mean() <= 0.97


def test_no_origin_and_no_kind_known_everywhere_is_far_off(held: pl.DataFrame) -> None:
    """95% ranges hold at least 87% from every single January (the return changed in 2023, which 2022 did not know) and 81% of every kind."""
    kinds = held.filter(pl.col("dimension") == "setting")
    assert kinds.group_by("origin", "ahead").agg(pl.col("in95").mean())["in95"].min() >= 0.87
    assert kinds.group_by("value").agg(pl.col("in95").mean())["in95"].min() >= 0.81
