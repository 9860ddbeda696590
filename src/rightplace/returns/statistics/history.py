"""Yearly counts of every authority, one for each year, measure and cell, from all the files that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rightplace.returns.statistics import labels
from rightplace.returns.statistics.counts import Counts

COLUMNS: Final = ("la_code", "year", "measure", "dimension", "value", "people", "source")
STOCKS: Final = ("plans",)
"""Measures counted on a day in January; the others are counted over a calendar year."""

_BLOCK: Final = "block"
_PUBLICATION: Final = "publication"


def together(read: Sequence[Counts], *, until: int | None = None) -> pl.DataFrame:
    """The counts of all files, each from one publication, with age bands summed where only ages are published.

    Where several files hold the counts of an authority, year, measure and dimension, those of the latest
    layout and edition that has a number stand. ``until`` is the last January used: no count after it, and no flow of its
    own calendar year or a later one, has any part in the result. Columns: ``la_code`` and those of the history.
    """
    frame = pl.concat([one.frame for one in read])
    if until is not None:
        stock = pl.col("measure").is_in(STOCKS)
        frame = frame.filter(pl.when(stock).then(pl.col("year") <= until).otherwise(pl.col("year") < until))
    one = _one_publication(frame).select(COLUMNS)
    return pl.concat([one, bands_of_ages(one)])


def _one_publication(frame: pl.DataFrame) -> pl.DataFrame:
    """Each block (authority, year, measure, dimension) from the publication that ranks highest and has a number."""
    if frame.is_empty():
        return frame
    keyed = frame.with_columns(_block(frame), _publication())
    held = keyed.group_by(_BLOCK, _PUBLICATION).agg(pl.col("people").is_not_null().any().alias("has"))
    best = held.sort("has", _PUBLICATION, descending=True).unique(_BLOCK, keep="first", maintain_order=True)
    chosen = keyed.join(best, on=[_BLOCK, _PUBLICATION], how="semi", maintain_order="left")
    return chosen.filter(pl.struct(_BLOCK, "value").is_first_distinct())


def _block(frame: pl.DataFrame) -> pl.Expr:
    """A whole number for each authority, year, measure and dimension: far quicker to group by than four columns of text."""
    key = pl.col("year").cast(pl.Int64)
    for column in ("la_code", "measure", "dimension"):
        names = frame[column].unique().sort().to_list()
        number = pl.col(column).replace_strict(names, list(range(len(names))), return_dtype=pl.Int64)
        key = key * (len(names) + 1) + number
    return key.alias(_BLOCK)


def _publication() -> pl.Expr:
    """A whole number that is higher for the publication to prefer: later layout, later edition, earlier series of the shape."""
    edition = pl.col("generation").cast(pl.Int64) * 10_000 + pl.col("edition")
    return (edition * 100 + (99 - pl.col("rank"))).alias(_PUBLICATION)


def bands_of_ages(history: pl.DataFrame) -> pl.DataFrame:
    """Counts by age band, summed from single ages, for the years and measures that have no bands of their own.

    People of unknown age are in no band. A band is null where any of its ages is.
    """
    band_of = {
        label: band
        for label in {*labels.AGES.values()}
        if (span := labels.age_range(label)) is not None
        for band, (first, last) in labels.AGE_BANDS.items()
        if first <= span[0] and span[1] <= last
    }
    banded = history.filter(pl.col("dimension") == "age_band").select("la_code", "year", "measure").unique()
    ages = history.filter(pl.col("dimension") == "age").join(banded, on=["la_code", "year", "measure"], how="anti")
    return (
        ages.with_columns(pl.col("value").replace_strict(band_of, default=None, return_dtype=pl.String))
        .filter(pl.col("value").is_not_null())
        .group_by("la_code", "year", "measure", "value", maintain_order=True)
        .agg(
            pl.when(pl.col("people").null_count() == 0).then(pl.col("people").sum()).alias("people"),
            pl.concat_str(pl.col("source").first(), pl.lit("derived: summed from single ages"), separator="; "),
        )
        .with_columns(pl.lit("age_band").alias("dimension"))
        .select(COLUMNS)
    )
