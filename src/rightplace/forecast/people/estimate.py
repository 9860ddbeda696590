"""From counted changes to what a forecast draws from: every share pooled with its neighbours."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Destinations, Joining, Ladder, NeedChanges
from rightplace.forecast.people import pooling
from rightplace.forecast.people.tally import Tally, near, transfers
from rightplace.forecast.published.pattern import Pattern

Reals = NDArray[np.float64]


PRESSED: Final = 200.0
"""Evidence, in people, that plans in a kind of setting nobody of the next age attends must move."""
_DOUBT: Final = 3.0
_SHARE_OF_PEAK: Final = 0.05
_ENGLAND_EVENTS: Final = 100.0
_MOST: Final = 0.98


def unfit(stock: Reals) -> Reals:
    """How surely a kind of setting is not for a year group: (Y, K), from 0 (it may well be) to 1.

    ``stock`` (Y, N, K) is all Januaries together. A kind is not for an age where its share there is under a twentieth of its
    share at the age where it is commonest, and enough people are of that age to tell.
    """
    here = stock.sum(axis=1)
    people = here.sum(axis=1, keepdims=True)
    peak = np.max(here / np.maximum(people, 1.0) * (people >= _DOUBT), axis=0)
    out: Reals = np.maximum(0.0, 1.0 - (here + _DOUBT) / (peak * people + _DOUBT) / _SHARE_OF_PEAK)
    return out


def ladder(
    events: Reals,
    people: Reals,
    pressed: Reals | None = None,
    classes: NDArray[np.int64] | None = None,
    england: Reals | None = None,
) -> Ladder:
    """A pooled share: cell (need) within setting kind within year group, year groups near one another alike.

    ``events`` and ``people`` are (Y, N, K). ``pressed`` (Y, K), from 0 to 1, says how surely everyone of a
    kind must: it is added as evidence worth up to ``PRESSED`` people. Year groups of different ``classes`` (Y,) are not
    alike: they neither smooth one another nor share an overall rate. ``england`` (Y,) are England's shares: with them a year
    group is drawn to England's, raised or lowered as the area is, by as many people as make the area's counts likeliest.
    """
    by_kind = events.sum(axis=1), people.sum(axis=1)
    by_year = by_kind[0].sum(axis=1), by_kind[1].sum(axis=1)
    same = np.zeros(len(people), dtype=np.int64) if classes is None else classes
    overall, worth = _overall(by_year[0], by_year[1], same), 1.0
    if england is not None:
        overall, worth = _as_england(*by_year, england)
    centre = (near(by_year[0], classes=same) + worth * overall) / (near(by_year[1], classes=same) + worth)
    weight = pooling.share_weight(*by_year, centre)
    year = pooling.posterior(*by_year, centre, weight)
    year_mean = (year[0] / (year[0] + year[1]))[:, None]
    kind_weight = pooling.share_weight(*by_kind, pooling.others_share(*by_kind, 1, year_mean))
    kind_mean = pooling.pooled_share(*by_kind, year_mean, kind_weight)[:, None, :]
    cell_weight = pooling.share_weight(events, people, pooling.others_share(events, people, 1, kind_mean))
    return Ladder(
        year=np.stack(year, axis=1),
        kind_yes=by_kind[0] + (0.0 if pressed is None else PRESSED * pressed),
        kind_no=by_kind[1] - by_kind[0],
        cell_yes=events,
        cell_no=people - events,
        weights=np.array([kind_weight, cell_weight]),
    )


def _overall(events: Reals, people: Reals, classes: NDArray[np.int64]) -> Reals:
    """The share of all year groups of a year group's class (Y,)."""
    yes, all_of = np.bincount(classes, weights=events), np.bincount(classes, weights=people)
    out: Reals = ((yes + 0.5) / (all_of + 1.0))[classes]
    return out


def _as_england(events: Reals, people: Reals, england: Reals) -> tuple[Reals, float]:
    """England's shares (Y,) times the area's events over those expected (drawn to 1 by 100 events), and what they are worth in people."""
    expected = float((people * england).sum())
    factor = (events.sum() + _ENGLAND_EVENTS) / (expected + _ENGLAND_EVENTS)
    shares = np.clip(england * factor, 1e-6, _MOST)
    return shares, pooling.share_weight(events, people, shares)


def mean_share(shares: Ladder) -> tuple[Reals, Reals, Reals]:
    """Posterior means of a ladder: by year group (Y,), kind (Y, K) and cell (Y, N, K)."""
    year = shares.year[:, 0] / shares.year.sum(axis=1)
    kind = pooling.pooled_share(shares.kind_yes, shares.kind_yes + shares.kind_no, year[:, None], shares.weights[0])
    cell = pooling.pooled_share(shares.cell_yes, shares.cell_yes + shares.cell_no, kind[:, None, :], shares.weights[1])
    return year, kind, cell


def destinations(tally: Tally) -> Destinations:
    """Where movers go, pooled: cell (need) within origin kind and year group, near year groups alike, those at phase transfer apart.

    A kind is possible where anyone of about that age is in it or has moved to it, and it is not unfit for the age.
    """
    moved = tally.moved.sum(axis=1)
    kinds = moved.shape[1]
    present = tally.stock.sum(axis=1)
    fit = 1.0 - unfit(tally.stock)
    present = _shares((present + near(present) + 1e-9) * fit)
    present, fit = (np.concatenate([rows[1:], rows[-1:]]) for rows in (present, fit))
    at_transfer = transfers()
    popular = _shares(moved.sum(axis=1) + near(moved.sum(axis=1), classes=at_transfer) + present)
    centre = (near(moved, classes=at_transfer) + popular[:, None, :]) * (fit[:, None, :] + 1e-9)
    centre[:, np.arange(kinds), np.arange(kinds)] = 0.0
    centre = _shares(centre)
    weight = pooling.split_weight(moved, centre)
    by_kind = weight * centre + moved
    cell_weight = pooling.split_weight(tally.moved, _shares(by_kind)[:, None, :, :])
    return Destinations(kind=by_kind, cell=tally.moved, weight=cell_weight)


def need_changes(tally: Tally) -> NeedChanges:
    """How often recorded needs change and to what, each need pooled with all."""
    stayed = tally.needs.sum(axis=1)
    kept = np.diagonal(tally.needs)
    changed = stayed - kept
    needs = len(stayed)
    if needs < 2:
        return NeedChanges(change=np.tile([0.0, 1.0], (needs, 1)), becomes=np.zeros((needs, needs)))
    overall = np.full(needs, changed.sum() / (stayed.sum() + 1.0))
    yes, no = pooling.posterior(changed, stayed, overall, pooling.share_weight(changed, stayed, overall + 1e-6))
    to = tally.needs * (1.0 - np.eye(needs))
    popular = np.tile(to.sum(axis=0) + stayed / max(stayed.sum(), 1.0), (needs, 1))
    centre = _shares(popular * (1.0 - np.eye(needs)) + 1e-9 * (1.0 - np.eye(needs)))
    return NeedChanges(change=np.stack([yes, no], axis=1), becomes=pooling.split_weight(to, centre) * centre + to)


def joining(tally: Tally, exposure: Reals, england: Pattern | None = None) -> Joining:
    """Joiners per resident and their needs and kinds, near year groups alike and, where it is given, England's pattern.

    ``exposure`` (Y,) is residents over the years of evidence, weighted as the counts are and
    scaled by how much each year joined. England's ages of joiners are taken at the area's own number of joiners.
    """
    joined = tally.joined.sum(axis=(1, 2))
    overall = (joined.sum() + 0.5) / exposure.sum()
    base, worth = np.full(len(joined), overall), 0.01 * exposure.mean()
    if england is not None:
        ages = england.joiners.sum(axis=(1, 2))
        base = np.maximum(ages / ages.sum() * (joined.sum() + 0.5) / exposure, 1e-3 * overall)
        worth = pooling.rate_weight(joined, exposure, base) / overall
    centre = (near(joined) + worth * base) / (near(exposure) + worth)
    weight = pooling.rate_weight(joined, exposure, centre)
    rate = np.stack(pooling.rate_posterior(joined, exposure, centre, weight), axis=1)
    split = joiner_split(tally.joined, tally.stock, None if england is None else england.joiners)
    return Joining(rate=rate, split=split)


def joiner_split(joined: Reals, stock: Reals, england: Reals | None = None) -> Reals:
    """Dirichlet parameters (Y, N x K) of the needs and kinds of joiners, near year groups alike.

    ``joined``, ``stock`` and ``england`` (England's joiners) are (Y, N, K). Any need and any kind held at about that age is possible.
    """
    groups = len(joined)
    need = _shares(joined.sum(axis=(0, 2)) + 0.01 * stock.sum(axis=(0, 2)) + 1e-9)
    fit = 1.0 - unfit(stock)
    kind = stock.sum(axis=1) + joined.sum(axis=1)
    kind = _shares((kind + near(kind) + 1e-9) * (fit + 1e-9))
    floor = 2.0 * (need[None, :, None] * kind[:, None, :]).reshape(groups, -1)
    counts = joined.reshape(groups, -1)
    if england is not None:
        usual = _shares(england.reshape(groups, -1) + 1e-3 * floor)
        floor += pooling.split_weight(counts, usual) * usual
    nearby = near(joined) * (fit[:, None, :] + 1e-9)
    centre = _shares(nearby.reshape(groups, -1) + floor)
    return pooling.split_weight(counts, centre) * centre + counts


def _shares(counts: Reals) -> Reals:
    total = counts.sum(axis=-1, keepdims=True)
    out: Reals = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    return out
