"""What a report is built from besides the area: the shape of a forecast and of findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, Self

import polars as pl

from rightplace.errors import UserError

_SEVERITIES: Final = ("error", "query", "advice")
_MAKE: Final = "Make one with 'rightplace check FILE --csv OUT'."


class Forecast(Protocol):
    """What the report reads of a forecast; :class:`rightplace.forecast.result.Forecast` has it."""

    @property
    def summary(self) -> pl.DataFrame:
        """``year``, ``dimension``, ``value``, ``mean``, ``p10``, ``p50``, ``p90``; the first year is the last counted one."""

    @property
    def flows(self) -> pl.DataFrame:
        """``year``, ``flow``, ``dimension``, ``value``, ``mean``, ``p10``, ``p50``, ``p90``."""

    @property
    def per_1000(self) -> pl.DataFrame:
        """Plans per 1,000 residents in the columns of ``summary``, Januaries ahead only; no rows where residents are not known."""

    @property
    def ages(self) -> pl.DataFrame:
        """``year``, ``mean``, ``p10``, ``p50``, ``p90`` and the ages that a tenth, a quarter, half ... are not above; may have no rows."""

    @property
    def history(self) -> pl.DataFrame:
        """``year``, ``dimension``, ``value``, ``people``: what was counted."""

    @property
    def method(self) -> str:
        """How the numbers were made, in plain words; paragraphs are parted by an empty line."""

    @property
    def assumptions(self) -> pl.DataFrame:
        """``name``, ``value``, ``low``, ``high``, ``unit``, ``source``, ``owner``."""


class Findings(Protocol):
    """What the report reads of findings; :class:`rightplace.returns.checks.findings.Findings` has it."""

    @property
    def frame(self) -> pl.DataFrame:
        """``rule``, ``severity``, ``person``, ``location``, ``message``, ``action`` ...: one row for each failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsSummary:
    """Findings counted by rule, with no word about a person.

    ``frame`` has the columns ``severity``, ``rule`` and ``findings``, worst first.
    """

    frame: pl.DataFrame

    @classmethod
    def of(cls, findings: Findings) -> Self:
        """The findings of a check, counted."""
        order = pl.Enum(_SEVERITIES)
        counted = findings.frame.group_by("severity", "rule").agg(pl.len().cast(pl.Int64).alias("findings"))
        ranked = counted.sort(pl.col("severity").cast(order), -pl.col("findings"), "rule")
        return cls(frame=ranked)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The findings in a CSV that ``rightplace check --csv`` wrote, counted.

        Raises ``UserError`` where the file is not one.
        """
        if not path.is_file():
            raise UserError("There is no such file of findings.", where=str(path), action=_MAKE)
        try:
            frame = pl.read_csv(path, infer_schema=False, columns=["rule", "severity"])
        except (OSError, pl.exceptions.PolarsError):
            frame = pl.DataFrame({"rule": [None], "severity": [None]})
        if not frame["severity"].is_in(_SEVERITIES).all() or frame["severity"].has_nulls():
            raise UserError(
                "This is not a list of findings.",
                where=str(path),
                action=_MAKE,
            )
        return cls.of(_Listed(frame))


@dataclass(frozen=True, slots=True)
class _Listed:
    frame: pl.DataFrame
