"""The constants by which shares of settings and of age bands are foretold, from every authority's shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published import composition_families as families
from rightplace.forecast.published.composition import Shares
from rightplace.forecast.published.composition_errors import ENOUGH, added_later, sizes
from rightplace.forecast.published.composition_families import Apart

Reals = NDArray[np.float64]

RIDGE: Final = 0.3
"""Ridge of the return towards England's shares, as a part of the squares of each share's own differences."""
LEFT_PRIOR: Final = (0.5, 2e-3)
"""How much is left a year later of a change of England's shares, before any is seen, and its worth in squares of log change."""
BEYOND: Final = 1.25
"""No share is drawn beyond this many times the largest known in any authority of ``LARGE`` plans."""
LARGE: Final = 200.0
_LIMIT: Final = 0.05
_TINY: Final = 1e-4
_FLOOR: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The constants of :mod:`rightplace.forecast.published.composition` for one dimension, as at ``january``.

    ``england`` (P,) England's shares X; ``change`` (P,) z; ``left`` c; ``back`` (P, P) P, applied from the right;
    ``errors`` (P, 4) a, b, degrees of freedom and skew; ``rare`` (P, 4) the middle of errors where an authority hardly has a part, a below
    and above it, and freedom; ``most`` (P,) the largest share that is drawn; ``later`` (P,) g; ``evidence`` counts the yearly shares of an authority behind it.
    Where parts are of ``families``, these are of shares within a family, and the families' own are theirs; ``family`` names each part's.
    """

    dimension: str
    parts: tuple[str, ...]
    january: int
    england: Reals
    change: Reals
    left: float
    back: Reals
    errors: Reals
    rare: Reals
    most: Reals
    later: Reals
    evidence: int
    family: tuple[str, ...] = ()
    families: Composition | None = None

    def kept(self) -> Reals:
        """What is left a year later of a difference from the middle, by part (P,): what is left of one from England's share."""
        return kept(self.back)

    def only(self, places: list[int]) -> Composition:
        """The constants of errors of some parts, by their places."""
        return replace(
            self,
            parts=tuple(self.parts[place] for place in places),
            back=self.back[np.ix_(places, places)],
            **{name: getattr(self, name)[places] for name in ("england", "change", "errors", "rare", "most", "later")},
        )


def kept(back: Reals) -> Reals:
    """What is left a year later of a part's own difference from England's share, (P,)."""
    left: Reals = np.clip(1.0 + np.diag(back), 0.5, 1.0)
    return left


def fit(shares: Shares) -> Composition | None:
    """The constants, from all Januaries of ``shares``; None where too few authorities have two Januaries running."""
    known = [t for t in range(len(shares.years)) if np.isfinite(shares.england[t]).all()]
    pairs = [(t, t + 1) for t in known if t + 1 in known and t - 1 in known] or [
        (t, t + 1) for t in known if t + 1 in known
    ]
    if not pairs or np.isfinite(shares.of[:, pairs[-1][0]]).all(axis=1).sum() < ENOUGH:
        return None
    part = _middle(shares, known, pairs)
    first = families.joined([_apart(shares, part, now, then) for now, then in pairs])
    later = {
        years: [
            _apart(shares, part, now, now + years) for now in known[1:] if now + years in known and now - 1 in known
        ]
        for years in (2, 3)
    }
    if shares.dimension != "setting":
        return _sized(part, first, later, turned=False)
    family = families.names(part.parts)
    once, member = families.members(family)
    gathered = replace(shares, dimension="setting_family", parts=once, of=shares.of @ member, england=shares.england @ member)  # fmt: skip
    by_family = _sized(
        _middle(gathered, known, pairs), families.of_families(first, member),
        {years: [families.of_families(one, member) for one in each] for years, each in later.items()}, turned=True,
    )  # fmt: skip
    inside = {years: [families.within(one, member) for one in each] for years, each in later.items()}
    by_kind = _sized(part, families.within(first, member), inside, turned=True)
    return replace(by_kind, family=family, families=by_family)


def _middle(shares: Shares, known: list[int], pairs: list[tuple[int, int]]) -> Composition:
    """The constants of the middle alone."""
    parts = len(shares.parts)
    return Composition(
        dimension=shares.dimension,
        parts=shares.parts,
        january=shares.years[known[-1]],
        england=shares.england[known[-1]],
        change=_change(shares, known[-1]),
        left=_left(shares, known),
        back=_back(shares, pairs),
        errors=np.zeros((parts, 4)),
        rare=np.zeros((parts, 4)),
        most=_most(shares),
        later=np.ones(parts),
        evidence=0,
    )


def _sized(part: Composition, first: Apart, later: dict[int, list[Apart]], *, turned: bool) -> Composition:
    """The constants with those of errors: ``first`` one year ahead, ``later`` two and three."""
    usual, rare = sizes(first.errors, first.foretold, first.had, turned=turned)
    return replace(
        part,
        errors=usual,
        rare=rare,
        later=added_later(kept(part.back), part.england, first, later),
        evidence=len(first.errors),
    )


def _most(shares: Shares) -> Reals:
    """The largest share to be drawn of each part, (P,)."""
    known = np.where((shares.plans >= LARGE)[:, :, None] & np.isfinite(shares.of), shares.of, 0.0)
    largest = known.max(axis=(0, 1))
    most: Reals = np.where(largest > 0, np.minimum(BEYOND * largest, 1.0), 1.0)
    return most


def ahead(shares: Reals, england: Reals, change: Reals, part: Composition, years: int) -> Reals:
    """The middle of the shares of the next Januaries, (years, ..., parts), from ``shares`` (..., parts)."""
    out = np.empty((years, *shares.shape))
    now, reach = shares, 0.0
    for j in range(years):
        now = now + (now - england) @ part.back
        reach += part.left ** (j + 1)
        grown = np.maximum(now, england * _FLOOR) * np.exp(change * reach)
        out[j] = grown / grown.sum(axis=-1, keepdims=True)
    return out


def _change(shares: Shares, at: int) -> Reals:
    """England's yearly change of log share into a January, since the last before it that is known."""
    before = [t for t in range(at) if np.isfinite(shares.england[t]).all()]
    if not before:
        return np.zeros(len(shares.parts))
    ratio = (shares.england[at] + _TINY) / (shares.england[before[-1]] + _TINY)
    change: Reals = np.log(np.clip(ratio, 0.5, 2.0)) / (at - before[-1])
    return change


def _left(shares: Shares, known: list[int]) -> float:
    """How much of England's yearly change of shares has been left a year later: least squares weighted by share, with a prior."""
    prior, worth = LEFT_PRIOR
    both, own = prior * worth, worth
    for t in known:
        if t + 1 in known and t - 1 in known:
            now, after, weight = _change(shares, t), _change(shares, t + 1), shares.england[t]
            both += float((weight * now * after).sum())
            own += float((weight * now * now).sum())
    return float(np.clip(both / own, 0.0, 0.9))


def _back(shares: Shares, pairs: list[tuple[int, int]]) -> Reals:
    """Ridge regression of the change of shares about England's on where they stood about England's."""
    parts = len(shares.parts)
    squares, products = np.zeros((parts, parts)), np.zeros((parts, parts))
    for now, then in pairs:
        x = shares.of[:, now] - shares.england[now]
        y = shares.of[:, then] - shares.england[then] - x
        held = np.isfinite(x).all(axis=1) & np.isfinite(y).all(axis=1)
        squares += x[held].T @ x[held]
        products += x[held].T @ np.clip(y[held], -_LIMIT, _LIMIT)
    ridge = squares + RIDGE * np.diag(np.diag(squares)) + 1e-3 * np.eye(parts)
    return np.asarray(np.linalg.solve(ridge, products), dtype=np.float64)


def _apart(shares: Shares, part: Composition, now: int, then: int) -> Apart:
    """Plans of each part foretold from a January for a later one, and what came, (authorities, parts)."""
    foretold = ahead(shares.of[:, now], shares.england[now], _change(shares, now), part, then - now)[-1]
    plans = shares.plans[:, now, None]
    held = np.isfinite(foretold).all(axis=1) & np.isfinite(shares.of[:, then]).all(axis=1)
    return families.apart(*((of * plans)[held] for of in (foretold, shares.of[:, then], shares.of[:, now])))
