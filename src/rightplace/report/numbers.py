"""Every count and forecast of a report, each as it may be shown: the one place that sees the raw ones.

Inside the trusted area numbers are whole. In a version to publish, counts are protected together
(:mod:`rightplace.disclosure`), and the forecast of a series is hidden where its last count is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from rightplace.disclosure.cells import protect
from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, modelled
from rightplace.disclosure.sums import Sum
from rightplace.disclosure.table import breakdown_sums
from rightplace.report.inputs import Forecast
from rightplace.report.labels import PHASE_OF, in_order
from rightplace.report.phrase import HIDDEN_RANGE, NO_RANGE, Range, certain, whole

Key = tuple[str, int, str, str]
"""("plans" or a flow, January, dimension, value)."""

PLANS = "plans"
TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Counts and ranges by key. ``seed`` is the last January counted, ``horizon`` the last one forecast.

    ``estimated`` are dimensions that were not counted in that January: their numbers are where the futures start.
    """

    counted: Mapping[Key, Published]
    expected: Mapping[Key, Range]
    seed: int
    horizon: int
    estimated: frozenset[str]
    publish: bool

    def count(
        self, dimension: str = TOTAL, value: str = TOTAL, *, year: int | None = None, what: str = PLANS
    ) -> Published:
        """What was counted in a January, the last one unless ``year`` says another."""
        return self.counted.get((what, self.seed if year is None else year, dimension, value), MISSING)

    def ahead(self, dimension: str = TOTAL, value: str = TOTAL, *, year: int | None = None, what: str = PLANS) -> Range:
        """What is expected in a January, the last one forecast unless ``year`` says another."""
        at = self.horizon if year is None else year
        if at == self.seed and what == PLANS:
            return certain(self.count(dimension, value))
        return self.expected.get((what, at, dimension, value), NO_RANGE)

    def known_how(
        self, dimension: str = TOTAL, value: str = TOTAL, *, year: int, what: str = PLANS
    ) -> tuple[str, Published, Published, Published]:
        """For a row of a table: "counted" with one number three times, or "expected" with low, middle and high."""
        if (what, year, dimension, value) in self.expected:
            return "Expected", *self.ahead(dimension, value, year=year, what=what).cells
        return "Counted", *certain(self.count(dimension, value, year=year, what=what)).cells

    def values(self, dimension: str, *, what: str = PLANS) -> list[str]:
        """The values of a dimension that are not nought now and ever after: needs by size, others by the vocabulary."""
        now = {key[3] for key, number in self.counted.items() if self._on(key, dimension, what) and number.value != 0}
        then = {
            key[3] for key, span in self.expected.items() if self._on(key, dimension, what) and span.high.value != 0
        }
        found = in_order(dimension, now | then)
        # By the numbers that are shown, so that the order tells nothing of those that are hidden.
        return sorted(found, key=lambda value: -(self._shown(dimension, value))) if dimension == "need" else found

    def years_counted(self, *, what: str = PLANS) -> list[int]:
        """Januaries with a total that was counted."""
        return sorted(key[1] for key in self.counted if key[0] == what and key[2] == TOTAL)

    def years_ahead(self, *, what: str = PLANS) -> list[int]:
        """Januaries with a total that is forecast."""
        return sorted(key[1] for key in self.expected if key[0] == what and key[2] == TOTAL)

    def _shown(self, dimension: str, value: str) -> int:
        return self.count(dimension, value).value or 0

    def _on(self, key: Key, dimension: str, what: str) -> bool:
        return key[0] == what and key[2] == dimension and key[1] >= self.seed


def numbers(forecast: Forecast, flows_counted: pl.DataFrame, *, publish: bool) -> Numbers:
    """The numbers of a forecast, and of the flows counted (``year``, ``flow``, ``people``), as they may be shown."""
    seed = int(forecast.summary["year"].min())  # type: ignore[arg-type]
    counts, estimated = _counts(forecast, flows_counted, seed)
    counted = _protected(counts) if publish else {key: whole(count) for key, count in counts.items()}
    expected = _expected(forecast, seed, publish=publish)
    if publish:
        expected = {key: _held_back(key, span, counted, seed) for key, span in expected.items()}
    horizon = int(forecast.summary["year"].max())  # type: ignore[arg-type]
    return Numbers(counted=counted, expected=expected, seed=seed, horizon=horizon, estimated=estimated, publish=publish)


def _counts(forecast: Forecast, flows_counted: pl.DataFrame, seed: int) -> tuple[dict[Key, int | None], frozenset[str]]:
    columns = ("year", "dimension", "value", "people")
    seen = forecast.history.filter(pl.col("year") <= seed).select(columns)
    # The January the futures start from stands in for a count only where a dimension was not counted at all.
    first = forecast.summary.filter(pl.col("year") == seed).rename({"mean": "people"}).select(columns)
    unseen = first.join(seen.filter(pl.col("year") == seed), on="dimension", how="anti")
    rows = [*unseen.iter_rows(), *seen.iter_rows()]
    counts: dict[Key, int | None] = {
        (PLANS, int(year), dimension, value): None if people is None else int(people + 0.5)
        for year, dimension, value, people in rows
    }
    counts = _with_noughts(counts, forecast, seed)
    for year, flow, people in flows_counted.select("year", "flow", "people").iter_rows():
        counts[(flow, int(year), TOTAL, TOTAL)] = int(people)
    return counts, frozenset(unseen["dimension"].unique())


def _with_noughts(counts: dict[Key, int | None], forecast: Forecast, seed: int) -> dict[Key, int | None]:
    """The counts, with nought for a value that a counted breakdown leaves out: nobody was there.

    In the last January that holds of every value that is forecast; in earlier ones only of values
    that have been counted before, because an older count may not have known the word.
    """
    ahead = forecast.summary.select("dimension", "value").unique(maintain_order=True).rows()
    first = dict.fromkeys(ahead, seed)
    for _, year, dimension, value in counts:
        first[dimension, value] = min(year, first.get((dimension, value), year))
    breakdowns = dict.fromkeys((year, dimension) for _, year, dimension, _ in counts)
    absent = {
        (PLANS, year, dimension, value): 0
        for year, dimension in breakdowns
        for (of, value), since in first.items()
        if of == dimension and year >= since and (PLANS, year, dimension, value) not in counts
    }
    return counts | absent


def _protected(counts: Mapping[Key, int | None]) -> dict[Key, Published]:
    """Counts protected together: breakdowns of each January, and the flows that join one January to the next.

    The total number of plans of an authority is a National Statistic, given exactly, so it is taken as known.
    """
    plans = [key for key in counts if key[0] == PLANS]
    sums: list[Sum[Key]] = [
        Sum(total=_key(one.total), parts=tuple(_key(part) for part in one.parts))
        for one in breakdown_sums(plans, {"year_group": ("phase", PHASE_OF)})
    ]
    for year in {key[1] for key in plans}:
        before, after = (PLANS, year - 1, TOTAL, TOTAL), (PLANS, year, TOTAL, TOTAL)
        joiners, leavers = ("joiners", year, TOTAL, TOTAL), ("leavers", year, TOTAL, TOTAL)
        if {before, after, joiners, leavers} <= set(counts):
            sums.append(Sum(total=after, parts=(before, joiners), less=(leavers,)))
    totals = [key for key in plans if key[2] == TOTAL]
    return protect(counts, sums, known=totals)


def _key(cell: Sequence[object]) -> Key:
    what, year, dimension, value = cell
    return str(what), int(str(year)), str(dimension), str(value)


def _expected(forecast: Forecast, seed: int, *, publish: bool) -> dict[Key, Range]:
    ends = ("p10", "p50", "p90")
    plans = forecast.summary.filter(pl.col("year") > seed).select(pl.lit(PLANS), "year", "dimension", "value", *ends)
    flows = forecast.flows.select("flow", "year", "dimension", "value", *ends)
    shape = modelled if publish else whole
    return {
        (what, int(year), dimension, value): Range(low=shape(low), middle=shape(middle), high=shape(high))
        for what, year, dimension, value, low, middle, high in [*plans.iter_rows(), *flows.iter_rows()]
    }


def _held_back(key: Key, span: Range, counted: Mapping[Key, Published], seed: int) -> Range:
    """A range, or nothing where the last count of its series is hidden: the range would show what was hidden."""
    what, _, dimension, value = key
    return HIDDEN_RANGE if counted.get((what, seed, dimension, value)) == SUPPRESSED else span
