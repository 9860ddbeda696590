"""What is known of an area beside its January returns: dates of plans, the way to a plan, published counts, England's pattern."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.area.tables import BY_NAME
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.published.pattern import Pattern

Reals = NDArray[np.float64]
Places = list[tuple[int, int]]


def _empty(table: str) -> pl.DataFrame:
    return BY_NAME[table].empty()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Tables of an area record, empty where nothing is known, and England's ``pattern`` where it was known by the last January."""

    census: pl.DataFrame = field(default_factory=lambda: _empty("census"))
    people: pl.DataFrame = field(default_factory=lambda: _empty("people"))
    plans: pl.DataFrame = field(default_factory=lambda: _empty("plans"))
    requests: pl.DataFrame = field(default_factory=lambda: _empty("requests"))
    assessments: pl.DataFrame = field(default_factory=lambda: _empty("assessments"))
    history: pl.DataFrame = field(default_factory=lambda: _empty("history"))
    pattern: Pattern | None = None


def of(area: Area, pattern: Pattern | None = None) -> Beside:
    """Everything an area's record holds beside its returns; England's pattern only if it is not later than the last January."""
    januaries = area.census_years()
    known = pattern if pattern is not None and januaries and pattern.year <= januaries[-1] else None
    names = ("census", "people", "plans", "requests", "assessments", "history")
    return Beside(**{name: area[name] for name in names}, pattern=known)


def pattern_on(pattern: Pattern | None, space: Space) -> Pattern | None:
    """England's pattern on the states of an area: needs and kinds that the area does not have are left out; None if nothing is left."""
    if pattern is None:
        return None
    needs = [
        (to, pattern.space.needs.index(name)) for to, name in enumerate(space.needs) if name in pattern.space.needs
    ]
    kinds = [
        (to, pattern.space.kinds.index(name)) for to, name in enumerate(space.kinds) if name in pattern.space.kinds
    ]
    if not needs or not kinds:
        return None
    return replace(
        pattern,
        space=space,
        stock=_placed(pattern.stock, needs, kinds, space),
        joiners=_placed(pattern.joiners, needs, kinds, space),
    )


def _placed(table: Reals, needs: Places, kinds: Places, space: Space) -> Reals:
    out = np.zeros(space.shape)
    for to_need, need in needs:
        for to_kind, kind in kinds:
            out[:, to_need, to_kind] = table[:, need, kind]
    return out
