"""What was found: one row for each rule a record fails, and what could not be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import replace_file

SCHEMA: Final[dict[str, pl.DataType]] = {
    "rule": pl.String(),
    "severity": pl.String(),
    "person": pl.String(),
    "location": pl.String(),
    "message": pl.String(),
    "action": pl.String(),
    "fields": pl.String(),
    "value": pl.String(),
    "table": pl.String(),
    "row": pl.UInt32(),
}
"""Columns of :attr:`Findings.frame`, in order."""

SEVERITIES: Final = ("error", "query", "advice")
"""From worst to mildest: must be mended; mend or explain; worth a look."""

_FORMULA: Final = r"^[=+\-@\t\r]"


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that was not run, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The outcome of checking one return.

    ``frame`` has one row for each failure, with the columns of :data:`SCHEMA`, in the order of the
    file and then of the rules. ``person`` is the UPN, else the ULN, else "person 12 in the file";
    "" where the finding is about no one person. ``table`` is a SEN2 table name, or "return";
    ``row`` the record's number in it, from 0, null where there is none. ``people`` were checked.
    """

    frame: pl.DataFrame
    not_run: tuple[NotRun, ...]
    edition: int
    source: str
    people: int

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended."""
        return self.by_severity["error"] > 0

    @property
    def by_severity(self) -> dict[str, int]:
        """Number of findings of each severity, worst first; 0 where there are none."""
        counts = dict(self.frame.group_by("severity").len().iter_rows())
        return {severity: counts.get(severity, 0) for severity in SEVERITIES}

    @property
    def by_rule(self) -> pl.DataFrame:
        """Findings counted: columns ``rule``, ``severity``, ``findings``; errors first, then the most frequent."""
        counts = self.frame.group_by("rule", "severity").agg(pl.len().cast(pl.Int64).alias("findings"))
        rank = pl.col("severity").replace_strict(
            {name: place for place, name in enumerate(SEVERITIES)}, return_dtype=pl.Int8
        )
        return counts.sort(rank, "findings", "rule", descending=[False, True, False])


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame of findings as CSV in UTF-8, replacing the file in one step.

    A text that a spreadsheet would take for a formula is given an apostrophe before it. Raises
    ``UserError`` where the file cannot be written.
    """
    text = pl.col(pl.String)
    safe = frame.with_columns(pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep())
    with replace_file(path) as temporary:
        safe.write_csv(temporary)
