"""A made-up model of three needs and three kinds, and its exact means, for the tests of the engine."""

from __future__ import annotations

import numpy as np

from rightplace.forecast.cohort import space
from rightplace.forecast.cohort.effects import JOINING, LEAVING, MOVING, NEED_CHANGE, Effects
from rightplace.forecast.cohort.model import (
    Destinations,
    Joining,
    Ladder,
    Model,
    NeedChanges,
    Paths,
)
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.people.estimate import mean_share
from rightplace.streams import generator

STATES = space.of(["ASD", "SEMH", "SLCN"], ["mainstream", "special_state", "further_education"])
N, K = 3, 3
YEARS = 6


def _ladder(draws: np.random.Generator, share: float) -> Ladder:
    people = draws.integers(0, 60, (GROUPS, N, K)).astype(float)
    events = draws.binomial(people.astype(int), share).astype(float)
    return Ladder(
        year=np.tile([40 * share, 40 * (1 - share)], (GROUPS, 1)),
        kind_yes=events.sum(axis=1),
        kind_no=(people - events).sum(axis=1),
        cell_yes=events,
        cell_no=people - events,
        weights=np.array([30.0, 20.0]),
    )


def made_model(seed: int = 1, need_change: float = 0.05) -> Model:
    """A model of three needs and three kinds with rates of every sort."""
    draws = generator(seed, "test.model")
    to = draws.gamma(2.0, 3.0, (GROUPS, K, K)) * (1 - np.eye(K))
    split = draws.gamma(1.0, 4.0, (GROUPS, N * K))
    return Model(
        leaving=_ladder(draws, 0.08),
        moving=_ladder(draws, 0.12),
        destinations=Destinations(kind=to, cell=np.zeros((GROUPS, N, K, K)), weight=25.0),
        need_changes=NeedChanges(
            change=np.tile([1e7 * need_change, 1e7 * (1 - need_change)], (N, 1)), becomes=1e7 * (1 - np.eye(N))
        ),
        joining=Joining(rate=np.tile([30.0, 30.0 / 0.004], (GROUPS, 1)), split=split),
    )


def made_paths(futures: int, years: int = YEARS, total: int | None = None) -> Paths:
    """No trend: every multiplier is 1."""
    totals = np.full((futures, years), -1, dtype=np.int64)
    if total is not None:
        totals = total + generator(2, "test.totals").integers(-400, 400, (futures, years))
    return Paths(
        joining=np.ones((futures, years)),
        leaving=np.ones((futures, years)),
        needs=np.ones((futures, years, N)),
        kinds=np.ones((futures, years, K)),
        residents=np.tile(np.linspace(900.0, 1500.0, GROUPS), (years, 1)),
        totals=totals,
    )


START = generator(3, "test.start").integers(0, 25, (GROUPS, N, K)).astype(np.int32)


def exact_means(model: Model, paths: Paths, acting: Effects | None = None) -> np.ndarray:
    """Expected stock each January (years + 1, Y, N, K) by exact linear recursion: no random number is drawn.

    ``acting`` are effects whose factor is the same in every future. Means of the pooled shares come in closed form because each level's mean is linear in the level above. Written
    in plain loops, from the description of a year and not from the engine.
    """
    leave, move = mean_share(model.leaving)[2], mean_share(model.moving)[2]
    to = model.destinations.kind / model.destinations.kind.sum(axis=2, keepdims=True)
    change = model.need_changes.change[:, 0] / model.need_changes.change.sum(axis=1)
    becomes = model.need_changes.becomes / model.need_changes.becomes.sum(axis=1, keepdims=True)
    rate = model.joining.rate[:, 0] / model.joining.rate[:, 1]
    split = model.joining.split / model.joining.split.sum(axis=1, keepdims=True)
    stocks = [START.astype(float)]
    for t in range(paths.joining.shape[1]):
        gone, switch, going, coming = _rates(acting, t, leave, change, move[..., None] * to[:, None])
        after = np.zeros((GROUPS, N, K))
        for y in range(GROUPS - 1):
            for n in range(N):
                for k in range(K):
                    staying = stocks[-1][y, n, k] * (1 - gone[y, n, k])
                    for j in range(K):
                        share = 1 - going[y, n, k].sum() if j == k else going[y, n, k, j]
                        after[y + 1, n, j] += staying * share * (1 - switch[y, n, k])
                        after[y + 1, :, j] += staying * share * switch[y, n, k] * becomes[n]
        joined = rate * paths.residents[t] * paths.joining[0, t]
        stocks.append(after + (joined[:, None] * split).reshape(GROUPS, N, K) * coming)
    return np.array(stocks)


def _rates(
    acting: Effects | None, t: int, leave: np.ndarray, change: np.ndarray, going: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Leaving, need change and moves by destination of each cell in year ``t``, and factors on joiners."""
    out = leave.copy(), np.tile(change[None, :, None], (GROUPS, 1, K)), going.copy(), np.ones((GROUPS, N, K))
    if acting is None:
        return out
    for e, rate in enumerate(acting.rate):
        if not acting.first[e] <= t < acting.last[e]:
            continue
        factor = np.where(acting.cells[e] > 0, acting.factor[e, 0], 1.0)
        if rate == MOVING:
            out[2][...] *= np.where(acting.to[e] > 0, factor[..., None], 1.0)
        else:
            out[{LEAVING: 0, NEED_CHANGE: 1, JOINING: 3}[int(rate)]][...] *= factor
    return out


def effect(
    rate: int,
    factor: float | np.ndarray,
    futures: int,
    *,
    first: int = 0,
    last: int = 99,
    cells: object = ...,
    to: object = ...,
) -> Effects:
    """One effect on the cells of an index, and on moves to the kinds of another."""
    where = np.zeros((1, GROUPS, N, K), dtype=np.uint8)
    where[0][cells] = 1
    kinds = np.zeros((1, K), dtype=np.uint8)
    kinds[0][to] = 1
    factors = np.broadcast_to(factor, (1, futures)).astype(float)
    return Effects(np.array([rate]), np.array([first]), np.array([last]), where, kinds, factors)
