"""Kinds of setting, groups of them and age bands of every authority, forecast from each January and scored where they are published.

Each forecast uses what is published up to its January: England's shares, their errors in earlier Januaries, and, before settings were
published by age, what settings are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.backtest import sizes
from rightplace.forecast.backtest.origin import Origin
from rightplace.forecast.backtest.ranges import QUANTILES
from rightplace.forecast.backtest.result import OURS, SAME_SHARES
from rightplace.forecast.backtest.scores import POINTS
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import evidence
from rightplace.forecast.published import route as counts_route
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.history_cells import band
from rightplace.progress import Progress, silent
from rightplace.vocabulary import authority

Reals = NDArray[np.float64]

DIMENSIONS: Final = ("setting", "age_band")
"""Dimensions that are published."""
SIXTH: Final = "weibull"
"""Quantiles at p (n + 1), the sixth of Hyndman and Fan (1996): a range of n futures holds one more with the probability it says. With the
usual seventh a 95% range of 200 futures holds 94.0%, and an 80% range 79.2%."""
GROUP: Final = "setting_group"
GROUPS: Final = {
    "mainstream schools": ("mainstream", "resourced_provision", "sen_unit"),
    "special schools": ("special_state", "special_non_maintained", "special_independent"),
    "colleges": ("further_education", "specialist_post_16"),
    "elsewhere": (
        "early_years", "alternative_provision", "home_education", "otherwise_than_at_school", "not_in_education", "other",
        "not_recorded",
    ),
}  # fmt: skip
"""Kinds of setting in groups, which settings that change their kind but not their nature stay in."""


def forecasts(
    origin: Origin, later: list[Origin], *, futures: int, seed: int, progress: Progress = silent
) -> pl.DataFrame:
    """Rows of ``Backtest.scores`` for kinds of setting and age bands, where both Januaries publish them.

    Rivals are no change, and our middle total shared as plans are now: what the parts add to the total is what is tested.
    """
    grounds = evidence.from_national(origin.national)[0]
    counted = [_counted(one) for one in (origin, *later)]
    histories, populations = (_by_area(frame) for frame in (origin.national.history, origin.national.population))
    frames = []
    for done, code in enumerate(origin.past.codes, start=1):
        cells = _cells([one.get(code) for one in counted], origin.january)
        if np.isfinite(origin.past.counts[done - 1, -1]) and not cells.is_empty():
            population = populations.get(code, origin.national.population.clear())
            frames.append(_area(code, cells, histories[code], population, grounds, len(later), futures, seed))
        progress(done, len(origin.past.codes), f"settings and age bands of authorities, from January {origin.january}")
    return pl.concat(frames) if frames else pl.DataFrame()


def remark(origins: list[Origin]) -> str:
    """A sentence on what the parts were read by, and whether anything later than a January had a part in it."""
    patterns = {one.january: evidence.pattern_of(one.national.history, one.january, "")[0] for one in origins}
    borrowed = [january for january, pattern in patterns.items() if pattern.year > january]
    assumed = [january for january, pattern in patterns.items() if len(pattern.space.needs) == 1]
    said = []
    if borrowed:
        said.append(
            f"Settings and ages from January {', '.join(map(str, borrowed))} were read by England's pattern of January "
            f"{patterns[borrowed[0]].year}, since too little is published for them: it was not known then, so these scores are "
            "kinder than they should be."
        )
    if assumed:
        said.append(
            f"For January {', '.join(map(str, assumed))} settings by age, and needs, were not published: settings were spread over "
            "the ages they are for, and needs not told apart."
        )
    if not borrowed:
        said.insert(
            0, "Settings and ages were forecast by what was published up to each January; nothing later is borrowed."
        )
    said.append("Needs are not scored: no two Januaries of them are published that a forecast could go between.")
    return " ".join(said)


def _counted(one: Origin) -> dict[str, pl.DataFrame]:
    """Plans in a January by setting and age band, by authority: dimension, value, people."""
    rows = one.national.history.filter(
        (pl.col("measure") == "plans")
        & (pl.col("year") == one.january)
        & pl.col("dimension").is_in(DIMENSIONS)
        & pl.col("people").is_not_null()
    )
    columns = ("la_code", "dimension", "value", "people")
    return _by_area(pl.concat([rows.select(columns), _grouped(rows).select(columns)]))


def _grouped(rows: pl.DataFrame) -> pl.DataFrame:
    """Plans by group of settings."""
    group_of = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    kinds = rows.filter((pl.col("dimension") == "setting") & pl.col("value").is_in(list(group_of)))
    named = kinds.with_columns(
        pl.col("value").replace_strict(group_of, return_dtype=pl.String), dimension=pl.lit(GROUP)
    )
    return named.group_by("la_code", "dimension", "value", maintain_order=True).agg(pl.col("people").sum())


def _by_area(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    if frame.is_empty():
        return {}
    return {
        str(code): rows for (code,), rows in frame.partition_by("la_code", as_dict=True, maintain_order=True).items()
    }


def _cells(counted: list[pl.DataFrame | None], january: int) -> pl.DataFrame:
    """The cells that both Januaries publish: origin, target, horizon, dimension, value, now, truth."""
    now, *later = counted
    frames = [
        now.join(then, on=["dimension", "value"]).select(
            pl.lit(january, pl.Int32).alias("origin"),
            pl.lit(january + ahead, pl.Int32).alias("target"),
            pl.lit(ahead, pl.Int32).alias("horizon"),
            "dimension",
            "value",
            now="people",
            truth="people_right",
        )
        for ahead, then in enumerate(later, start=1)
        if now is not None and then is not None
    ]
    return pl.concat(frames).filter((pl.col("now") > 0) | (pl.col("truth") > 0)) if frames else pl.DataFrame()


def _area(
    code: str, cells: pl.DataFrame, history: pl.DataFrame, population: pl.DataFrame, grounds: Grounds,
    years: int, futures: int, seed: int,
) -> pl.DataFrame:  # fmt: skip
    route = counts_route.forecast(code, history, population, grounds, years=years, futures=futures, seed=seed)
    totals = np.median(route.futures.totals, axis=0)
    if route.seed_year != cells["origin"][0]:
        raise UserError(f"{authority.name(code)} was not forecast from January {cells['origin'][0]}.")
    points = [
        np.quantile(_drawn(route, dimension, value)[:, ahead], QUANTILES, method=SIXTH)
        for dimension, value, ahead in cells.select("dimension", "value", "horizon").iter_rows()
    ]
    ours = cells.with_columns(pl.lit(OURS).alias("method"), *_columns(np.array(points)))
    growth = [totals[ahead] / totals[0] for ahead in cells["horizon"]]
    none = np.full((cells.height, len(POINTS)), np.nan)
    carried = []
    for method, factor in (("no change", 1.0), (SAME_SHARES, np.array(growth))):
        single = none.copy()
        single[:, len(POINTS) // 2] = cells["now"].to_numpy() * factor
        carried.append(cells.with_columns(pl.lit(method).alias("method"), *_columns(single)))
    return pl.concat([*carried, ours]).with_columns(
        la_code=pl.lit(code), area=pl.lit(authority.name(code)), size=pl.lit(sizes.size(float(totals[0])))
    )


def _columns(points: Reals) -> Iterator[pl.Series]:
    for place, name in enumerate(POINTS):
        yield pl.Series(name, points[:, place], nan_to_null=True)


def _drawn(route: Route, dimension: str, value: str) -> NDArray[np.int64]:
    """People of one setting or age band in every future, (futures, years + 1); nought where the forecast has no such setting."""
    stock = route.futures.stock
    if dimension == "age_band":
        people: NDArray[np.int64] = stock[:, :, band(value)].sum(axis=2, dtype=np.int64)
        return people
    first, kinds = route.futures.space.margins()["setting"]
    if dimension == GROUP:
        return sum(
            (_drawn(route, "setting", kind) for kind in GROUPS[value]), np.zeros(stock.shape[:2], dtype=np.int64)
        )
    if value not in kinds:
        return np.zeros(stock.shape[:2], dtype=np.int64)
    return stock[:, :, first + kinds.index(value)].astype(np.int64)
