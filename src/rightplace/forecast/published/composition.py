"""How plans are shared between settings, or age bands, in every authority, January by January; and what foretells the shares.

With x(t) the shares of an authority and X(t) England's, each adding up to 1 over the parts,

    middle(t+1) is proportional to (x(t) + P [x(t) - X(t)]) exp(c^j z),    j = 1, 2, 3 ... years ahead,
    share = middle exp(h), made to add up to 1,
    h(t+1) = k h(t) + e,

where z is England's last yearly change of log X, c how much of such a change has been left a year later, P by ridge regression how
parts go back towards England's and k = 1 + its diagonal, and e of a part with n plans is s x Student's t, s^2 = a^2 + b^2 / n, in
the first year and sqrt(g) s x normal in each later one. Kinds of setting have two such h added: one of their family's share of all
plans, one of their own share of the family, and a t that may be skewed. All are estimated from Januaries up to the one the forecast is made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]

FIRST_JANUARY: Final = 2016
"""Shares of Januaries before this one are not used: EHC plans were replacing statements."""
UNKNOWN: Final = 0.5
"""A return in which at least this share of settings is not recorded is not used, where England's share is under half of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Shares of plans: ``of`` (authorities, Januaries, parts), NaN where not published; ``plans`` (authorities, Januaries)
    the plans that were shared; ``england`` (Januaries, parts). ``doubted`` lists returns not used: authority, January.
    """

    dimension: str
    parts: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    of: Reals
    plans: Reals
    england: Reals
    doubted: tuple[tuple[str, int], ...]


def read(history: pl.DataFrame, dimension: str) -> Shares | None:
    """The shares in a history with ``la_code``; None where none are published."""
    rows = history.filter(
        (pl.col("measure") == "plans")
        & (pl.col("dimension") == dimension)
        & pl.col("people").is_not_null()
        & (pl.col("year") >= FIRST_JANUARY)
        & pl.col("la_code").str.contains(r"^\d{3}$")
    )
    if rows.is_empty():
        return None
    codes, parts = (sorted(rows[name].unique().to_list()) for name in ("la_code", "value"))
    years = list(range(int(str(rows["year"].min())), int(str(rows["year"].max())) + 1))
    counts = np.zeros((len(codes), len(years), len(parts)))
    at = rows.select(
        pl.col("la_code").replace_strict(codes, list(range(len(codes))), return_dtype=pl.Int64),
        pl.col("year").cast(pl.Int64) - years[0],
        pl.col("value").replace_strict(parts, list(range(len(parts))), return_dtype=pl.Int64),
        "people",
    )
    counts[tuple(at[name].to_numpy() for name in ("la_code", "year", "value"))] = at["people"].to_numpy()
    doubted = _unknown(counts, parts)
    counts[doubted] = 0.0
    plans = counts.sum(axis=2)
    england = counts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Shares(
            dimension=dimension,
            parts=tuple(parts),
            codes=tuple(codes),
            years=tuple(years),
            of=counts / plans[:, :, None],
            plans=plans,
            england=england / england.sum(axis=1, keepdims=True),
            doubted=tuple((codes[i], years[t]) for i, t in zip(*np.nonzero(doubted), strict=True)),
        )


def _unknown(counts: Reals, parts: list[str]) -> NDArray[np.bool_]:
    """Returns (authorities, Januaries) that do not say where most children are, in Januaries when others do."""
    name = SettingKind.NOT_RECORDED.value
    if name not in parts:
        return np.zeros(counts.shape[:2], dtype=bool)
    without = counts[:, :, parts.index(name)]
    share = without / np.maximum(counts.sum(axis=2), 1.0)
    usual = without.sum(axis=0) / np.maximum(counts.sum(axis=(0, 2)), 1.0)
    found: NDArray[np.bool_] = (share >= UNKNOWN) & (usual[None, :] < share / 2.0)
    return found
