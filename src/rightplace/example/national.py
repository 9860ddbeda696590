"""England's stock of plans carried forward a year at a time: what the example's lives come to on average."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import figures, shape
from rightplace.example.flow import flow
from rightplace.example.kinds import FIRST_AGE, Floats

OPENING: Final = 2022
"""The January of the opening stock."""
LAST: Final = 2026
"""The January of the last return."""
_FITTED: Final = 2025
_ROUNDS: Final = 25


@lru_cache(maxsize=1)
def path() -> dict[int, float]:
    """Plans in England each January from 2022, with growth after the last published year assumed to repeat its own."""
    frame = figures.table("england_by_year").frame
    published = dict(zip(frame["year"].to_list(), frame["plans_in_january"].to_list(), strict=True))
    out = {year: float(published[year]) for year in range(OPENING, _FITTED + 1)}
    growth = out[_FITTED] / out[_FITTED - 1]
    for year in range(_FITTED + 1, LAST + 3):
        out[year] = out[year - 1] * growth
    return out


def year_on(stock: Floats, after: float) -> Floats:
    """Stock of shape (ages, needs, kinds) a year later, with as many new plans as bring it to ``after``.

    Plans transferred out are taken to be matched by as many of the same ages transferred in.
    """
    rates = flow()
    kept = np.einsum("ank,ankl->anl", stock * (1 - rates.leaving[:, None, :]), rates.moving)
    out = np.zeros_like(stock)
    out[1:] = kept[:-1]
    return np.asarray(out + shape.new() * (after - out.sum()) / shape.new().sum())


@lru_cache(maxsize=1)
def opening() -> Floats:
    """Expected stock in January 2022, shape (ages, needs, kinds).

    Age bands are published for that month. Need is not, and the mix of new plans is not that of the stock (far
    fewer severe learning difficulties, far more social and emotional needs), so needs within an age are those which,
    carried forward, arrive at the published mix of January 2025.
    """
    published = shape.in_place()
    kinds = published / np.maximum(published.sum(axis=2, keepdims=True), 1e-12)
    people = _people_by_age()
    needs = published.sum(axis=2)
    needs = people[:, None] * needs / needs.sum(axis=1, keepdims=True)
    ahead = _FITTED - OPENING
    for _ in range(_ROUNDS):
        stock = needs[:, :, None] * kinds
        for year in range(OPENING + 1, _FITTED + 1):
            stock = year_on(stock, path()[year])
        missed = published.sum(axis=2) / published.sum() / np.maximum(stock.sum(axis=2) / stock.sum(), 1e-12)
        needs[:-ahead] *= np.clip(missed[ahead:], 0.5, 2.0)
        needs[-ahead:] *= np.clip(missed[-1:], 0.8, 1.25)
        needs *= people[:, None] / needs.sum(axis=1, keepdims=True)
    return np.asarray(needs[:, :, None] * kinds)


def _people_by_age() -> Floats:
    """Plans by age in January 2022: single ages of January 2024 within the published bands of 2022."""
    people = figures.by_age("stock_by_age_2024", ["plans"])[:, 0]
    for first, last, plans in figures.table("stock_by_band_2022").frame.iter_rows():
        band = slice(first - FIRST_AGE, last - FIRST_AGE + 1)
        people[band] *= plans / people[band].sum()
    return people
