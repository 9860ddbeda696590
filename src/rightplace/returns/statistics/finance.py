"""High needs money: the grant's high needs block, and what was planned and spent on each line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl

from rightplace.area.record import Source
from rightplace.area.tables import BY_NAME
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.folder import Published
from rightplace.returns.statistics.lineage import source_of
from rightplace.returns.statistics.reorganised import changes
from rightplace.returns.statistics.shape import Clock

SCHEMA: Final = {"la_code": pl.String(), **BY_NAME["budget"].schema}
PENCE: Final = 100
BLOCK: Final = "High needs block of the dedicated schools grant, before deductions"
SPENDING_YEAR: Final = 2021
OUTTURN_PUBLISHED: Final = 2
"""An outturn is published in the December of the calendar year after its financial year starts: known two Januaries after."""

_PHASES: Final[Mapping[str, str]] = {
    "Early Years": "early years",
    "Primary": "primary",
    "Secondary": "secondary",
    "Special schools and academies": "special schools",
    "PRUs and AP academies": "alternative provision",
    "Post School": "post-school",
}
_SPLIT: Final = (
    ("Place funding", "", "Place funding"),
    (
        "Top up funding (maintained schools, academies, free schools and colleges)",
        " (1)",
        "Top-up funding, state settings",
    ),
    (
        "Top up funding (non-maintained and independent schools and colleges)",
        " (2)",
        "Top-up funding, non-maintained and independent settings",
    ),
)
_WHOLE: Final[Mapping[str, str]] = {
    "SEN support and inclusion services": "SEN support and inclusion services",
    "Alternative provision services": "Alternative provision services",
    "Hospital education services": "Hospital education services",
    "Therapies and other health related services": "Therapies and other health related services",
}
_BUDGET: Final = "S251 budget 2021-22: "
_OUTTURN: Final = "S251 outturn 2021-22: "


def read_budget(
    allocations: Sequence[Published],
    spending: Sequence[Published],
    in_force: Collection[str],
    *,
    until: int | None = None,
) -> tuple[pl.DataFrame, tuple[Source, ...]]:
    """Budget lines of every authority: ``la_code`` and the columns of the area's budget table.

    Income is the high needs block allocated for each year. Spending lines do not overlap: the phases of each kind
    of funding, and a line for what the published total of that kind has that the phases do not (income, as a
    negative, and recoupment). Authorities since reorganised are shared out by their successors' first allocations.
    ``until`` is the last January used: later financial years, and outturns not yet published then, are left out.
    """
    frames = [pl.DataFrame(schema=SCHEMA)]
    sources = []
    for table in allocations:
        rows = _allocated(table.frame)
        frames.append(_shared(_known_by(rows, until), in_force))
        sources.append(
            source_of(
                table,
                edition=str(rows["financial_year"].max() or ""),
                kept=rows.height,
                refused=_lost(table, rows.height),
            )
        )
    for table in spending:
        rows = _spent(table.frame)
        authorities = rows["la_code"].n_unique()
        frames.append(rows.filter(pl.col("la_code").is_in(list(in_force))))
        sources.append(
            source_of(table, edition=str(SPENDING_YEAR), kept=authorities, refused=_lost(table, authorities))
        )
    together = pl.concat(frames).unique(["la_code", "financial_year", "line"], keep="last", maintain_order=True)
    return _known_by(together, until), tuple(sources)


def _lost(table: Published, kept: int) -> dict[str, int]:
    return {"England, or a place that is no authority": table.frame.height - kept}


def _known_by(budget: pl.DataFrame, until: int | None) -> pl.DataFrame:
    if until is None:
        return budget
    late = pl.col("financial_year") > until - OUTTURN_PUBLISHED
    return budget.filter(pl.col("financial_year") < until).with_columns(
        pl.when(~late).then("outturn_pence").alias("outturn_pence")
    )


def _allocated(frame: pl.DataFrame) -> pl.DataFrame:
    years = frame.with_columns(cells.text(frame["financial_year"]))
    rows = years.select(
        cells.la_code(frame, code="la_code").alias("la_code"),
        cells.year("financial_year", Clock.FINANCIAL_YEAR).alias("financial_year"),
        pl.lit(BLOCK).alias("line"),
        pl.lit(value=True).alias("income"),
        _pence(cells.number(frame["High needs block (£s)"])).alias("budget_pence"),
        pl.lit(None, pl.Int64).alias("outturn_pence"),
    )
    return rows.filter(pl.col("la_code").is_not_null(), pl.col("financial_year").is_not_null()).select(list(SCHEMA))


def _spent(frame: pl.DataFrame) -> pl.DataFrame:
    lines = {
        line: (_amount(frame, _BUDGET, parts), _amount(frame, _OUTTURN, parts)) for line, parts in _lines().items()
    }
    code = cells.la_code(frame, code="LA code").alias("la_code")
    rows = pl.concat(
        [
            frame.select(
                code,
                pl.lit(SPENDING_YEAR, pl.Int16).alias("financial_year"),
                pl.lit(line).alias("line"),
                pl.lit(value=False).alias("income"),
                _pence(budget).alias("budget_pence"),
                _pence(outturn).alias("outturn_pence"),
            )
            for line, (budget, outturn) in lines.items()
        ]
    )
    return rows.filter(pl.col("la_code").is_not_null())


def _lines() -> dict[str, dict[str, int]]:
    """Each spending line, as published columns (without their prefix) added (1) or taken away (-1)."""
    lines: dict[str, dict[str, int]] = {}
    for total, suffix, name in _SPLIT:
        phases = {f"{phase}{suffix}": 1 for phase in _PHASES}
        lines |= {f"{name}: {label}": {f"{phase}{suffix}": 1} for phase, label in _PHASES.items()}
        lines[f"{name}: income, recoupment and the unallocated"] = {total: 1, **dict.fromkeys(phases, -1)}
    return lines | {name: {column: 1} for column, name in _WHOLE.items()}


def _amount(frame: pl.DataFrame, prefix: str, parts: Mapping[str, int]) -> pl.Expr:
    held = [
        cells.number(frame[prefix + column]) * sign
        for column, sign in parts.items()
        if prefix + column in frame.columns
    ]
    return pl.sum_horizontal(held, ignore_nulls=False) if held else pl.lit(None, pl.Float64)


def _pence(pounds: pl.Expr) -> pl.Expr:
    return (pounds * PENCE).round(0).cast(pl.Int64, strict=False)


def _shared(rows: pl.DataFrame, in_force: Collection[str]) -> pl.DataFrame:
    """Allocations of authorities in force; those of ended ones shared as their successors' first year was."""
    parts = [rows.filter(pl.col("la_code").is_in([*in_force, ENGLAND]))]
    for change in changes(in_force):
        new = rows.filter(pl.col("la_code").is_in(change.began))
        first = new.filter(pl.col("la_code").n_unique().over("financial_year") == len(change.began))[
            "financial_year"
        ].min()
        if first is None:
            continue
        share = new.filter(pl.col("financial_year") == first).select(
            "la_code", (pl.col("budget_pence") / pl.col("budget_pence").sum()).alias("share")
        )
        old = rows.filter(pl.col("la_code").is_in(change.ended) & (pl.col("financial_year") < first))
        whole = old.group_by("financial_year", "line", "income", maintain_order=True).agg(
            pl.col("budget_pence", "outturn_pence").sum()
        )
        shared = whole.join(share, how="cross").with_columns(
            (pl.col("budget_pence") * pl.col("share")).round(0).cast(pl.Int64),
            pl.lit(None, pl.Int64).alias("outturn_pence"),
        )
        parts.append(shared.select(list(SCHEMA)))
    return pl.concat(parts)
