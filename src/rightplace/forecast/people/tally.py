"""Counted changes as arrays: who could have left, moved, changed need or joined, and who did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.space import GROUPS, Space
from rightplace.forecast.people.transitions import Transitions
from rightplace.vocabulary.year_group import FIRST, LAST, YEAR_GROUPS, phase

Reals = NDArray[np.float64]

RECENCY: Final = 0.85
"""Weight of a year's evidence against that of the year after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Weighted counts, later years counting more. Y year groups, N needs, K kinds, T pairs of Januaries.

    ``people``, ``left`` (Y, N, K); ``stayed`` (Y, N, K) and ``moved`` (Y, N, K, to K);
    ``needs`` (N, to N) of those who stayed; ``joined`` (Y, N, K). Not weighted: ``joiners`` (T, Y),
    ``leavers`` (T,), ``at_risk`` (T, Y, N, K), ``movers`` (T, Y, K) by the kind they left, ``told`` (T, 2, K) plans of
    both Januaries of a pair by kind, as the pair has them, ``stock`` (Y, N, K) over all Januaries.
    The last year group ages out, so it is in none of the counts of leaving.
    """

    years: tuple[int, ...]
    people: Reals
    left: Reals
    stayed: Reals
    moved: Reals
    needs: Reals
    joined: Reals
    joiners: Reals
    leavers: Reals
    at_risk: Reals
    movers: Reals
    told: Reals
    stock: Reals


def of(transitions: Transitions, space: Space) -> Tally:
    """Counts of all pairs of Januaries."""
    years = transitions.years
    groups, needs, kinds = space.shape
    rows = _coded(transitions.changes, space, years)
    before = rows.filter(pl.col("y").is_not_null() & (pl.col("y") < LAST - FIRST))
    gone = before.filter(pl.col("to_k").is_null())
    stayed = before.filter(pl.col("to_k").is_not_null())
    movers = stayed.filter(pl.col("to_k") != pl.col("k"))
    joiners = rows.filter(pl.col("y").is_null())
    cell = (groups, needs, kinds)
    weights = RECENCY ** (len(years) - 1.0 - np.arange(len(years)))
    at_risk = _count(before, ("t", "y", "n", "k"), (len(years), *cell))
    left = _count(gone, ("t", "y", "n", "k"), (len(years), *cell))
    joined = _count(joiners, ("t", "to_y", "to_n", "to_k"), (len(years), *cell))
    moved = _count(movers, ("t", "y", "n", "k", "to_k"), (len(years), *cell, kinds))
    stock = _coded(transitions.stock, space, sorted(transitions.stock["year"].unique().to_list()))
    return Tally(
        years=tuple(years),
        people=np.tensordot(weights, at_risk, 1),
        left=np.tensordot(weights, left, 1),
        stayed=np.tensordot(weights, at_risk - left, 1),
        moved=np.tensordot(weights, moved, 1),
        needs=np.tensordot(weights, _count(stayed, ("t", "n", "to_n"), (len(years), needs, needs)), 1),
        joined=np.tensordot(weights, joined, 1),
        joiners=joined.sum(axis=(2, 3)),
        leavers=left.sum(axis=(1, 2, 3)),
        at_risk=at_risk,
        movers=moved.sum(axis=(2, 4)),
        told=np.stack([_count(_here(rows, column), ("t", column), (len(years), kinds)) for column in ("k", "to_k")], 1),
        stock=_count(stock, ("y", "n", "k"), cell),
    )


def stock(transitions: Transitions, space: Space) -> NDArray[np.int32]:
    """Plans in place at the last January, (Y, N, K)."""
    year = transitions.seed_year
    rows = _coded(transitions.stock.filter(pl.col("year") == year), space, [year])
    return _count(rows, ("y", "n", "k"), space.shape).round().astype(np.int32)


def _coded(frame: pl.DataFrame, space: Space, years: Sequence[int]) -> pl.DataFrame:
    need = {name: place for place, name in enumerate(space.needs)}
    kind = {name: place for place, name in enumerate(space.kinds)}
    codes = {"need": ("n", need), "kind": ("k", kind), "to_need": ("to_n", need), "to_kind": ("to_k", kind)}
    places = [
        pl.col(column).replace_strict(list(code), list(code.values()), default=None, return_dtype=pl.Int64).alias(name)
        for column, (name, code) in codes.items()
        if column in frame.columns
    ]
    groups = [
        (pl.col(column).cast(pl.Int64) - FIRST).alias(name)
        for column, name in (("year_group", "y"), ("to_year_group", "to_y"))
        if column in frame.columns
    ]
    order = pl.col("year").cast(pl.Int64).replace_strict(list(years), list(range(len(years)))).alias("t")
    return frame.select(order, *groups, *places, "people")


def _count(rows: pl.DataFrame, columns: tuple[str, ...], shape: tuple[int, ...]) -> Reals:
    out = np.zeros(shape)
    np.add.at(out, tuple(rows[column].to_numpy() for column in columns), rows["people"].to_numpy())
    return out


def _here(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.filter(pl.col(column).is_not_null())


def near(counts: Reals, reach: int = 3, classes: NDArray[np.int64] | None = None) -> Reals:
    """Counts of the neighbouring year groups (first axis), halved for each year group away; not its own.

    Where ``classes`` (Y,) are given, a year group has only neighbours of its own class.
    """
    out = np.zeros_like(counts)
    same = np.zeros(len(counts), dtype=np.int64) if classes is None else classes
    for distance in range(1, min(reach, GROUPS - 1) + 1):
        weight = 0.5**distance * (same[distance:] == same[:-distance]).reshape(-1, *[1] * (counts.ndim - 1))
        out[distance:] += weight * counts[:-distance]
        out[:-distance] += weight * counts[distance:]
    return out


def transfers() -> NDArray[np.int64]:
    """1 for the year groups before a change of phase (Y,), 0 for all others: moves at transfer are not like moves within a phase."""
    phases = [str(phase(group)) for group in YEAR_GROUPS]
    return np.array([int(after != before) for before, after in zip(phases, [*phases[1:], phases[-1]], strict=True)])
