"""An area, or all England, from a folder of published statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.record import Area, Source
from rightplace.errors import DataError
from rightplace.progress import Progress, silent
from rightplace.returns.gias.published import SHAPES as REGISTERS
from rightplace.returns.gias.published import published_settings
from rightplace.returns.statistics import capacity, finance, neighbourhoods, neighbours, population, reorganised
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.costs import unit_costs
from rightplace.returns.statistics.counts import Counts, read_counts
from rightplace.returns.statistics.folder import Found, read_folder
from rightplace.returns.statistics.history import together
from rightplace.returns.statistics.national import National, parts_of
from rightplace.returns.statistics.relocated import relocated
from rightplace.returns.statistics.shapes import KINDS, SHAPES
from rightplace.vocabulary import authority

POPULATION_YEARS: Final = 30
"""Mid-years of population given after the last January."""
EXPECTED: Final = (
    "caseload", "newplans", "ceased_plans", "requests", "assessments", "sen_needs_all_plans", "sen_need_newplans",
    "population_single_year", "population_0_17", "neighbours", "neighbourhoods", "dsg_allocations",
)  # fmt: skip
"""Kinds of file whose absence is worth a sentence."""


def area_from_statistics(folder: Path, la_code: str, *, until: int | None = None) -> Area:
    """The area record of one authority from published statistics.

    ``la_code`` is a three-digit code, an ONS code or a name. ``until`` is the last January used. Raises ``DataError`` where
    the folder has no counts of plans, or none of the authority; ``UserError`` for a name of no authority.
    """
    code = authority.find(la_code).code
    return national_from_statistics(folder, until=until).area(code)


def national_from_statistics(folder: Path, *, until: int | None = None, progress: Progress = silent) -> National:
    """Everything published in ``folder`` about every authority in England.

    ``until`` is the last January used (a back-test): no count of a later January, no flow of that calendar year
    or later, no population estimate of that mid-year or later, no later money or model, has any part in the
    result. Files that are missing, damaged or changed become ``notices`` and the rest is kept.

    Raises ``UserError`` where there is no such folder, and ``DataError`` where it has no counts of plans.
    """
    found = read_folder(folder, shapes=(*SHAPES, *REGISTERS), progress=progress)
    read = [read_counts(table) for table in found.tables if table.shape.series]
    history, last_january, in_force = _history(read, folder, until)
    horizon = last_january + POPULATION_YEARS
    people = population.read_population(found, in_force, until_year=horizon, until=until)
    near, models = neighbours.read_neighbours(found.of("neighbours"), in_force, until=until)
    places, counted = capacity.read_capacity(found, until=until)
    others, lineage = _other_tables(found, history, in_force, until)
    whole = {"history": history, "population": people.frame, **others}
    return National(
        until=until,
        last_january=last_january,
        la_codes=tuple(in_force),
        history=history,
        population=people.frame,
        neighbours=near,
        capacity=places,
        parts={name: parts_of(frame, name) for name, frame in whole.items()},
        mended=pl.concat([one.mended for one in read]),
        sources=(*(one.source for one in read), *people.sources, *models, *counted, *lineage),
        notices=(*found.notices, *_absent(found)),
    )


def _other_tables(
    found: Found, history: pl.DataFrame, in_force: list[str], until: int | None
) -> tuple[dict[str, pl.DataFrame], tuple[Source, ...]]:
    """Settings, neighbourhoods, costs and budget of every authority, with ``la_code``, and where they are from."""
    allocations, spending = found.of("dsg_allocations"), found.of("high_needs_spending")
    budget, money = finance.read_budget(allocations, spending, in_force, until=until)
    ground, maps = neighbourhoods.read_neighbourhoods(found.of("neighbourhoods"), until=until)
    settings, registers = published_settings(found, until=until)
    frames = {
        "settings": relocated(settings, ground, in_force),
        "neighbourhoods": ground,
        "costs": unit_costs(budget, history),
        "budget": budget,
    }
    return frames, (*money, *maps, *registers)


def _history(read: list[Counts], folder: Path, until: int | None) -> tuple[pl.DataFrame, int, list[str]]:
    """Counts carried to the authorities in force in the last January, that January, and those authorities."""
    history = together(read, until=until) if read else pl.DataFrame()
    plans = (
        history.filter(
            (pl.col("measure") == "plans") & (pl.col("dimension") == "total") & pl.col("people").is_not_null()
        )
        if not history.is_empty()
        else history
    )
    if plans.is_empty():
        when = f" to January {until}" if until is not None else ""
        raise DataError(
            f"No counts of EHC plans were found{when}.",
            where=str(folder),
            action="Put caseload.csv of the release 'Education, health and care plans' in it, or fetch it with 'rightplace fetch'.",
        )
    last = int(str(plans["year"].max()))
    published = set(plans["la_code"])
    in_force = [code for code in authority.current(last) if code in published]
    return reorganised.carried(history, in_force, ENGLAND), last, in_force


def _absent(found: Found) -> list[str]:
    held = {table.shape.kind for table in found.tables}
    return [
        f"No file of {KINDS[kind][0].title} ({kind}) was found: what rests on it is left out."
        for kind in EXPECTED
        if kind not in held
    ]
