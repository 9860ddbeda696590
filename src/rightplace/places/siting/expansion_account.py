"""What a plan comes to in every future, and the prices and use that its futures give."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from rightplace.places.siting import expansion_kernel
from rightplace.places.siting.arrays import Reals, Whole
from rightplace.places.siting.expansion import Account, Problem

_CHUNK: Final = 10
THREADS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """``prices`` (futures, years, classes): what one more child costs. ``use`` (futures, years, schemes): children served."""

    prices: Reals
    use: Reals


def in_chunks(work: Callable[[int, int], None], futures: int) -> None:
    """Do ``work(first, last)`` for the futures in chunks of a fixed size, on every core that is asked for."""
    bounds = [(first, min(first + _CHUNK, futures)) for first in range(0, futures, _CHUNK)]
    work(*bounds[0])
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        list(pool.map(lambda bound: work(*bound), bounds[1:]))


def account(problem: Problem, plan: Whole) -> Account:
    """What a plan comes to."""
    return _account(problem, plan, details=False)[0]


def detailed(problem: Problem, plan: Whole) -> tuple[Account, Detail]:
    """What a plan comes to, with prices and use."""
    return _account(problem, plan, details=True)


def _account(problem: Problem, plan: Whole, *, details: bool) -> tuple[Account, Detail]:
    futures, years, classes = problem.demand.shape
    cost, left_out = np.zeros((futures, years)), np.zeros((futures, years))
    prices = np.zeros((futures, years, classes) if details else (1, 1, 1))
    use = np.zeros((futures, years, problem.schemes) if details else (1, 1, 1))
    room = problem.room_of(plan)

    def work(first: int, last: int) -> None:
        expansion_kernel.serve_all(
            problem.demand,
            problem.serve,
            problem.unserved,
            room,
            first,
            last,
            cost,
            left_out,
            prices,
            use,
            int(details),
        )

    in_chunks(work, futures)
    serving = cost @ problem.weight
    options = problem.cost_of(plan)
    kept = float(problem.chance[(left_out[:, problem.promise_from :] < 1e-6).all(axis=1)].sum())
    broken = np.flatnonzero(problem.use(plan) > problem.limit + 1e-6 * np.maximum(1.0, np.abs(problem.limit)))
    made = Account(
        plan=plan.copy(), options=options, serving=serving, left_out=left_out, kept=kept, broken=broken,
        total=options + float(problem.chance @ serving),
    )  # fmt: skip
    return made, Detail(prices=prices, use=use)
