"""What a scenario makes a forecast assume, in the words of its assumptions table."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rightplace.forecast.assumption import Assumption
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.vocabulary.year_group import label


def assumptions(scenario: Scenario, space: Space, rates: pl.DataFrame) -> list[Assumption]:
    """A row for each change; for each that the area has nobody for; and for each rate that a change would take above 1.

    ``rates`` are those of the forecast (:data:`rightplace.forecast.result.RATES`).
    """
    rows = [row for change in scenario.changes for row in (_itself(change), *_nobody(change, space))]
    return [*rows, *(row for change in scenario.changes for row in _above_one(change, rates))]


def _itself(change: Change) -> Assumption:
    dates = f"from {change.start}" + (f" until {change.until}" if change.until else "")
    return Assumption(
        name=f"{change.name}: {change.rate.replace('_', ' ')} {dates}, {whom(change)}, is multiplied {'every year ' if change.every_year else ''}by",
        value=(change.low + change.high) / 2.0,
        low=change.low,
        high=change.high,
        unit="times",
        source=f"{change.source}. {change.reason}",
        owner=change.owner,
    )


def whom(change: Change) -> str:
    """The people a change acts on, in words: "year groups Year 6 to Year 9; from mainstream; to special_state"."""
    parts = [
        f"year groups {_run(change.year_groups)}" if change.year_groups else "",
        f"needs {', '.join(change.needs)}" if change.needs else "",
        f"{'from' if change.to_settings else 'in'} {', '.join(change.settings)}" if change.settings else "",
        f"to {', '.join(change.to_settings)}" if change.to_settings else "",
    ]
    return "; ".join(part for part in parts if part) or "everyone"


def _run(groups: tuple[int, ...]) -> str:
    if len(groups) > 1 and groups[-1] - groups[0] == len(groups) - 1:
        return f"{label(groups[0])} to {label(groups[-1])}"
    return ", ".join(label(group) for group in groups)


def _nobody(change: Change, space: Space) -> Iterator[Assumption]:
    """Words of a change that no plan of the area has."""
    for words, known in (
        (change.needs, space.needs),
        (change.settings, space.kinds),
        (change.to_settings, space.kinds),
    ):
        absent = [word for word in words if word not in known]
        if absent:
            name = f"{change.name}: the area has no plans in {', '.join(absent)}, so that part changes nothing"
            yield Assumption(name=name, value=None, unit="plans", source="the area's plans", owner=change.owner)


def _above_one(change: Change, rates: pl.DataFrame) -> Iterator[Assumption]:
    """A share times the highest factor that would be more than 1: the engine holds it at 1."""
    if change.rate not in ("leaving", "moving") or change.high <= 1.0:
        return
    rows = rates.filter((pl.col("rate") == change.rate) & (pl.col("mean") * change.high > 1.0))
    if change.year_groups:
        rows = rows.filter(pl.col("year_group").is_in(change.year_groups))
    if change.settings:
        rows = rows.filter(pl.col("setting").is_in(change.settings))
    if rows.height:
        yield Assumption(
            name=f"{change.name}: {change.rate} would be above 1 in {rows.height} of the area's cells, and is held at 1 there",
            value=float(rows.select((pl.col("mean") * change.high).max()).item()),
            unit="share",
            source="the area's rates times the highest factor",
            owner=change.owner,
        )
