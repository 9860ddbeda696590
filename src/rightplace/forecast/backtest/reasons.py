"""Why a rival was nearer from a January: whether it foresaw the whole country's growth better, or how authorities differ."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.backtest.sizes import TINY


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """One method's forecasts of totals from one January, taken apart.

    ``foreseen`` is the growth of all areas together that it foresaw (0.1 is 10%), ``error`` its mean absolute percentage
    error, and ``after`` what that would have been had it foreseen all areas' growth rightly: every forecast times one factor.
    """

    foreseen: float
    error: float
    after: float


def apart(rows: pl.DataFrame) -> Apart:
    """Taken apart: rows of ``Backtest.scores`` of one method, horizon and origin."""
    now, truth, middle = (float(rows[name].sum()) for name in ("now", "truth", "p50"))
    right = pl.col("p50") * (truth / middle)
    errors = rows.select(
        error=100 * ((pl.col("p50") - pl.col("truth")).abs() / pl.col("truth")).mean(),
        after=100 * ((right - pl.col("truth")).abs() / pl.col("truth")).mean(),
    )
    return Apart(foreseen=middle / now - 1.0, error=float(errors["error"][0]), after=float(errors["after"][0]))


def reason(scores: pl.DataFrame, origin: int, horizon: int, rival: str) -> str:
    """A sentence on why ``rival`` had less from ``origin``, computed from the forecasts of totals that both made."""
    here = scores.filter(
        (pl.col("dimension") == "total")
        & (pl.col("origin") == origin)
        & (pl.col("horizon") == horizon)
        & (pl.col("size") != TINY)
        & (pl.col("truth") > 0)
    )
    both = here.filter(pl.col("method") == OURS).join(
        here.filter(pl.col("method") == rival).select("la_code"), on="la_code", how="semi"
    )
    theirs = here.filter(pl.col("method") == rival)
    if both.is_empty() or theirs.is_empty():
        return "the two were not scored on the same"
    came = float(both["truth"].sum()) / float(both["now"].sum()) - 1.0
    own, other = apart(both), apart(theirs)
    why = (
        "the turn of all areas together is why"
        if own.after <= other.after
        else "that it told areas apart better is part of why"
    )
    return (
        f"plans grew by {came:.1%} in all, Rightplace foresaw {own.foreseen:.1%} and it {other.foreseen:.1%}; with that put "
        f"right for both, Rightplace has {own.after:.2f} and it {other.after:.2f}: {why}"
    )
