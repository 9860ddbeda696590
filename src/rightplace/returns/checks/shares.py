"""Failures of rules about the return as a whole."""

from __future__ import annotations

from datetime import date

import polars as pl

from rightplace import parameters


def limit(name: str, on: date) -> float:
    """The limit of a check on a census day; ``name`` is a parameter of sen2_checks.yaml, without its ``sen2_``."""
    return float(parameters.load(f"sen2_{name}").at(on).value or 0)


def failing(*values: str) -> pl.DataFrame:
    """A failure for each value; none when there is no value."""
    return pl.DataFrame({"value": list(values)}, schema={"value": pl.String})


def share_over(*, part: int, whole: int, at_least: int, share: float) -> pl.DataFrame:
    """A failure when more than ``share`` of ``whole`` things are ``part``, and there are ``at_least`` things."""
    if whole < max(at_least, 1) or part / whole <= share:
        return failing()
    return failing(f"{part:,} of {whole:,} ({100 * part / whole:.0f} %)")


def differs(*, now: int, before: int, at_least: int, share: float) -> pl.DataFrame:
    """A failure when a count differs from last year's by more than ``share`` of last year's."""
    if max(now, before) < at_least or abs(now - before) <= share * before:
        return failing()
    change = f"{100 * (now - before) / before:+.0f} %" if before else "none before"
    return failing(f"{now:,} now and {before:,} a year ago ({change})")
