"""Both answers about one forecast, from few enough futures that a report need not wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.forecast.result import Forecast
from rightplace.forecast.why.change import decompose
from rightplace.forecast.why.doubt import uncertainty
from rightplace.progress import Progress, silent

FEW: Final = 200
_DIMENSIONS: Final = ("total", "setting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why plans change (``change``, columns of :data:`rightplace.forecast.why.change.WHY`) and what is uncertain
    (``doubt``, columns of :data:`rightplace.forecast.why.doubt.DOUBT`), in total and by kind of setting, from so many ``futures``.
    """

    change: pl.DataFrame
    doubt: pl.DataFrame
    futures: int


def explain(made: Forecast, *, futures: int = FEW, progress: Progress = silent) -> Why | None:
    """Why a forecast changes and what is uncertain; None where it does not hold two futures or what it was made from."""
    if made.inputs is None or made.inputs.futures < 2:
        return None
    change = decompose(made, dimensions=_DIMENSIONS, futures=futures, progress=progress)
    doubt = uncertainty(made, dimensions=_DIMENSIONS, futures=futures, progress=progress)
    return Why(change=change, doubt=doubt, futures=min(futures, made.inputs.futures))
