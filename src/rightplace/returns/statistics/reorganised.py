"""Counts of authorities that were reorganised, carried to the authorities that took their area."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from rightplace.vocabulary import authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Authorities that ended together, and those in force that cover the same ground between them."""

    ended: tuple[str, ...]
    began: tuple[str, ...]


def changes(in_force: Collection[str]) -> list[Change]:
    """The reorganisations behind the authorities in force: which codes to add up, and which share the sum.

    Dorset, Poole and Bournemouth of before 2019 are one change: Christchurch moved from the first to the successor of the
    others, so only the three together match the two of today.
    """
    found: list[Change] = []
    for code in sorted(authority.AUTHORITIES):
        began = tuple(next_code for next_code in _began(code, in_force) if next_code != code)
        if code in in_force or not began:
            continue
        linked = [change for change in found if set(change.began) & set(began)]
        merged = Change(
            ended=tuple(sorted({code, *(old for change in linked for old in change.ended)})),
            began=tuple(sorted({*began, *(new for change in linked for new in change.began)})),
        )
        found = [*(change for change in found if change not in linked), merged]
    return found


def _began(code: str, in_force: Collection[str]) -> tuple[str, ...]:
    """The codes in force for an authority's area, stopping at the first in force on each line of succession."""
    if code in in_force:
        return (code,)
    return tuple(dict.fromkeys(last for into in authority.AUTHORITIES[code].into for last in _began(into, in_force)))


def carried(history: pl.DataFrame, in_force: Collection[str], england: str) -> pl.DataFrame:
    """The history of the authorities in force and of England, with their predecessors' counts shared among them.

    The predecessors' counts are added and each successor gets its share of them: its part of the successors' total
    in the first year all have one, of the same measure (of plans, where the measure has none). ``source`` says so.
    """
    kept = history.filter(pl.col("la_code").is_in([*in_force, england]))
    return pl.concat([kept, *(_shared(history, change) for change in changes(in_force))])


def _shared(history: pl.DataFrame, change: Change) -> pl.DataFrame:
    old = history.filter(pl.col("la_code").is_in(change.ended))
    new = history.filter(pl.col("la_code").is_in(change.began))
    shares = _shares(new, len(change.began))
    if old.is_empty() or shares.is_empty():
        return history.clear()
    parts = [
        part for measure in old["measure"].unique().sort() if not (part := _part(old, new, shares, measure)).is_empty()
    ]
    return pl.concat(parts).select(history.columns) if parts else history.clear()


def _shares(new: pl.DataFrame, authorities: int) -> pl.DataFrame:
    """Each successor's share of each measure, in the first year all of them have a total: la_code, measure, base, share."""
    totals = new.filter((pl.col("dimension") == "total") & pl.col("people").is_not_null())
    every = totals.filter(
        (pl.len().over("measure", "year") == authorities) & (pl.col("people").sum().over("measure", "year") > 0)
    )
    first = every.filter(pl.col("year") == pl.col("year").min().over("measure"))
    return first.select(
        "la_code",
        "measure",
        pl.col("year").alias("base"),
        (pl.col("people") / pl.col("people").sum().over("measure")).alias("share"),
    )


def _part(old: pl.DataFrame, new: pl.DataFrame, shares: pl.DataFrame, measure: str) -> pl.DataFrame:
    """One measure of the predecessors, shared, for the years before the successors' own."""
    own = shares.filter(pl.col("measure") == measure)
    share = own if not own.is_empty() else shares.filter(pl.col("measure") == "plans")
    first = new.filter(pl.col("measure") == measure)["year"].min()
    before = old.filter(pl.col("measure") == measure)
    if first is not None:
        before = before.filter(pl.col("year") < first)
    summed = before.group_by("year", "measure", "dimension", "value", maintain_order=True).agg(
        pl.when(pl.col("people").null_count() == 0).then(pl.col("people").sum()).alias("people"),
        pl.col("source").first(),
        pl.col("la_code").unique().sort().alias("from"),
    )
    names = pl.col("from").list.eval(pl.element().replace_strict(_names(), return_dtype=pl.String)).list.join(" and ")
    note = pl.format(
        "{}; derived: {} of {}, the part of the total in {}",
        "source",
        (pl.col("share") * 100).round(1).cast(pl.String) + "%",
        names,
        pl.col("base").cast(pl.String),
    )
    return summed.join(share.select("la_code", "base", "share"), how="cross").with_columns(
        (pl.col("people") * pl.col("share")).alias("people"), note.alias("source")
    )


def _names() -> dict[str, str]:
    return {code: one.name for code, one in authority.AUTHORITIES.items()}


def successors_in_force(code: str, in_force: Collection[str]) -> list[str]:
    """The codes in force that have an authority's area: itself, while it is one of them."""
    return [last for last in _began(code, in_force) if last in in_force]
