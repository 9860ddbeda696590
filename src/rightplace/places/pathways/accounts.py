"""The places each kind of setting needs each September: who stays, who arrives, who leaves, and what is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.places.pathways.counting import Counts
from rightplace.vocabulary.setting import SettingKind

ACCOUNTS: Final = {
    "year": pl.Int32(), "setting_kind": pl.String(), "held": pl.Float64(), "leaving": pl.Float64(),
    "staying": pl.Float64(), "arriving": pl.Float64(), "needed": pl.Float64(), "freed": pl.Float64(),
    "needed_p10": pl.Float64(), "needed_p50": pl.Float64(), "needed_p90": pl.Float64(),
    "places": pl.Int64(), "places_stated": pl.Int64(), "bases": pl.Int64(), "bases_unknown": pl.Int64(),
    "short_p50": pl.Float64(), "short_p90": pl.Float64(), "short_share": pl.Float64(),
}  # fmt: skip
"""Columns of the accounts; see :class:`~rightplace.places.pathways.result.Pathways`."""

_SPECIALIST: Final = (
    SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT, SettingKind.SPECIAL_STATE, SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT, SettingKind.ALTERNATIVE_PROVISION,
)  # fmt: skip
_MEASURES: Final = ("held", "leaving", "staying", "arriving", "needed", "freed")


def measures(counts: Counts, kinds: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """Each measure (futures, years, kinds). In every future staying + leaving = held and staying + arriving = needed.

    ``freed``, a part of leaving: moves back to a mainstream school from specialist places, and out of alternative provision
    to anywhere with the plan going on.
    """
    flow = counts.moved.sum(axis=2, dtype=np.int64)
    known = len(kinds)
    staying = np.diagonal(flow, axis1=2, axis2=3)[:, :, :known]
    held = flow[:, :, :known, :].sum(axis=3)
    needed = flow[:, :, :, :known].sum(axis=2)
    freed = np.zeros_like(held)
    for row, kind in enumerate(kinds):
        if kind == SettingKind.ALTERNATIVE_PROVISION:
            freed[:, :, row] = flow[:, :, row, :known].sum(axis=2) - staying[:, :, row]
        elif kind in _SPECIALIST and SettingKind.MAINSTREAM in kinds:
            freed[:, :, row] = flow[:, :, row, kinds.index(SettingKind.MAINSTREAM)]
    found = (held, held - staying, staying, needed - staying, needed, freed)
    return dict(zip(_MEASURES, found, strict=True))


def capacity(bases: pl.DataFrame) -> pl.DataFrame:
    """Places by kind of setting: columns setting_kind, places (of the bases that state them), bases, bases_unknown."""
    return bases.group_by("setting_kind").agg(
        pl.col("capacity").sum().cast(pl.Int64).alias("places"),
        pl.len().cast(pl.Int64).alias("bases"),
        pl.col("capacity").null_count().cast(pl.Int64).alias("bases_unknown"),
    )


def accounts(counts: Counts, kinds: Sequence[str], septembers: Sequence[int], places: pl.DataFrame) -> pl.DataFrame:
    """The accounts (columns :data:`ACCOUNTS`) beside ``places`` as :func:`capacity` gives them.

    What is short is null where the places of any base of the kind are not known, or the area has no base of it.
    """
    found = measures(counts, kinds)
    needed = found["needed"]
    quantiles = np.quantile(needed, (0.1, 0.5, 0.9), axis=0)
    shape = needed.shape[1:]
    columns = {
        "year": np.repeat(np.array(septembers), shape[1]),
        "setting_kind": np.tile(np.array(kinds, dtype=object), shape[0]).tolist(),
        **{name: values.mean(axis=0).ravel() for name, values in found.items()},
        **{f"needed_{name}": values.ravel() for name, values in zip(("p10", "p50", "p90"), quantiles, strict=True)},
        "cell": np.arange(needed[0].size),
    }
    frame = pl.DataFrame(columns).join(places, on="setting_kind", how="left", maintain_order="left")
    known = (pl.col("bases_unknown") == 0) & (pl.col("bases") > 0)
    frame = frame.with_columns(pl.when(known).then("places").alias("places"), pl.col("places").alias("places_stated"))
    over = _share_over(needed, frame)
    return frame.with_columns(
        short_p50=(pl.col("needed_p50") - pl.col("places")).clip(lower_bound=0),
        short_p90=(pl.col("needed_p90") - pl.col("places")).clip(lower_bound=0),
        short_share=pl.when(pl.col("places").is_not_null()).then(over),
    ).select(pl.col(name).cast(dtype) for name, dtype in ACCOUNTS.items())


def _share_over(needed: NDArray[np.int64], frame: pl.DataFrame) -> pl.Series:
    """Share of futures in which more places are needed than there are; nothing is said where they are not known."""
    there = frame["places"].fill_null(0).to_numpy()
    return pl.Series((needed.reshape(len(needed), -1) > there).mean(axis=0))
