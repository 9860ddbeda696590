"""The settings that a folder of published files knows of, from all its registers together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rightplace.area.record import Source
from rightplace.area.tables import BY_NAME
from rightplace.returns.gias.links import links_of
from rightplace.returns.gias.reader import settings_of
from rightplace.returns.gias.register import Register
from rightplace.returns.gias.registers import LINKS, REGISTERS
from rightplace.returns.statistics.folder import Found

SCHEMA: Final = BY_NAME["settings"].schema
SHAPES: Final = (*(register.shape for register in REGISTERS), LINKS)
"""The shapes of every register and of the links between them."""


def published_settings(found: Found, *, until: int | None = None) -> tuple[pl.DataFrame, tuple[Source, ...]]:
    """One row for each setting of any register found, and the lineage of each register.

    A setting that GIAS's links say was succeeded is listed under the URN in use now. Where several registers know a
    setting, each fact is that of the first that has it, in the order of ``REGISTERS``. Settings with no authority are left
    out. ``until`` is the last January used: registers of a later year, and links, are not.
    """
    current, sources = _links(found, until)
    frames = [pl.DataFrame(schema=SCHEMA)]
    for register in REGISTERS:
        for table in found.of(register.shape.kind):
            if until is not None and not 0 < _year(register, table.file) <= until:
                continue
            settings, source = settings_of(table, register)
            frames.append(_renumbered(settings, current))
            sources.append(source)
    return _merged(frames), tuple(sources)


def _year(register: Register, file: str) -> int:
    digits = "".join(filter(str.isdigit, file))
    return register.year or (int(digits[-8:-4]) if len(digits) >= 8 else 0)


def _links(found: Found, until: int | None) -> tuple[pl.DataFrame, list[Source]]:
    read = [links_of(table) for table in found.of(LINKS.kind)] if until is None else []
    empty = pl.DataFrame(schema={"urn": pl.String, "current_urn": pl.String})
    return pl.concat([empty, *(links.frame for links in read)]).unique("urn", keep="last"), [
        links.source for links in read
    ]


def _renumbered(settings: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """Settings under the URN in use now. One that has been succeeded has not closed: its successor has the place."""
    joined = settings.join(current, on="urn", how="left", maintain_order="left")
    moved = pl.col("current_urn").is_not_null()
    return joined.with_columns(
        pl.coalesce("current_urn", "urn").alias("urn"),
        pl.coalesce("current_urn", "setting_id").alias("setting_id"),
        pl.when(~moved).then("close_date").alias("close_date"),
        pl.when(~moved).then("gias_type").alias("gias_type"),
    ).select(list(SCHEMA))


def _merged(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One row for each setting: the first that is known of each fact."""
    rows = pl.concat(frames)
    facts = [name for name in SCHEMA if name not in ("setting_id", "needs")]
    merged = rows.group_by("setting_id", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in facts),
        pl.col("needs").filter(pl.col("needs").list.len() > 0).first().fill_null([]).alias("needs"),
    )
    return merged.filter(pl.col("la_code").is_not_null() & pl.col("setting_kind").is_not_null()).select(
        pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()
    )
