"""The five tables of parameters: leaving, moving, where movers go, joining, and where joiners go.

Method of MastodonC's witan.send; the formulas are in ``docs/methods/transition-count-model.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.transition_counts import states as state_space
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.options import AS_PUBLISHED, Options
from rightplace.forecast.transition_counts.states import States
from rightplace.forecast.transition_counts.tally import Tally, tally

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

NO_JOINER: Final = 0.001
"""What a year with no joiner of a year group adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Dirichlet parameters of where movers go, one entry for each origin and destination that can be.

    ``origin`` (E,) is a place in the flattened (G, N, S), in rising order; ``to`` (E,) a place in the
    flattened (N, S), likeliest first within an origin; ``alpha`` (E,) people, seen and supposed.
    """

    origin: Places
    to: Places
    alpha: Reals


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Everything estimated. Pairs in a last axis of 2 are Beta parameters (for, against), in people.

    ``leaving`` and ``moving`` (G, N, S, 2) are nought for states that are not listed. ``moving`` is the
    share of those who do not leave, and counts where ``may_move`` (G, N, S) is true. ``joining`` (G, 2) is a share of
    residents; ``arriving`` (G, N, S) the Dirichlet parameters of joiners' states, nought where none ever joined.
    """

    states: States
    options: Options
    leaving: Reals
    moving: Reals
    may_move: Flags
    destinations: Destinations
    joining: Reals
    arriving: Reals


def estimate(inputs: Inputs, *, options: Options = AS_PUBLISHED) -> Parameters:
    """The parameters of the inputs' whole history, every year counting the same.

    Raises ``DataError`` where residents are not known or are fewer than joiners.
    """
    states = state_space.of(inputs)
    counts = tally(inputs, states, options)
    remained = counts.stayed + counts.moved
    destinations = _destinations(counts, states)
    return Parameters(
        states=states,
        options=options,
        leaving=_shares(counts.left, remained, states, unseen=0.5),
        moving=_shares(counts.moved, counts.stayed, states, unseen=1.0),
        may_move=_may_move(states, destinations, options),
        destinations=destinations,
        joining=_joining(counts, states),
        arriving=_arriving(counts, states),
    )


def _shares(yes: Reals, no: Reals, states: States, unseen: float) -> Reals:
    """Each state's counts, and one supposed person who does as the year group does."""
    events, others = yes.sum(axis=(1, 2)), no.sum(axis=(1, 2))
    share = ((events + 0.5) / (events + others + 1.0))[:, None, None]
    seen = (events + others > 0)[:, None, None]
    pair = np.stack([yes + np.where(seen, share, unseen), no + np.where(seen, 1.0 - share, unseen)], axis=-1)
    return np.where(states.listed[..., None], pair, 0.0)


def _destinations(counts: Tally, states: States) -> Destinations:
    groups, needs, settings = states.shape
    into = np.zeros((groups, settings))
    np.add.at(into, (counts.move_from[:, 0], counts.move_to[:, 1]), counts.move_people)
    for g in range(1, groups):
        if not into[g].any():
            into[g] = into[g - 1]
    open_to = states.listed[:, :, None, :] & states.reachable[None, None, :, :] & states.listed[:, :, :, None]
    ways = open_to.sum(axis=-1, keepdims=True)
    prior = np.where(states.listed[..., None], into[:, None, None, :] + open_to / np.maximum(ways, 1), 0.0)
    prior *= 1.0 - np.eye(settings)
    total = prior.sum(axis=-1, keepdims=True)
    prior = np.divide(prior, total, out=np.zeros_like(prior), where=total > 0)
    group, need, setting, to = np.nonzero(prior)
    known = states.listed[tuple(counts.move_from.T)]
    seen = counts.move_from[known]
    origin = [(group * needs + need) * settings + setting, (seen[:, 0] * needs + seen[:, 1]) * settings + seen[:, 2]]
    towards = [need * settings + to, counts.move_to[known, 0] * settings + counts.move_to[known, 1]]
    width = needs * settings
    key = np.concatenate(origin) * width + np.concatenate(towards)
    every, place = np.unique(key, return_inverse=True)
    alpha = np.zeros(len(every))
    np.add.at(alpha, place, np.concatenate([prior[group, need, setting, to], counts.move_people[known]]))
    order = np.lexsort((-alpha, every // width))
    return Destinations(origin=every[order] // width, to=every[order] % width, alpha=alpha[order])


def _may_move(states: States, destinations: Destinations, options: Options) -> Flags:
    groups, _, settings = states.shape
    ahead = 2 if options.moves_need_a_setting == "a year late" else 1
    later = np.zeros_like(states.listed)
    later[: groups - ahead] = states.listed[ahead:]
    others = states.reachable & ~np.eye(settings, dtype=np.bool_)
    somewhere = (later[:, :, None, :] & others[None, None]).any(axis=-1)
    known = np.zeros(states.shape, dtype=np.bool_)
    known.reshape(-1)[destinations.origin] = True
    choice = states.reachable.sum(axis=1) > 1
    flags: Flags = somewhere & known & choice[None, None, :] & states.listed
    return flags


def _joining(counts: Tally, states: States) -> Reals:
    joined = counts.joined.sum(axis=(2, 3))
    some = joined > 0
    years = len(joined)
    share = np.stack(
        [
            joined.sum(axis=0) / years + NO_JOINER * (~some).sum(axis=0),
            np.where(some, counts.residents - joined, counts.residents).sum(axis=0) / years,
        ],
        axis=-1,
    )
    used = states.listed.any(axis=(1, 2)) | some.any(axis=0)
    return np.where(used[:, None], share, 0.0)


def _arriving(counts: Tally, states: States) -> Reals:
    joined = counts.joined.sum(axis=0)
    ways = states.listed.sum(axis=(1, 2), keepdims=True)
    some = joined.sum(axis=(1, 2), keepdims=True) > 0
    return np.where(some, joined + states.listed / np.maximum(ways, 1), 0.0)
