"""Every authority in England in full, with regions and England added up in each future."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from rightplace.errors import UserError
from rightplace.forecast.england import authority, here
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.kept import Kept, Nowhere
from rightplace.forecast.england.mark import mark
from rightplace.forecast.england.result import AREAS, ENGLAND, FAILURES, REGIONS, England
from rightplace.forecast.england.sums import Sum, Sums
from rightplace.forecast.england.table import rows
from rightplace.forecast.published import evidence
from rightplace.forecast.published.evidence import Grounds, National
from rightplace.forecast.published.route import METHOD
from rightplace.forecast.scenario.acting import damped
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress, silent

Spread = Callable[[Sequence[Task], Grounds], Iterator[Done]]
"""Where the work is done: :func:`here.each`, or ``each`` of ``processes`` or ``cluster`` with their options filled in."""


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
    if years < 1 or futures < 1:
        raise UserError("A forecast needs at least one year ahead and one future.", action="Give larger numbers.")
    grounds, panel = evidence.from_national(national)
    last_known = panel.years[-1]
    if scenario and scenario.assumptions:
        grounds = damped(grounds, scenario.choices)
    tasks = _tasks(national, last=last_known + years, futures=futures, seed=seed, scenario=scenario)
    sums = Sums(first=last_known, last=last_known + years)
    frames: dict[str, pl.DataFrame] = {}
    failures: dict[str, str] = {}
    for done in _each(tasks, grounds, spread, kept or Nowhere(), progress):
        sums.add(done)
        if done.stock is None:
            failures[done.la_code] = done.failure
        else:
            cut = rows(done.stock, grounds.pattern.space, done.january)
            frames[done.la_code] = cut.select(pl.lit(done.la_code).alias("la_code"), pl.all())
    method = f"{METHOD} Under the scenario “{scenario.name}”." if scenario else METHOD
    return _result(sums, frames, failures, grounds, method)


def _result(
    sums: Sums, frames: dict[str, pl.DataFrame], failures: dict[str, str], grounds: Grounds, method: str
) -> England:
    return England(
        areas=pl.concat([pl.DataFrame(schema=AREAS), *(frames[code] for code in sorted(frames))]),
        regions=pl.concat(
            [pl.DataFrame(schema=REGIONS)]
            + [_sum(sums.regions[name], grounds, sums.first, region=name) for name in sorted(sums.regions)]
        ),
        england=_sum(sums.england, grounds, sums.first) if sums.england else pl.DataFrame(schema=ENGLAND),
        failures=pl.DataFrame(sorted(failures.items()), schema=FAILURES, orient="row"),
        method=method,
    )


def _tasks(national: National, *, last: int, futures: int, seed: int, scenario: Scenario | None = None) -> list[Task]:
    """A task for each authority, with its own rows and no others."""
    history = national.history.partition_by("la_code", as_dict=True, include_key=False)
    people = national.population.partition_by("la_code", as_dict=True, include_key=False)
    return [
        Task(
            la_code=code,
            history=history.get((code,), national.history.drop("la_code").clear()),
            population=people.get((code,), national.population.drop("la_code").clear()),
            last=last,
            futures=futures,
            seed=seed,
            scenario=scenario,
        )
        for code in national.la_codes
    ]


def _each(tasks: Sequence[Task], grounds: Grounds, spread: Spread, kept: Kept, progress: Progress) -> Iterator[Done]:
    """Results as they finish: first those that were kept, then the rest, kept in their turn."""
    of_england = mark(grounds)
    keys = {task.la_code: authority.key(task, of_england) for task in tasks}
    left = []
    count = 0
    for task in tasks:
        found = kept.get(keys[task.la_code])
        if found is None:
            left.append(task)
        else:
            count += 1
            yield found
    progress(count, len(tasks), "authorities forecast")
    for done in spread(left, grounds):
        if done.stock is not None:
            kept.put(keys[done.la_code], done)
        count += 1
        yield done
        progress(count, len(tasks), "authorities forecast")


def _sum(of: Sum, grounds: Grounds, january: int, *, region: str | None = None) -> pl.DataFrame:
    cut = rows(of.stock, grounds.pattern.space, january)
    first = [] if region is None else [pl.lit(region).alias("region")]
    return cut.select(*first, pl.lit(of.authorities, pl.Int32).alias("authorities"), pl.all())
