"""A made-up expansion problem of stated size, from a stated seed: for benchmarks and tests."""

from __future__ import annotations

import numpy as np

from rightplace.places.siting.expansion import Problem
from rightplace.streams import generator


def made(
    *, sites: int, zones: int, years: int, futures: int, seed: int = 2026, sizes: tuple[int, ...] = (60, 120)
) -> Problem:
    """Sites and zones at random in a square of 100 km; demand grows at a rate and in places that differ by future.

    Each site may open in any year at one of ``sizes`` times a scale that makes the whole region need about a third of all
    sites. A site's cost has a fixed part, a part for each place and a yearly running cost; serving costs 1 a km and a
    child left out 120 a year. Demand is real, not whole.
    """
    draws = generator(seed, "places.siting.expansion_made", sites, zones, years, futures)
    site_at, zone_at = draws.uniform(0, 100, (sites, 2)), draws.uniform(0, 100, (zones, 2))
    km = np.sqrt(((site_at[:, None, :] - zone_at[None, :, :]) ** 2).sum(axis=2))
    base = draws.gamma(2.0, 5.0, zones)
    growth = draws.normal(0.05, 0.03, (futures, 1, 1)) + draws.normal(0.0, 0.03, (futures, 1, zones))
    noise = draws.lognormal(0.0, 0.15, (futures, years, zones))
    demand = base * np.exp(growth * np.arange(1, years + 1)[None, :, None]) * noise
    scale = 3.0 * demand.sum(axis=2).mean() / (sites * float(np.mean(sizes)))
    fixed, each = draws.uniform(2000, 4000, sites), draws.uniform(10, 20, sites)
    scheme, cost, room = [], [], []
    for site in range(sites):
        for year in range(years):
            for size in sizes:
                places = size * scale
                scheme.append(site)
                cost.append((fixed[site] + each[site] * places) * 0.95**year + 2.0 * places * (years - year))
                room.append([places if then >= year else 0.0 for then in range(years)])
    return Problem(
        option_scheme=np.array(scheme), option_cost=np.array(cost), room=np.array(room), must=np.zeros(sites, np.bool_),
        serve=km, unserved=np.full(zones, 120.0), demand=demand, weight=0.97 ** np.arange(years, dtype=np.float64),
        chance=np.full(futures, 1.0 / futures),
    )  # fmt: skip
