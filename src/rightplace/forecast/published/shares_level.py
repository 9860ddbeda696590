"""The law of the shares of one whole in every future: of all of an authority's plans, or of those of a family of settings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import normal, student
from rightplace.forecast.published.adding_up import add_up, widening
from rightplace.forecast.published.composition_errors import RARE
from rightplace.forecast.published.composition_fit import Composition

Reals = NDArray[np.float64]

FARTHEST: Final = 15.0
"""The first year's error is at most this many times its scale."""
BEYOND: Final = 5.0
"""No part is further than this from its middle, in logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The law of shares of one whole (Januaries, P): of all plans, or of a family's.

    In logs, each part (``keys``) strays from ``middle`` (Januaries, P) by errors of the ``sizes`` (6, P) and is not beyond ``most``; then
    they are made to add up to 1 by ``path`` and ``variance``.
    """

    keys: NDArray[np.uint64]
    sizes: Reals
    middle: Reals
    most: Reals
    path: Reals
    variance: Reals

    def draw(self, first: int, last: int) -> Reals:
        """Shares of futures ``first`` to ``last`` (not included)."""
        out = np.empty((last - first, *self.path.shape))
        _stray(self.keys, first, self.sizes, out)
        out += self.middle
        np.minimum(out, self.most, out=out)
        add_up(self.path, self.variance, out)
        return out


def level(
    la_code: str, part: Composition, path: Reals, plans: float, own: Reals, most: Reals, seed: int, *, held: bool
) -> Level:  # fmt: skip
    """The law of shares about ``path`` (Januaries, P) of a whole of ``plans``, of which an authority has its ``own`` (P,).

    Where sizes are ``held``, errors are drawn so much wider that they have their own after adding up.
    """
    expected = np.maximum(path[0] * plans, 0.0) + 1.0
    scale = np.sqrt(part.errors[:, 0] ** 2 + part.errors[:, 1] ** 2 / expected)
    rare = own < RARE
    skew = np.where(rare, 1.0, part.errors[:, 3])
    below, above = (np.where(rare, part.rare[:, side], scale) for side in (1, 2))
    below, above = below / skew, above * skew
    wider = widening(path[0], np.maximum(below, above)) if held else np.ones(len(scale))
    freedom = np.where(rare, part.rare[:, 3], part.errors[:, 2])
    later = np.sqrt(part.later) * scale * wider
    stream, area = f"forecast.shares.{part.dimension}", _number(la_code)
    return Level(
        keys=np.array([root(seed, stream, _number(name), area) for name in part.parts], dtype=np.uint64),
        sizes=np.stack([below * wider, above * wider, later, freedom, part.kept(), skew**2 / (1.0 + skew**2)]),
        middle=np.log(np.maximum(path, 1e-12)) + np.where(rare, part.rare[:, 0], 0.0),
        most=np.log(np.maximum(most, path)),
        path=np.ascontiguousarray(path),
        variance=(np.maximum(below, above) * wider) ** 2,
    )


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")


@compiled
def _stray(keys: NDArray[np.uint64], first: int, sizes: Reals, out: Reals) -> None:
    for p in range(len(keys)):
        below, above, later, freedom, kept, rises = sizes[:, p]
        for future in range(out.shape[0]):
            height = 0.0
            for t in range(out.shape[1]):
                year = child(child(keys[p], first + future), t)
                if t == 0:
                    drawn = min(abs(student(child(year, 0), child(year, 1), freedom)), FARTHEST)
                    height = drawn * above if uniform(child(year, 2), 0) < rises else -drawn * below
                else:
                    height = kept * height + later * normal(child(year, 0), 0)
                height = min(max(height, -BEYOND), BEYOND)
                out[future, t, p] = height
