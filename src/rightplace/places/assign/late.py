"""Those who will join after the plan is made: how many are expected by September in each kind of setting, and the places to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.calendar.census import census_day
from rightplace.errors import UserError
from rightplace.forecast.cohort.batch import some
from rightplace.forecast.cohort.counted import columns, flow_rows, wide
from rightplace.forecast.result import Forecast
from rightplace.forecast.run import forecast
from rightplace.places.assign.seats import late_places
from rightplace.progress import Progress, silent
from rightplace.streams import generator
from rightplace.vocabulary.setting import SettingKind

KEPT_IN: Final = (SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT, SettingKind.SPECIAL_STATE)
"""Kinds in which places are kept. Who gets a plan in a mainstream school is mostly on its roll already; other places are bought one by one."""
FUTURES: Final = 200
SHARE: Final = 0.8
CANNOT_TELL: Final = "No place is kept for late arrivals, as nobody can tell how many to expect"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Late:
    """``joiners`` (setting_kind, future, people): who is expected to join from the day after ``since`` until the September's first day.

    Only kinds of :data:`KEPT_IN`, and futures with somebody; ``futures`` is how many there were.
    """

    joiners: pl.DataFrame
    since: date
    until: date
    futures: int

    @property
    def span(self) -> tuple[int, int, int]:
        """How many join in all: p10, p50 and p90 of the futures."""
        by_future = self.joiners.group_by("future").agg(pl.col("people").sum())["people"].to_numpy()
        every = np.concatenate((by_future, np.zeros(self.futures - len(by_future), np.int64)))
        low, middle, high = np.quantile(every, (0.1, 0.5, 0.9), method="inverted_cdf")
        return int(low), int(middle), int(high)

    def places(self, held: pl.DataFrame, bases: pl.DataFrame, la_code: str) -> pl.DataFrame:
        """What to keep: setting, base, kept. Of each kind enough in :data:`SHARE` of futures, at the area's own bases of known size.

        ``held`` (:data:`~rightplace.places.assign.seats.SEATS`) has a row for each of ``bases``.
        """
        own = (bases["la_code"] == la_code).fill_null(value=False)
        return late_places(
            self.joiners, held.filter(own), bases["setting_kind"].filter(own), share=SHARE, futures=self.futures
        )

    def words(self, held: pl.DataFrame) -> str:
        """What is expected and what was kept, in a sentence; ``held`` are the seats with some kept."""
        if self.since >= self.until:
            return "No place is kept for late arrivals: the plan is made after that September began."
        low, middle, high = self.span
        return (
            f"{int(held['kept'].sum()):,} places are kept for those expected to join between {_day(self.since)} and {_day(self.until)} "
            f"in resourced provision, SEN units and state special schools: {middle:,} in the middle of the futures, {low:,} to {high:,} in "
            f"8 of 10. In each kind enough are kept for {SHARE:.0%} of futures, as far as its bases of known size have room. Joiners are "
            "taken to come evenly through the year."
        )


def expected(
    area: Area, *, september: int, since: date | None = None, seed: int = 1, progress: Progress = silent
) -> Late:
    """Who is expected to join by a September, from a forecast made for the purpose.

    They are counted from the day after ``since``, the day places are decided; where that is not given, from the last January census
    before: later joiners are in no record. Raises ``UserError`` where the area gives no forecast.
    """
    january = max((year for year in area.census_years() if census_day(year) < first_day(september)), default=None)
    if january is None:
        raise UserError(f"No January return is known before September {september}.", action="Load one.")
    last = max(area.census_years())
    ahead = forecast(area, years=max(1, september + 1 - last), futures=FUTURES, seed=seed, progress=progress)
    return late(ahead, september=september, since=since or census_day(january), seed=seed)


def late(ahead: Forecast, *, september: int, since: date, futures: int = FUTURES, seed: int = 1) -> Late:
    """Who is expected to join after a day and by a September, in as many futures of the forecast.

    Of a year's joiners each comes in that stretch with the chance that its days have among the days of the year. Raises ``UserError``
    where the forecast does not keep what it was made from, or does not reach that September.
    """
    until = first_day(september)
    if ahead.inputs is None:
        raise UserError("The forecast does not keep what it was made from.", action="Make the forecast again.")
    first = int(ahead.summary["year"].to_numpy().min())
    shares = _shares(first, ahead.inputs.years, since, until)
    if since < until and census_day(first + ahead.inputs.years) < until:
        raise UserError(f"The forecast ends before September {september}.", action="Make it for more years.")
    number = min(futures, ahead.inputs.futures)
    _, flows, _ = some(ahead.inputs, 0, number)
    joined = wide(dict(flow_rows(flows))["joiners"], ("setting",), ahead.inputs.space)
    draws = generator(seed, "places.assign.late", september)
    people: npt.NDArray[np.int64] = draws.binomial(joined, shares[None, :, None]).sum(axis=1)
    kinds = [kind for _, kind in columns(ahead.inputs.space, ("setting",))]
    frame = pl.DataFrame(
        {
            "setting_kind": kinds * number,
            "future": np.repeat(np.arange(number), len(kinds)),
            "people": people.ravel(),
        },
        schema={"setting_kind": pl.String, "future": pl.Int64, "people": pl.Int64},
    )
    wanted = frame.filter(pl.col("people") > 0, pl.col("setting_kind").is_in([str(kind) for kind in KEPT_IN]))
    return Late(joiners=wanted, since=since, until=until, futures=number)


def _shares(first: int, years: int, since: date, until: date) -> npt.NDArray[np.float64]:
    """Of each year of the forecast (from one January census to the next), the share of days after ``since`` and before ``until``."""
    ends = [census_day(first + step) for step in range(years + 1)]
    spans = [(min(until, end) - max(since, start)).days / (end - start).days for start, end in pairwise(ends)]
    shares: npt.NDArray[np.float64] = np.clip(np.array(spans), 0.0, 1.0)
    return shares


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
