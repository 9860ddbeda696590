"""An area forecast from its own earlier returns, and scored on its later ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.errors import DataError, UserError
from rightplace.forecast import observed, run
from rightplace.forecast.backtest import averages, rivals, sizes, words
from rightplace.forecast.backtest.known import known_in
from rightplace.forecast.backtest.ranges import QUANTILES
from rightplace.forecast.backtest.result import OURS, Backtest
from rightplace.forecast.backtest.rivals import Rival
from rightplace.forecast.backtest.scores import POINTS, scored
from rightplace.forecast.people import transitions
from rightplace.forecast.published import panel
from rightplace.forecast.result import Forecast
from rightplace.forecast.transition_counts.census import from_census
from rightplace.forecast.transition_counts.estimate import estimate
from rightplace.forecast.transition_counts.scores import crps
from rightplace.forecast.transition_counts.simulate import simulate
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

DIMENSIONS: Final = ("total", "need", "setting", "year_group")
TRANSITION_COUNTS: Final = "transition counts"
GROWTH: Final[dict[str, Rival]] = {
    "no change": rivals.no_change,
    "own last growth": rivals.own_last_growth,
    "own three-year growth": rivals.own_three_year_growth,
}
"""Rivals that carry the area's own total forward, and leave every need, setting and year group its share."""
_CELL: Final = ("target", "dimension", "value")


def backtest(
    area: Area,
    *,
    first: int | None = None,
    horizons: int = 3,
    futures: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
) -> Backtest:
    """Forecasts of an area from each January (from ``first``) that has one before it and one after it, beside rivals'.

    Our forecast is that of :func:`rightplace.forecast.run.forecast` on :func:`known_in`, with the way to a plan and time held where
    they were known; totals, needs, kinds of setting and year
    groups are scored.

    Raises ``UserError`` where the area has no three January returns to do it with.
    """
    if horizons < 1 or futures < 1:
        raise UserError("A back-test needs at least one year ahead and one future.", action="Give larger numbers.")
    januaries = area.census_years()
    origins = [year for year in januaries[:-1] if year - 1 in januaries and year >= (first or year)]
    if not origins:
        raise UserError(
            f"{area.name} has too few January returns for a back-test: two that follow one another and a later one are needed.",
            action="Load more returns, or test on every authority with --statistics FOLDER.",
        )
    truth = _observed(area["census"])
    frames, notes = [], []
    for done, origin in enumerate(origins):
        progress(done, len(origins), "past Januaries forecast from")
        made, said = _origin(known_in(area, origin), origin, truth, horizons=horizons, futures=futures, seed=seed)
        frames.append(made)
        notes += said
    progress(len(origins), len(origins), "past Januaries forecast from")
    rows = pl.concat(frames, how="diagonal_relaxed").with_columns(la_code=pl.lit(area.la_code), area=pl.lit(area.name))
    return averages.of(scored(rows), area.name, (*words.of_returns(area.name, origins, januaries), *notes))


def _observed(census: pl.DataFrame) -> pl.DataFrame:
    """Plans of every January: target, dimension, value, people."""
    rows = observed.of_stock(transitions.from_census(census).stock)
    return rows.filter(pl.col("dimension").is_in(DIMENSIONS)).rename({"year": "target"})


def _origin(
    known: Area, origin: int, truth: pl.DataFrame, *, horizons: int, futures: int, seed: int
) -> tuple[pl.DataFrame, list[str]]:
    """Every method's forecasts beside the truth, what ours knew, and a sentence where a rival could not be run."""
    seen = _observed(known["census"])
    now = seen.filter(pl.col("target") == origin).select("dimension", "value", now="people")
    later = truth.filter(pl.col("target").is_between(origin + 1, origin + horizons))
    years = [int(year) for year in later["target"].unique().sort()]
    ahead = pl.concat([now.select("dimension", "value", target=pl.lit(year, pl.Int32)) for year in years])
    every = pl.concat([later.select(_CELL), ahead.select(_CELL)]).unique()
    cells = (
        every.join(later, on=_CELL, how="left")
        .join(now, on=["dimension", "value"], how="left")
        .with_columns(
            pl.col("people").fill_null(0.0).alias("truth"),
            pl.col("now").fill_null(0.0),
            origin=pl.lit(origin, pl.Int32),
            horizon=pl.col("target") - origin,
            size=pl.lit(sizes.size(float(now.filter(pl.col("dimension") == "total")["now"][0]))),
        )
        .drop("people")
    )
    reach = years[-1] - origin
    ours = run.forecast(known, years=reach, futures=futures, seed=seed)
    made, said = [*_carried(seen, origin, cells, reach), _ours(ours, cells)], [words.used(origin, ours.assumptions)]
    try:
        made.append(_transition_counts(known, cells, reach, futures, seed))
    except DataError as error:
        said.append(f"From January {origin}: {TRANSITION_COUNTS} could not be run. {error}")
    return pl.concat(made, how="diagonal_relaxed"), said


def _carried(seen: pl.DataFrame, origin: int, cells: pl.DataFrame, reach: int) -> Iterator[pl.DataFrame]:
    """The rivals that give one number: each cell as it was, times the growth of the total."""
    totals = seen.filter(pl.col("dimension") == "total").select(la_code=pl.lit("own"), year="target", people="people")
    counts = panel.of(totals)
    for name, rival in GROWTH.items():
        growth = rival(counts, reach)[0] / counts.counts[0, -1]
        factor = pl.col("horizon").replace_strict(list(range(1, reach + 1)), growth.tolist(), return_dtype=pl.Float64)
        empty = [pl.lit(None, pl.Float64).alias(point) for point in POINTS if point != "p50"]
        yield cells.with_columns(pl.lit(name).alias("method"), (pl.col("now") * factor).alias("p50"), *empty)


def _ours(made: Forecast, cells: pl.DataFrame) -> pl.DataFrame:
    points = made.summary.select(pl.col("year").alias("target"), "dimension", "value", *POINTS)
    return _with_crps(_filled(cells, points, OURS), made.futures_total)


def _transition_counts(known: Area, cells: pl.DataFrame, reach: int, futures: int, seed: int) -> pl.DataFrame:
    """The transition-count model, as its method was published."""
    inputs = from_census(known, years=reach)
    made = simulate(inputs, estimate(inputs), futures=futures, seed=seed)
    names = {
        "total": ["total"],
        "need": list(made.states.needs),
        "setting": list(made.states.settings),
        "year_group": [str(group) for group in made.states.groups],
    }
    frames = []
    for dimension, values in names.items():
        counts = made.of(dimension)[:, 1:]
        points = np.quantile(counts, QUANTILES, axis=0).reshape(len(QUANTILES), -1)
        frame = {
            "target": np.repeat(made.years[1:], len(values)).astype(np.int32),
            "dimension": [dimension] * points.shape[1],
            "value": values * len(made.years[1:]),
        }
        frames.append(pl.DataFrame({**frame, **dict(zip(POINTS, points, strict=True))}))
    return _with_crps(_filled(cells, pl.concat(frames), TRANSITION_COUNTS), made.of("total")[:, :, 0])


def _filled(cells: pl.DataFrame, points: pl.DataFrame, method: str) -> pl.DataFrame:
    """Cells with a method's quantiles; one that the method does not have is nought."""
    return cells.join(points, on=_CELL, how="left").with_columns(
        pl.lit(method).alias("method"), *(pl.col(point).fill_null(0.0) for point in POINTS)
    )


def _with_crps(rows: pl.DataFrame, totals: NDArray[np.int64] | NDArray[np.int32]) -> pl.DataFrame:
    """The rows with the score of every future of the total, (futures, years from the origin)."""
    own = rows.filter(pl.col("dimension") == "total")
    found = [
        float(crps(totals[:, ahead].astype(np.float64), np.array(truth)))
        for ahead, truth in own.select("horizon", "truth").iter_rows()
    ]
    scores = own.select(*_CELL).with_columns(pl.Series("crps", found))
    return rows.join(scores, on=_CELL, how="left")
