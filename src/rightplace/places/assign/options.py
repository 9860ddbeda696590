"""The candidates of those who need a place, as arrays: what each would mean in preference, journey and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.places.assign.problem import Index, Whole

Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEEDED: Final = ("child", "base", "km", "minutes", "cost_gbp", "preference", "stays")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Options:
    """One entry a candidate, by child. ``start`` int64[children + 1] divides them among the children.

    ``points`` are ranks below the first choice (for a base not asked for, as many as the family asked for); ``apart`` is
    1 where a brother or sister is at another candidate; ``km``, ``minutes`` and ``gbp`` have the child's largest known
    amount where one is not known, so that not knowing never wins.
    """

    start: Whole
    child: Index
    base: Index
    preference: npt.NDArray[np.int16]
    points: Whole
    apart: Whole
    km: Real
    minutes: Real
    gbp: Real
    stays: Flags


def options(children: pl.DataFrame, bases: pl.DataFrame, candidates: pl.DataFrame) -> Options:
    """Options of every child of ``children``, from candidates by child (rows of ``children`` and ``bases``)."""
    ordered = by_child(candidates)
    child = ordered["child"].cast(pl.Int32).to_numpy()
    base = ordered["base"].cast(pl.Int32).to_numpy()
    start = np.concatenate(([0], np.cumsum(np.bincount(child, minlength=children.height)))).astype(np.int64)
    rank = ordered["preference"].fill_null(0).cast(pl.Int16).to_numpy()
    asked = children["preferences"].list.len().fill_null(0).cast(pl.Int64).to_numpy()
    amounts = {name: _filled(ordered[name], start) for name in ("km", "minutes", "cost_gbp")}
    return Options(
        start=start,
        child=child,
        base=base,
        preference=rank,
        points=np.where(rank > 0, rank - 1, asked[child]).astype(np.int64),
        apart=apart(_with_siblings(children, bases, child, base), start),
        km=amounts["km"],
        minutes=amounts["minutes"],
        gbp=amounts["cost_gbp"],
        stays=ordered["stays"].fill_null(False).to_numpy(),  # noqa: FBT003
    )


def kept(of: Options, keep: Flags) -> Options:
    """The options with only some of the candidates."""
    if keep.all():
        return of
    counts = np.bincount(of.child[keep], minlength=len(of.start) - 1)
    return Options(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        **{name: getattr(of, name)[keep] for name in Options.__slots__ if name != "start"},
    )


def apart(beside: Flags, start: Whole) -> Whole:
    """1 at each candidate without a brother or sister, where another candidate of the child has one; else 0."""
    out = np.zeros(len(beside), np.int64)
    has = np.flatnonzero(np.diff(start))
    if len(has):
        could = np.zeros(len(start) - 1, bool)
        could[has] = np.logical_or.reduceat(beside, start[has])
        out = (np.repeat(could, np.diff(start)) & ~beside).astype(np.int64)
    return out


def _with_siblings(children: pl.DataFrame, bases: pl.DataFrame, child: Index, base: Index) -> Flags:
    """Whether a brother or sister will be staying at the setting of each candidate."""
    beside = np.zeros(len(child), bool)
    if "sibling_settings" not in children.columns:
        return beside
    there = (
        children.select(sibling="sibling_settings")
        .with_row_index("row")
        .explode("sibling")
        .drop_nulls()
        .join(bases.select(sibling="setting_id").with_row_index("at"), on="sibling")
    )
    if there.is_empty():
        return beside
    wanted = there["row"].to_numpy().astype(np.int64) * bases.height + there["at"].to_numpy()
    return np.isin(child.astype(np.int64) * bases.height + base, wanted)


def _filled(column: pl.Series, start: Whole) -> Real:
    amount = column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    missing = np.isnan(amount)
    if not missing.any():
        return amount
    most = np.zeros(len(start) - 1)
    has = np.flatnonzero(np.diff(start))
    most[has] = np.maximum.reduceat(np.where(missing, 0, amount), start[has])
    return np.where(missing, np.repeat(most, np.diff(start)), amount)


def by_child(candidates: pl.DataFrame) -> pl.DataFrame:
    """The candidates with those of one child together, in the order of the children."""
    child = candidates["child"].to_numpy()
    return candidates if (child[1:] >= child[:-1]).all() else candidates.sort("child", "base")
