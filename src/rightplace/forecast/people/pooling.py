"""Partial pooling: a cell's own evidence, drawn towards what is known of the group it belongs to.

For a share, ``x`` of ``n`` people in a cell and a group share ``m`` with prior weight ``k`` give the
posterior Beta(k m + x, k (1 - m) + n - x), with mean (k m + x) / (k + n): the Beta-binomial model.
For shares among several outcomes the same holds term by term (Dirichlet-multinomial), and for a
rate per head Gamma(k + x, k / m + exposure) (Gamma-Poisson). See Gelman and others, *Bayesian Data
Analysis*, 3rd edition, chapters 2 and 5. The prior weight is the one, of a short list, that makes
the observed cells most likely (empirical Bayes, Casella 1985).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

WEIGHTS: Final = np.array([2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0])
"""Prior weights tried, in people."""


def posterior(events: Reals, people: Reals, group: Reals, weight: float) -> tuple[Reals, Reals]:
    """Beta parameters (for, against) of a share in each cell, given the share of its group."""
    return weight * group + events, weight * (1.0 - group) + people - events


def rate_posterior(events: Reals, exposure: Reals, group: Reals, weight: float) -> tuple[Reals, Reals]:
    """Gamma parameters (shape, rate) of a rate per head in each cell, given the rate of its group; ``weight`` in events."""
    return weight + events, weight / group + exposure


def pooled_share(events: Reals, people: Reals, group: Reals, weight: float) -> Reals:
    """Posterior mean of the share in each cell."""
    yes, no = posterior(events, people, group, weight)
    return yes / (yes + no)


def others_share(events: Reals, people: Reals, axis: int, floor: Reals, weight: float = 1.0) -> Reals:
    """The share in the rest of a cell's group, which is not steered by the cell itself.

    The group runs along ``axis``; ``floor`` is the share that applies where the rest is empty.
    """
    rest_events = events.sum(axis=axis, keepdims=True) - events
    rest_people = people.sum(axis=axis, keepdims=True) - people
    share: Reals = (rest_events + weight * floor) / (rest_people + weight)
    return share


def share_weight(events: Reals, people: Reals, group: Reals) -> float:
    """The prior weight under which the observed shares are most likely; the middle one if nothing is observed."""
    from scipy.special import betaln

    seen = people > 0
    if not seen.any():
        return float(WEIGHTS[len(WEIGHTS) // 2])
    x, n, m = events[seen], people[seen], np.clip(np.broadcast_to(group, events.shape)[seen], 1e-6, 1 - 1e-6)
    likelihood = [float(np.sum(betaln(k * m + x, k * (1 - m) + n - x) - betaln(k * m, k * (1 - m)))) for k in WEIGHTS]
    return float(WEIGHTS[int(np.argmax(likelihood))])


def split_weight(counts: Reals, group: Reals) -> float:
    """The same for splits among outcomes (the last axis), by the Dirichlet-multinomial likelihood."""
    from scipy.special import gammaln

    total = counts.sum(axis=-1)
    seen = total > 0
    if not seen.any():
        return float(WEIGHTS[len(WEIGHTS) // 2])
    x, n, m = counts[seen], total[seen], np.broadcast_to(group, counts.shape)[seen]
    likelihood = []
    for k in WEIGHTS:
        terms = np.where(x > 0, gammaln(k * m + x) - gammaln(np.maximum(k * m, 1e-12)), 0.0)
        likelihood.append(float(np.sum(gammaln(k) - gammaln(k + n)) + np.sum(terms)))
    return float(WEIGHTS[int(np.argmax(likelihood))])


def rate_weight(events: Reals, exposure: Reals, group: Reals) -> float:
    """The same for rates per head, by the Gamma-Poisson (negative binomial) likelihood; in events."""
    from scipy.special import gammaln

    seen = exposure > 0
    if not seen.any():
        return float(WEIGHTS[0])
    x, e, m = events[seen], exposure[seen], group[seen]
    likelihood = [
        float(np.sum(gammaln(k + x) - gammaln(k) + k * np.log(k / m) - (k + x) * np.log(k / m + e))) for k in WEIGHTS
    ]
    return float(WEIGHTS[int(np.argmax(likelihood))])
