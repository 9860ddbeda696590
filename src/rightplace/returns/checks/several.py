"""Several returns of one authority checked together, each with the one of the January before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rightplace.progress import Progress, silent
from rightplace.returns.checks.findings import SEVERITIES, Findings
from rightplace.returns.checks.rules import RULES
from rightplace.returns.checks.run import check
from rightplace.returns.checks.selection import OTHER_EDITION
from rightplace.returns.sen2.faults import FILE_RULES
from rightplace.returns.sen2.record import Sen2Return

_WORDS = {"error": "error", "query": "query", "advice": "piece of advice"}
_MANY = {"error": "errors", "query": "queries", "advice": "pieces of advice"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of each return, in the order of their years."""

    each: tuple[Findings, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """All findings in one frame, as :attr:`Findings.frame`, ``location`` beginning with the file's name."""
        return pl.concat(
            [
                one.frame.with_columns(
                    location=pl.concat_str(pl.lit(f"{one.source}: "), pl.col("location").fill_null(""))
                )
                for one in self.each
            ]
        )

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended in any of them."""
        return any(one.has_errors for one in self.each)

    def by_rule(self) -> pl.DataFrame:
        """``file``, ``severity``, ``rule``, ``findings`` and ``title`` (of the rule), errors first."""
        titles = {**{rule.id: rule.title for rule in FILE_RULES.values()}, **{rule.id: rule.title for rule in RULES}}
        counted = pl.concat([one.by_rule.with_columns(file=pl.lit(one.source)) for one in self.each])
        title = pl.col("rule").replace_strict(
            titles, default="The file could not be read as it should", return_dtype=pl.String
        )
        return counted.select("file", "severity", "rule", "findings", title.alias("title"))

    def sentences(self) -> list[str]:
        """What was found in each file, and which rules were not run, for a person to read."""
        lines = []
        for one in self.each:
            counts = one.by_severity
            told = ", ".join(
                f"{counts[name]:,} {_WORDS[name] if counts[name] == 1 else _MANY[name]}" for name in SEVERITIES
            )
            lines.append(f"{one.source} ({one.edition}): {one.people:,} people checked; {told}.")
            missing = [rule for rule in one.not_run if rule.reason != OTHER_EDITION]
            lines += [
                f"  Not run: {', '.join(rule.rule for rule in missing if rule.reason == reason)}. {reason}"
                for reason in dict.fromkeys(rule.reason for rule in missing)
            ]
        return lines


def check_several(
    returns: Sequence[Sen2Return],
    *,
    settings: pl.DataFrame | None = None,
    population: pl.DataFrame | None = None,
    progress: Progress = silent,
) -> Checked:
    """Check each return, giving it the return of the January before when that is among them.

    ``settings`` and ``population`` are tables of the area record, for the rules that need them.
    """
    by_year = {one.edition: one for one in returns}
    ordered = sorted(returns, key=lambda one: one.edition)
    return Checked(
        tuple(
            check(
                one,
                settings=settings,
                previous=by_year.get(one.edition - 1),
                population=population,
                progress=progress,
            )
            for one in ordered
        )
    )
