"""What a forecast gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.batch import Inputs

SUMMARY: Final = {
    "year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "mean": pl.Float64(),
    "p2_5": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(), "p97_5": pl.Float64(),
}  # fmt: skip
FLOWS: Final = {
    "year": pl.Int32(), "flow": pl.String(), "dimension": pl.String(), "value": pl.String(),
    "mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(),
}  # fmt: skip
HISTORY: Final = {"year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "people": pl.Float64()}
RATES: Final = {
    "rate": pl.String(), "year_group": pl.Int32(), "setting": pl.String(), "to": pl.String(),
    "mean": pl.Float64(), "p2_5": pl.Float64(), "p97_5": pl.Float64(), "events": pl.Float64(), "people": pl.Float64(),
}  # fmt: skip
ASSUMPTIONS: Final = {
    "name": pl.String(), "value": pl.Float64(), "low": pl.Float64(), "high": pl.Float64(),
    "unit": pl.String(), "source": pl.String(), "owner": pl.String(),
}  # fmt: skip
PER_1000: Final = SUMMARY
AGES: Final = {
    "year": pl.Int32(), "mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(),
    "youngest_tenth": pl.Float64(), "youngest_quarter": pl.Float64(), "middle": pl.Float64(),
    "oldest_quarter": pl.Float64(), "oldest_tenth": pl.Float64(),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The futures of one area's EHC plans.

    ``summary``: plans in place each January, columns year, dimension, value, mean, p2_5, p10, p50, p90, p97_5.
    Dimensions are total, need, setting, year_group and phase; the first year is the January the futures start
    from, the same in all of them. In every future the values of a dimension add up to its total, so the
    means do too (quantiles do not). Quantiles are interpolated linearly between futures.

    ``flows``: changes in the year up to each January, columns year, flow, dimension, value, mean, p10, p50, p90.
    Flows are joiners, leavers (those who reach the end of the last year group among them), aged_out, movers
    (to another kind of setting; by the setting they left), movers_in (by the setting they came to),
    need_changes (by the need before) and needs_in (by the need after). Joiners have the year group of
    that January, all others the one of the January before. Plans that move between authorities are joiners
    and leavers where the evidence is person-level, and are netted out where it is published counts.

    ``history``: what was counted, columns year, dimension, value, people.

    ``rates``: the pooled rates, columns rate, year_group, setting, to, mean, p2_5, p97_5 and the evidence: events among people
    (weighted, later years more). Values of rate, always:

    - leaving, moving: shares of those in a year group and kind of setting; destination: shares of movers by where to;
    - joining: per 1,000 residents of the year group, or a year where no population is known.

    And where the area's returns have what they rest on:

    - requests: for an assessment, per 1,000 residents of the year group;
    - assessed: the share of requests that are assessed; issued: the share of assessments that end in a plan;
    - plan_of_open_request, plan_of_new_request: the share of requests open at a census day, or made in a year, with a plan by the next;
    - joined_from_elsewhere, left_for_elsewhere: the share of joiners from, and of leavers to, another authority;
    - leaving_by_time_held: times as many leave as their age and setting alone would say. setting is then the stage, to the
      years held, and people those expected to leave.

    ``assumptions``: columns name, value, low, high, unit, source, owner. ``method`` says in plain words how it was made.

    ``futures_total`` (futures, years + 1) holds the total of every future.

    ``per_1000``: plans per 1,000 residents aged 0 to 24 each January ahead, the columns of ``summary``, by total,
    year_group and phase; empty where no population is known.

    ``ages``: age on 31 August before each January. mean, p10, p50 and p90 are of the mean age over futures; youngest_tenth
    to oldest_tenth are ages of the mean cohort that a tenth, a quarter, half ... of all with plans are not above.

    ``inputs`` are what the run was made from: any one future can be made again from it (:mod:`rightplace.forecast.rerun`).
    ``scenario`` is its name, or "".
    """

    la_code: str
    name: str
    summary: pl.DataFrame
    flows: pl.DataFrame
    history: pl.DataFrame
    rates: pl.DataFrame
    assumptions: pl.DataFrame
    method: str
    futures_total: NDArray[np.int32]
    per_1000: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PER_1000))
    ages: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AGES))
    inputs: Inputs | None = field(default=None, repr=False)
    scenario: str = ""
