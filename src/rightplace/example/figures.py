"""The published figures an example is made from: tables and single rates, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO
from typing import Final

import numpy as np
import polars as pl

from rightplace.example.kinds import AGES, FIRST_AGE, KINDS, LAST_AGE, NEEDS, Floats
from rightplace.vocabulary import data_file

_FOLDER: Final = files("rightplace.example").joinpath("figures")
_JOINED: Final[dict[str, tuple[str, ...]]] = {
    "mainstream": ("mainstream", "mainstream_independent"),
    "further_education": ("further_education", "other_provider"),
    "otherwise_than_at_school": ("arranged_by_authority", "arranged_by_family"),
}
"""Kinds of setting that the tables hold in two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One table of published figures. ``status`` is published, or derived (worked out from published figures)."""

    name: str
    title: str
    source: str
    link: str
    licence: str
    status: str
    notes: tuple[str, ...]
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One number. ``status`` is published, derived, or assumed where no figure is published."""

    name: str
    value: float
    unit: str
    source: str
    status: str


@cache
def table(name: str) -> Figures:
    """A table by name. Raises ``FileNotFoundError`` for a name there is no table of."""
    text = _FOLDER.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    head: dict[str, str] = {}
    notes: list[str] = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(": ")
        if key == "note":
            notes.append(value)
        else:
            head[key] = value
    frame = pl.read_csv(StringIO(text), comment_prefix="#", infer_schema_length=None)
    return Figures(name=name, notes=tuple(notes), frame=frame, **head)


def tables() -> list[Figures]:
    """Every table, in the order of their names."""
    return [table(entry.name.removesuffix(".csv")) for entry in sorted(_entries(), key=lambda entry: entry.name)]


@lru_cache(maxsize=1)
def rates() -> dict[str, Rate]:
    """Every single rate by name, in the order of the file."""
    facts = data_file.parse(_FOLDER.joinpath("rates.yaml").read_text(encoding="utf-8"))
    return {
        row["name"]: Rate(
            name=row["name"],
            value=float(row["value"]),
            unit=row["unit"],
            source=facts["sources"][row["source"]],
            status=row["status"],
        )
        for row in facts["rates"]
    }


def rate(name: str) -> float:
    """The value of a single rate. Raises ``KeyError`` for a name there is no rate of."""
    return rates()[name].value


def by_age(name: str, columns: Sequence[str]) -> Floats:
    """Columns of a table with an ``age`` column, as shape (ages, columns); zero at ages the table lacks.

    Rows outside the ages of a life are left out.
    """
    frame = table(name).frame.filter(pl.col("age").is_between(FIRST_AGE, LAST_AGE))
    out = np.zeros((len(AGES), len(columns)))
    out[frame["age"].to_numpy() - FIRST_AGE] = frame.select(columns).cast(pl.Float64).to_numpy()
    return out


def kinds_by_age(name: str) -> Floats:
    """A table of ages against settings as shape (ages, kinds), settings that are not recorded left out."""
    parts = [by_age(name, _JOINED.get(kind, (kind,))).sum(axis=1) for kind in KINDS]
    return np.stack(parts, axis=1)


def by_kind(name: str, columns: Sequence[str]) -> Floats:
    """Columns of a table with a ``setting`` column, as shape (kinds, columns)."""
    frame = table(name).frame
    rows = [
        frame.filter(pl.col("setting").is_in(_JOINED.get(kind, (kind,)))).select(columns).cast(pl.Float64).sum()
        for kind in KINDS
    ]
    return pl.concat(rows).to_numpy()


def need_columns() -> list[str]:
    """Column names of needs, in the order of :data:`~rightplace.example.kinds.NEEDS`."""
    return [str(need) for need in NEEDS]


def _entries() -> list[Traversable]:
    return [entry for entry in _FOLDER.iterdir() if entry.name.endswith(".csv")]
