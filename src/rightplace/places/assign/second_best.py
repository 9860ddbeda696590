"""The next best bases of each child, in the order the plan would turn to them."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.places.assign.reasons import Facts, reduced


def second_best(of: Facts, *, most: int = 3) -> pl.DataFrame:
    """Up to ``most`` other bases a child: person, order (1 next), setting, base, preference, km, minutes, cost_gbp, full.

    The order is by what each would add to the whole plan, the value of the place to other children counted in.
    """
    plan = of.plan
    every = plan.asked.options
    given = plan.options.base == plan.base[plan.options.child]
    others = np.flatnonzero(~given)
    extra = reduced(plan)[others]
    child, base = plan.options.child[others], plan.options.base[others]
    order = np.lexsort((extra, child))
    child, base = child[order], base[order]
    starts = np.searchsorted(child, np.arange(len(plan.base) + 1))
    place = np.arange(len(child)) - starts[child]
    keep = place < most
    child, base, place = child[keep], base[keep], place[keep]
    key = every.child.astype(np.int64) * len(plan.asked.seats) + every.base
    by_key = np.argsort(key, kind="stable")
    row = by_key[np.searchsorted(key[by_key], child.astype(np.int64) * len(plan.asked.seats) + base)]
    return pl.DataFrame(
        {
            "person": of.children["person_id"].gather(child),
            "order": (place + 1).astype(np.int64),
            "setting": of.held["setting"].gather(base),
            "base": of.held["base"].gather(base),
            **{name: of.candidates[name].gather(row) for name in ("preference", "km", "minutes", "cost_gbp")},
            "full": plan.load[base] >= plan.asked.seats[base],
        }
    )
