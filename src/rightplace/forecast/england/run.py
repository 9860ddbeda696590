"""Every authority in England in full, with regions and England added up in each future."""

from __future__ import annotations

import polars as pl

from rightplace.errors import UserError
from rightplace.forecast.england import here, tasks
from rightplace.forecast.england.gathered import Gathered
from rightplace.forecast.england.kept import Kept, Nowhere
from rightplace.forecast.england.result import FAILURES, England
from rightplace.forecast.england.tasks import Spread, Work
from rightplace.forecast.published import evidence
from rightplace.forecast.published.evidence import Grounds, National
from rightplace.forecast.published.route import METHOD
from rightplace.forecast.scenario.acting import damped
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress, silent


def forecast_all(
    national: National,
    *,
    years: int = 10,
    futures: int = 1000,
    seed: int = 1,
    spread: Spread = here.each,
    kept: Kept | None = None,
    progress: Progress = silent,
    scenario: Scenario | None = None,
) -> England:
    """Plans in place in every authority, ``years`` Januaries beyond the last published, and in the regions and England.

    An authority has the numbers that :func:`rightplace.forecast.run.forecast` gives it on the same evidence, wherever the work is done.
    One that cannot be forecast is listed with the reason and does not stop the others. Results found in ``kept`` are not made
    again. Memory is that of the sums and of a few authorities. A ``scenario`` acts in every authority; chances are those without it.

    Raises ``UserError`` where no authority has two Januaries of counts, or the scenario chooses a trend that published totals
    do not have; errors of ``spread`` and ``progress`` pass through.
    """
    grounds, last_known = ready(national, years, futures, scenario)
    asked = tasks.of(national, last=last_known + years, futures=futures, seed=seed, scenario=scenario)
    gathered = Gathered(grounds.pattern.space, last_known, last_known + years)
    work = Work(groups=[(task,) for task in asked], grounds=grounds, spread=spread, kept=kept or Nowhere(), progress=progress)  # fmt: skip
    for (done,) in work.each():
        gathered.add(done)
    return result(gathered, scenario)


def ready(national: National, years: int, futures: int, scenario: Scenario | None) -> tuple[Grounds, int]:
    """What is known of England, and the last January published. Raises as :func:`forecast_all` does."""
    if years < 1 or futures < 1:
        raise UserError("A forecast needs at least one year ahead and one future.", action="Give larger numbers.")
    grounds, panel = evidence.from_national(national)
    if scenario and scenario.assumptions:
        # Each task does so for itself; a trend that published totals do not have is refused before any work is done.
        damped(grounds, scenario.choices)
    return grounds, panel.years[-1]


def result(gathered: Gathered, scenario: Scenario | None) -> England:
    """What was gathered, as a forecast of England."""
    return England(
        areas=gathered.areas(),
        regions=gathered.regions(),
        england=gathered.england(),
        failures=pl.DataFrame(sorted(gathered.failures.items()), schema=FAILURES, orient="row"),
        method=f"{METHOD} Under the scenario “{scenario.name}”." if scenario else METHOD,
    )
