"""Where a finding is: the person it is about, and the record's place in the file."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import WHOLE
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.record import Sen2Return

_PLACE: Final = {"table": pl.String, "row": pl.UInt32, "line": pl.UInt32, "person_row": pl.UInt32, "person": pl.String}


def problems(ret: Sen2Return) -> pl.DataFrame:
    """The faults the reader found, as findings."""
    rows = [(p.rule, p.severity, p.message, p.action, "", p.value, p.table or WHOLE, p.line) for p in ret.problems]
    texts = ("rule", "severity", "message", "action", "fields", "value", "table")
    return pl.DataFrame(rows, schema={**dict.fromkeys(texts, pl.String), "line": pl.UInt32}, orient="row")


def placed(ret: Sen2Return, frames: Frames, found: pl.DataFrame) -> pl.DataFrame:
    """Findings with ``person`` and ``location``, and every column that tells their order."""
    whole = found.with_columns(
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in _PLACE.items() if name not in found.columns
    )
    whole = whole.with_columns(pl.col("table").fill_null(WHOLE))
    records = _records(frames)
    joined = whole.join(records, on=["table", "row"], how="left", maintain_order="left").with_columns(
        pl.coalesce("line", "line_of_record").alias("line"),
        pl.coalesce("person_row", "person_of_record").alias("person_row"),
    )
    named = joined.join(_people(frames), on="person_row", how="left", maintain_order="left")
    return named.with_columns(
        pl.coalesce("person", "reference", pl.lit("")).alias("person"),
        _location(one_file=has_lines(ret)).alias("location"),
    )


def has_lines(ret: Sen2Return) -> bool:
    """Whether a line number says where a record is in the return.

    It does not where each table is a file with lines of its own, as in a Blade export, nor in XML that is all on
    one line: then the header and the first person have the same line.
    """
    header, people = ret.tables["sen2"]["line"], ret.tables["person"]["line"]
    return bool(header.len() and people.len() and header[0] != people[0])


def _location(*, one_file: bool) -> pl.Expr:
    """Words for the place: a line of the file, the row a spreadsheet shows, the record's number, or the whole return."""
    element = pl.col("table").replace_strict(
        {table.name: table.xml for table in TABLES}, default="", return_dtype=pl.String
    )
    line = pl.format("line {}", "line")
    by_line = pl.when(element != "").then(pl.format("{} ({})", line, element)).otherwise(line)
    return (
        pl.when(pl.col("line") > (0 if one_file else 1))
        .then(by_line if one_file else pl.format("{} row {}", "table", "line"))
        .when(pl.col("row").is_not_null())
        .then(pl.format("{} record {}", element, pl.col("row") + 1))
        .when(element != "")
        .then(pl.format("the {} table", "table"))
        .otherwise(pl.lit("the whole return"))
    )


def _records(frames: Frames) -> pl.DataFrame:
    """Line and person of every record, by table and row."""
    frame = [
        frames[name].select(
            pl.lit(name).alias("table"),
            "row",
            pl.col("line").alias("line_of_record"),
            (pl.col("person_row") if name != "sen2" else pl.lit(None, dtype=pl.UInt32)).alias("person_of_record"),
        )
        for name in BY_NAME
    ]
    return pl.concat(frame)


def _people(frames: Frames) -> pl.DataFrame:
    """What a person is called in findings: never by name."""
    place = pl.format("person {} in the file", pl.col("row") + 1)
    return frames["person"].select("person_row", pl.coalesce("upn", "uln", place).alias("reference"))
