"""Keyed random streams: a draw is a function of (seed, stream, keys), whatever else is drawn.

Two runs that share a seed share every draw whose keys are the same, so a baseline and a scenario
differ only where the scenario acts, and a result does not depend on the order of the work.
"""

from __future__ import annotations

import hashlib

import numpy as np


def generator(seed: int, stream: str, *keys: int) -> np.random.Generator:
    """A numpy generator for one stream.

    ``stream`` names what is drawn ("births", "leavers"); ``keys`` are whole numbers that pick
    one use of it (a future, a year). Equal arguments give equal draws on every platform.
    """
    name = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "little")
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, name, *keys])))
