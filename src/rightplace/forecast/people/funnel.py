"""The way to a plan: requests, the share assessed, the share issued, and what the requests open now foretell of next year's joiners.

At each census day B requests are open; of those in the past a share b had a plan by the next census day. Of the R
requests that came in the year after, a share r did. Joiners of the next year are then

    J = b B + r R + T,    var J = B^2 var b + R^2 var r + (r R)^2 (1 / R0 + v) + T / years + T^2 noise^2,

with b and r Beta (Jeffreys), R = R0 exp(g + v / 2) for R0 requests in the year before the last census day, g and v the mean and variance of a
yearly rise of requests in logs (:mod:`rightplace.forecast.people.asked`), and T joiners with no request (plans transferred in, and any whose request is not
recorded), as in past years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from rightplace.calendar.census import census_day
from rightplace.forecast.local_level import Drift
from rightplace.forecast.people.asked import Rise
from rightplace.vocabulary.codes import AssessmentOutcome, RequestOutcome

LEAST = 20
"""Fewest requests in a year that are used."""
DECIDED_WITHIN: Final = timedelta(weeks=6)
ASSESSED_WITHIN: Final = timedelta(weeks=20)
"""The law's time from a request to the decision whether to assess, and to a plan or word that there will be none (Special Educational
Needs and Disability Regulations 2014, regulations 5 and 13): a request that was withdrawn, or moved away with the family, and has no
date of that, is taken to have been open for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Counts behind the formulas. Pairs are (events, people).

    ``assessed``: of requests decided, those to assess. ``issued``: of assessments decided, plans. ``of_open`` and ``of_new``: of requests
    open at a census day, and of those that came in the year after, plans by the next. ``open_now`` and ``last_year``: requests open
    at the last census day, and received in the year before it. ``other``: joiners a year with no request.
    ``by_age`` requests a year by age on 31 August (age -> requests). ``years`` of evidence.
    """

    assessed: tuple[float, float]
    issued: tuple[float, float]
    of_open: tuple[float, float]
    of_new: tuple[float, float]
    open_now: float
    last_year: float
    other: float
    by_age: dict[int, float]
    years: int

    def joiners(self, drift: Drift, rise: Rise) -> tuple[float, float]:
        """Mean and variance of the joiners of the next year, by the formulas above; the chance of each person is not in it."""
        b, b_variance = _share(*self.of_open)
        r, r_variance = _share(*self.of_new)
        coming = self.last_year * float(np.exp(rise.mean + 0.5 * rise.variance))
        mean = b * self.open_now + r * coming + self.other
        variance = self.open_now**2 * b_variance + coming**2 * r_variance
        variance += (r * coming) ** 2 * (1.0 / self.last_year + rise.variance)
        variance += self.other / self.years + self.other**2 * drift.noise_sd**2
        return mean, variance


def of(
    requests: pl.DataFrame, assessments: pl.DataFrame, plans: pl.DataFrame, people: pl.DataFrame,
    joiners: dict[int, float], seed_year: int,
) -> Funnel | None:  # fmt: skip
    """The funnel up to the last January; None where there are too few requests, or no year of them before the last.

    ``joiners`` maps a January to the plans that joined in the year before it.
    """
    if requests.is_empty():
        return None
    day = {year: census_day(year) for year in range(seed_year - 6, seed_year + 1)}
    rows = _followed(requests, assessments, plans, day[seed_year])
    came = {
        year: rows.filter(_between("received", day[year - 1], day[year]))
        for year in range(seed_year - 5, seed_year + 1)
    }
    if came[seed_year].height < LEAST:
        return None
    pairs = [
        year for year in sorted(came)
        if year < seed_year and came[year].height >= LEAST / 2 and came[year + 1].height >= LEAST / 2 and year + 1 in joiners
    ]  # fmt: skip
    if not pairs:
        return None
    backlog = pl.concat([_open(rows, day[year]).with_columns(until=pl.lit(day[year + 1])) for year in pairs])
    new = pl.concat([came[year + 1].with_columns(until=pl.lit(day[year + 1])) for year in pairs])
    of_open, of_new = (_made(part) for part in (backlog, new))
    other = sum(joiners[year + 1] for year in pairs) - of_open[0] - of_new[0]
    return Funnel(
        assessed=_ratio(rows, "assessed", "decided"),
        issued=_ratio(rows, "issued", "completed"),
        of_open=of_open,
        of_new=of_new,
        open_now=float(_open(rows, day[seed_year]).height),
        last_year=float(came[seed_year].height),
        other=max(other / len(pairs), 0.0),
        by_age=_by_age(pl.concat([came[year] for year in [*pairs, seed_year]]), people, len(pairs) + 1),
        years=len(pairs),
    )


def _followed(requests: pl.DataFrame, assessments: pl.DataFrame, plans: pl.DataFrame, last: date) -> pl.DataFrame:
    """Requests with a known date: person_id, received, ended (null while open), made (day of the plan, null if none), and flags.

    ``last`` is the last census day: what is known to have ended, and not when, had ended by then.
    """
    starts = plans.filter(pl.col("request_id").is_not_null() & pl.col("transferred_from").is_null())
    starts = starts.group_by("request_id").agg(pl.col("start_date").min().alias("made"))
    result = assessments.select("request_id", pl.col("outcome").alias("result"), pl.col("outcome_date").alias("told"))
    joined = (
        requests.filter(pl.col("received_date").is_not_null())
        .join(result.unique("request_id"), on="request_id", how="left")
        .join(starts, on="request_id", how="left")
    )
    refused = pl.col("outcome").is_in([str(RequestOutcome.NOT_ASSESS), str(RequestOutcome.WITHDRAWN)])
    stopped = pl.col("result").is_in([str(AssessmentOutcome.NOT_ISSUE), str(AssessmentOutcome.WITHDRAWN)])
    stopped |= pl.col("exported_to").is_not_null()
    issued = pl.col("result") == str(AssessmentOutcome.ISSUE)
    by_law = pl.min_horizontal(
        pl.col("received_date") + pl.when(stopped).then(ASSESSED_WITHIN).otherwise(DECIDED_WITHIN), last
    )
    return joined.select(
        "person_id",
        received="received_date",
        ended=pl.coalesce("made", pl.when(stopped | issued).then("told"), pl.when(refused).then("outcome_date"), pl.when(refused | stopped).then(by_law)),
        made=pl.coalesce("made", pl.when(issued).then("told")),
        decided=pl.col("outcome").is_in([str(RequestOutcome.ASSESS), str(RequestOutcome.NOT_ASSESS)]).fill_null(value=False),
        assessed=(pl.col("outcome") == str(RequestOutcome.ASSESS)).fill_null(value=False),
        completed=(issued | (pl.col("result") == str(AssessmentOutcome.NOT_ISSUE))).fill_null(value=False),
        issued=issued.fill_null(value=False),
    )  # fmt: skip


def _between(column: str, after: date, until: date) -> pl.Expr:
    return (pl.col(column) > after) & (pl.col(column) <= until)


def _open(rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """Requests received by a day and not ended by it."""
    return rows.filter((pl.col("received") <= day) & ((pl.col("ended") > day) | pl.col("ended").is_null()))


def _made(rows: pl.DataFrame) -> tuple[float, float]:
    return float(rows.filter(pl.col("made") <= pl.col("until")).height), float(rows.height)


def _ratio(rows: pl.DataFrame, event: str, base: str) -> tuple[float, float]:
    return float(rows[event].sum()), float(rows[base].sum())


def _share(events: float, people: float) -> tuple[float, float]:
    """Mean and variance of a share: Beta(1/2 + events, 1/2 + the rest)."""
    yes, no = 0.5 + events, 0.5 + people - events
    total = yes + no
    return yes / total, yes * no / (total**2 * (total + 1.0))


def _by_age(rows: pl.DataFrame, people: pl.DataFrame, years: int) -> dict[int, float]:
    """Requests a year by age on the 31 August before; empty where birth dates are not known."""
    known = rows.join(people.select("person_id", "birth_date"), on="person_id", how="inner").drop_nulls("birth_date")
    if known.is_empty():
        return {}
    academic = pl.col("received").dt.year() - (pl.col("received").dt.month() < 9).cast(pl.Int32)
    after = (pl.col("birth_date").dt.month() > 8).cast(pl.Int32)
    counted = known.group_by(age=(academic - pl.col("birth_date").dt.year() - after).clip(0, 24)).len()
    scale = rows.height / known.height / years
    return {int(age): float(count) * scale for age, count in counted.sort("age").iter_rows()}


def update(
    paths: np.ndarray, level_variance: np.ndarray, foreseen: float, seen: tuple[float, float], noise: np.ndarray
) -> np.ndarray:
    """Multipliers of joining (futures, years) once the funnel has been seen: Kalman's update of every future (Evensen 1994).

    ``level_variance`` (years,) is the covariance in logs of each year with the first, ``foreseen`` the joiners of the first year at multiplier
    1, ``seen`` mean and variance from the funnel, ``noise`` (futures,) standard normal draws.
    """
    mean, variance = seen
    error = float(np.log1p(variance / mean**2))
    target = np.log(mean / foreseen) - 0.5 * error
    gain = level_variance / (level_variance[0] + error)
    innovation = target + np.sqrt(error) * noise - np.log(paths[:, 0])
    out: np.ndarray = paths * np.exp(innovation[:, None] * gain)
    return out
