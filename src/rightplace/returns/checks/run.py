"""Holding a return against its rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from rightplace.progress import Progress, silent
from rightplace.returns.checks import wording
from rightplace.returns.checks.findings import SCHEMA, Findings
from rightplace.returns.checks.frames import Frames, make_frames
from rightplace.returns.checks.place import has_lines, placed, problems
from rightplace.returns.checks.rule import WHOLE, Rule
from rightplace.returns.checks.selection import Selection, select
from rightplace.returns.sen2.layout import TABLES
from rightplace.returns.sen2.record import Sen2Return

_ORDER: Final = {name: place for place, name in enumerate((WHOLE, *(table.name for table in TABLES)))}
_WHAT: Final = "Checking"


def check(
    ret: Sen2Return,
    *,
    settings: pl.DataFrame | None = None,
    previous: Sen2Return | None = None,
    population: pl.DataFrame | None = None,
    progress: Progress = silent,
) -> Findings:
    """Hold a SEN2 return against every rule of its edition.

    ``settings`` and ``population`` are tables of :mod:`rightplace.area.tables`; ``settings`` should cover
    all of England. ``previous`` is the same authority's return of the January before. Rules that need
    one that is not given are listed in ``not_run``. Faults the reader found become findings too.
    """
    steps = len(TABLES) + 2
    frames = make_frames(ret, settings=settings, population=population, previous=previous)
    progress(1, steps, _WHAT)
    chosen = select(ret, frames)
    found = [problems(ret)]
    for done, table in enumerate(TABLES, start=2):
        found += _records(
            frames, table.name, [rule for rule in chosen.rules if rule.when is not None and rule.table == table.name]
        )
        progress(done, steps, _WHAT)
    found += _wholes(frames, chosen)
    progress(steps, steps, _WHAT)
    return Findings(
        frame=_in_order(placed(ret, frames, pl.concat(found, how="diagonal")), by_line=has_lines(ret)),
        not_run=chosen.not_run,
        edition=ret.edition,
        source=ret.source,
        people=frames["person"].height,
    )


def _records(frames: Frames, table: str, rules: Sequence[Rule]) -> list[pl.DataFrame]:
    """Failures of the rules about the records of one table: all conditions in one pass, then the few rows that fail."""
    frame = frames[table]
    if not rules or not frame.height:
        return []
    marks = frame.lazy().select(_condition(rule).alias(rule.id) for rule in rules).collect()
    failing = [(rule, marks[rule.id].arg_true()) for rule in rules if marks[rule.id].any()]
    return [_describe(rule, frames.edition, frame[rows].with_columns(table=pl.lit(table))) for rule, rows in failing]


def _condition(rule: Rule) -> pl.Expr:
    if rule.when is None:
        raise ValueError(f"Rule {rule.id} is not about single records.")
    return rule.when.fill_null(value=False)


def _wholes(frames: Frames, chosen: Selection) -> list[pl.DataFrame]:
    """Failures of the rules about the return as a whole, or about items of several tables."""
    made: list[tuple[Rule, Callable[[Frames], pl.DataFrame]]] = [
        (rule, rule.over) for rule in chosen.rules if rule.over is not None
    ]
    return [_describe(rule, frames.edition, _constants(frames, over(frames))) for rule, over in made]


def _constants(frames: Frames, failures: pl.DataFrame) -> pl.DataFrame:
    return failures.with_columns(edition=pl.lit(frames.edition), census_day=pl.lit(frames.census_day))


def _describe(rule: Rule, edition: int, failures: pl.DataFrame) -> pl.DataFrame:
    """Findings of one rule, with what is needed to place them: ``table``, ``row``, ``line``, ``person_row``, ``person``."""
    columns = failures.columns
    shown = failures if rule.over is not None else failures.with_columns(wording.value(rule, columns).alias("value"))
    if "fields" not in columns:
        shown = shown.with_columns(pl.lit(", ".join(rule.fields)).alias("fields"))
    where = [name for name in ("table", "row", "line", "person_row", "person") if name in columns]
    return shown.select(
        pl.lit(rule.id).alias("rule"),
        pl.lit(rule.severity[edition]).alias("severity"),
        wording.message(rule, shown.columns).alias("message"),
        pl.lit(rule.action).alias("action"),
        "fields",
        "value",
        *where,
    )


def _in_order(findings: pl.DataFrame, *, by_line: bool) -> pl.DataFrame:
    line = pl.col("line").fill_null(0)
    table = pl.col("table").replace_strict(_ORDER, default=0, return_dtype=pl.Int8)
    row = pl.col("row").cast(pl.Int64).fill_null(-1)
    place = (line, table, row) if by_line else (table, row, line)
    ordered = findings.sort(*place, "rule", "fields", "value")
    return ordered.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
