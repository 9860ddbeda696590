"""What a forecast assumes, each with its range, its source and who stands behind it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final

import polars as pl

from rightplace.forecast.result import ASSUMPTIONS

OURS: Final = "Rightplace default"
DATA: Final = "the area's own data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One assumption. ``low`` to ``high`` is its 95% range, or the whole of a range drawn from evenly; null where it has none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str
    source: str
    owner: str = OURS


def frame(assumptions: list[Assumption]) -> pl.DataFrame:
    """The assumptions in the columns of ``Forecast.assumptions``."""
    return pl.DataFrame([astuple(one) for one in assumptions], schema=ASSUMPTIONS, orient="row")


def pulls(kinds: tuple[float, float], needs: tuple[float, float]) -> list[Assumption]:
    """How far settings and needs may turn from what they were, on top of rates and chance."""
    source = "chosen so that 95% ranges of published settings, one year ahead, held about 85% in January 2025"
    names = ("Pull of a kind of setting", "Share of a need among joiners")
    return [
        Assumption(name=f"{name}: {when} (standard deviation, logs)", value=sd, unit="log", source=source)
        for name, spread in zip(names, (kinds, needs), strict=True)
        for when, sd in zip(("change at once", "further change each year"), spread, strict=True)
    ]
