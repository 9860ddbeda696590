"""One published file of EHC-plan statistics: its yearly counts, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.area.record import Refusal, Source
from rightplace.returns.statistics import cells, labels
from rightplace.returns.statistics.folder import Published
from rightplace.returns.statistics.known import NOTE, mend
from rightplace.returns.statistics.series import chosen, counts, row_label
from rightplace.returns.statistics.shape import Clock, Level, Series, Shape

SCHEMA: Final[dict[str, pl.DataType]] = {
    "la_code": pl.String(),
    "year": pl.Int16(),
    "measure": pl.String(),
    "dimension": pl.String(),
    "value": pl.String(),
    "people": pl.Float64(),
    "source": pl.String(),
    "generation": pl.Int16(),
    "edition": pl.Int16(),
    "rank": pl.Int16(),
}
"""A frame of counts: the columns of the area's history, whose they are, and what decides between two publications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The yearly counts of one file (columns ``SCHEMA``), its lineage, and what was mended in it for whom.

    ``mended`` has ``file``, ``la_code``, ``note`` and ``rows``.
    """

    frame: pl.DataFrame
    source: Source
    mended: pl.DataFrame


def read_counts(table: Published) -> Counts:
    """Every series of a published file, of every authority, region left out, and of England."""
    shape = table.shape
    placed, refused = _placed(table)
    rows = mend(placed, shape.kind, _numbers(table))
    edition = _edition(rows, shape)
    series = [one for one in shape.series if _has(rows, one)]
    read = [counts(rows, one, shape).with_columns(pl.lit(rank).alias("rank")) for rank, one in enumerate(series)]
    where = pl.concat_str(pl.lit(f"DfE EHC plans: {shape.kind}"), NOTE, separator="; ", ignore_nulls=True)
    frame = pl.concat([pl.DataFrame(schema=SCHEMA), *(_finished(one, where, shape, edition) for one in read)])
    unused = _unused(rows, series)
    return Counts(
        frame=frame,
        source=Source(
            file=table.file,
            kind=shape.kind,
            edition=str(edition) if edition else "",
            sha256=table.sha256,
            rows_in=table.frame.height,
            rows_kept=rows.height - sum(refusal.rows for refusal in unused),
            refused=(*refused, *unused),
            noted=(*_noted(table), *_nothing(rows, series)),
        ),
        mended=_mended(table, rows),
    )


def _finished(frame: pl.DataFrame, where: pl.Expr, shape: Shape, edition: int) -> pl.DataFrame:
    """Counts with their source, but for years with no number for England or anywhere in it: they were not collected."""
    counted = pl.col("people").is_not_null().any().over("year")
    national = (pl.col("la_code") == cells.ENGLAND).any().over("year")
    return (
        frame.filter(counted | ~national)
        .with_columns(
            where.alias("source"), pl.lit(shape.generation).alias("generation"), pl.lit(edition).alias("edition")
        )
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    )


def _numbers(table: Published) -> list[str]:
    """The columns that hold counts, of those the file has."""
    wanted = {c for series in table.shape.series for columns in series.cells.values() for c in columns}
    wanted |= {series.adds_up_to for series in table.shape.series}
    wanted |= {column for gap in table.shape.unpublished for column in (gap.group, *gap.parts)}
    return [column for column in table.frame.columns if column in wanted]


def _placed(table: Published) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """Rows with an authority (or England) and a year, and how many had neither."""
    shape, frame = table.shape, table.frame
    period = cells.text(frame["time_period"])
    rows = frame.with_columns(period.alias("time_period")).select(
        cells.place(frame).alias("la_code"),
        cells.year("time_period", shape.clock).alias("year"),
        cells.level("geographic_level").alias("level"),
        _lower(frame, shape.label_column).alias("label"),
        _lower(frame, shape.topic_column).alias("topic"),
        *(cells.number(frame[column]) for column in _numbers(table)),
    )
    used = pl.col("level").is_in([Level.NATIONAL.value, Level.AUTHORITY.value]).fill_null(value=False)
    reasons = (
        ("a row about a region, which is not used", ~used),
        ("an authority whose code is not known", used & pl.col("la_code").is_null()),
        ("a time period that is not a year", used & pl.col("la_code").is_not_null() & pl.col("year").is_null()),
    )
    refused = tuple(
        Refusal(reason=reason, rows=n) for reason, wrong in reasons if (n := rows.select(wrong.sum()).item())
    )
    return rows.filter(used & pl.col("la_code").is_not_null() & pl.col("year").is_not_null()), refused


def _lower(frame: pl.DataFrame, column: str) -> pl.Expr:
    return cells.text(frame[column]).str.to_lowercase() if column else pl.lit("")


def _has(rows: pl.DataFrame, series: Series) -> bool:
    present = any(column in rows.columns for columns in series.cells.values() for column in columns)
    return present and (not series.adds_up_to or series.adds_up_to in rows.columns)


def _edition(rows: pl.DataFrame, shape: Shape) -> int:
    """The year of publication: that of the last January, or the year after the last flow. 0 where there are no rows."""
    last = rows["year"].max()
    return 0 if last is None else int(str(last)) + (shape.clock == Clock.CALENDAR_YEAR)


def _unused(rows: pl.DataFrame, series: list[Series]) -> tuple[Refusal, ...]:
    """Rows that no series reads, by the reason."""
    reads = [chosen(one) & row_label(one).is_not_null() for one in series] or [pl.lit(value=False)]
    marked = rows.select(
        "label",
        pl.any_horizontal(reads).alias("read"),
        pl.any_horizontal([chosen(one) for one in series] or [pl.lit(value=False)]).alias("chosen"),
    ).filter(~pl.col("read"))
    known = [label for label in marked["label"].drop_nulls().unique() if labels.is_total(label)]
    total = pl.col("label").is_in(known)
    reasons = (
        ("a breakdown that is not used, such as sex or ethnicity", ~pl.col("chosen")),
        ("a total or subtotal, whose people are in other rows", pl.col("chosen") & total),
        (f"a label that is not known: {_examples(marked)}", pl.col("chosen") & ~total),
    )
    return tuple(
        Refusal(reason=reason, rows=n) for reason, which in reasons if (n := marked.select(which.sum()).item())
    )


def _examples(marked: pl.DataFrame) -> str:
    unknown = [v for v in marked.filter("chosen")["label"].drop_nulls().unique().sort() if not labels.is_total(v)]
    return ", ".join(repr(label) for label in unknown[:3])


def _nothing(rows: pl.DataFrame, series: list[Series]) -> list[Refusal]:
    """Series that found no rows, though there are some: a topic may have been renamed."""
    if rows.is_empty():
        return []
    topics = ", ".join(repr(topic) for topic in rows["topic"].drop_nulls().unique().sort())
    without = {
        f"no {one.measure} by {one.dimension}: none of its topics ({topics}) is the one they are under"
        for one in series
        if one.topics and not rows.select(chosen(one).any()).item()
    }
    return [Refusal(reason=reason, rows=0) for reason in sorted(without)]


def _noted(table: Published) -> list[Refusal]:
    odd = sum(cells.not_numbers(table.frame[column]) for column in _numbers(table))
    reason = "text that is neither a number nor a symbol, taken as not known"
    return [Refusal(reason=reason, rows=odd)] if odd else []


def _mended(table: Published, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows put right or made missing, by authority and reason."""
    touched = rows.filter(pl.col(NOTE).is_not_null())
    counted = touched.group_by("la_code", NOTE, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("rows"))
    return counted.select(pl.lit(table.file).alias("file"), "la_code", NOTE, "rows")
