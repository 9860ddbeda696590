"""Random numbers as a pure function of their keys: (seed, stream, future, year, cell).

Nothing is carried from one draw to the next, so a draw does not depend on the order of the work,
on threads, or on what else is drawn. A key is mixed with each part of its address by the
finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
OOPSLA 2014), whose constants these are.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.forecast.draws.compiled import typed
from rightplace.streams import generator

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_DRAW: Final = np.uint64(0xD1342543DE82EF95)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_ONE: Final = np.uint64(1)
_12: Final = np.uint64(12)
_27: Final = np.uint64(27)
_30: Final = np.uint64(30)
_31: Final = np.uint64(31)


def root(seed: int, stream: str, *keys: int) -> np.uint64:
    """The key of a whole stream, from the seed of the run and the name of what is drawn."""
    return np.uint64(generator(seed, stream, *keys).integers(0, 2**64, dtype=np.uint64))


@typed("uint64(uint64)")
def _mix(bits: np.uint64) -> np.uint64:
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@typed("uint64(uint64, int64)")
def child(key: np.uint64, number: int) -> np.uint64:
    """The key of part ``number`` (0 or more) of what ``key`` stands for."""
    return _mix(key + (np.uint64(number) + _ONE) * _GOLDEN)


@typed("uint64(uint64, int64)")
def bits(key: np.uint64, number: int) -> np.uint64:
    """Draw ``number`` of a key, as 64 bits."""
    return _mix(key + (np.uint64(number) + _ONE) * _DRAW)


@typed("float64(uint64, int64)")
def uniform(key: np.uint64, number: int) -> float:
    """Draw ``number`` of a key: uniform on the open interval from 0 to 1."""
    return float(bits(key, number) >> _12) * 2.0**-52 + 2.0**-53
