"""What is known of how a setting's pupils do: only figures that are compared fairly and come with their range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rightplace.places.choose.choice import Outcome

_SHOWN: Final = ("measure", "academic_year", "value", "low", "high", "source")


def outcomes(table: pl.DataFrame, setting_ids: Sequence[str]) -> dict[str, tuple[Outcome, ...]]:
    """Outcomes of some settings, the latest year of each measure. A figure with no range is left out: see
    :func:`without_range`."""
    out: dict[str, tuple[Outcome, ...]] = {}
    if table.is_empty():
        return out
    latest = (
        table.filter(pl.col("setting_id").is_in(setting_ids), *_ranged())
        .sort("setting_id", "measure", "academic_year")
        .group_by("setting_id", "measure", maintain_order=True)
        .last()
    )
    for row in latest.select("setting_id", *_SHOWN).to_dicts():
        setting = row.pop("setting_id")
        out[setting] = (*out.get(setting, ()), Outcome(**row))
    return out


def without_range(table: pl.DataFrame, setting_ids: Sequence[str]) -> int:
    """How many figures of some settings are left out because their uncertainty is not given."""
    of_them = table.filter(pl.col("setting_id").is_in(setting_ids))
    return of_them.height - of_them.filter(*_ranged()).height


def _ranged() -> list[pl.Expr]:
    return [pl.col(column).is_not_null() & pl.col(column).is_not_nan() for column in ("value", "low", "high")]
