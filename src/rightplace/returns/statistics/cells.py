"""Cells of published tables: numbers with the publisher's symbols, codes kept as text, and years."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.returns.statistics.shape import Clock, Level
from rightplace.vocabulary import authority

ENGLAND: Final = "ENG"
"""What stands in ``la_code`` for England as a whole."""

SYMBOLS: Final = ("x", "z", "c", "k", "u", "low", "~", ":", "-", ".", "..", "...", "n/a", "na", "supp", "suppressed")
"""What departments write where there is no number: not available, not applicable, suppressed, low. None of them is zero.

Source: Government Statistical Service, Using symbols in tables; Department for Education data conventions.
"""


def text(column: pl.Series) -> pl.Expr:
    """A column as text: codes typed as numbers come back without a decimal point."""
    expression = pl.col(column.name)
    if column.dtype == pl.String:
        return expression
    return expression.cast(pl.String).str.replace(r"\.0$", "")


def number(column: pl.Series) -> pl.Expr:
    """A column as numbers: a symbol, or text that is no number, is null. Commas and pound signs are passed over."""
    if column.dtype.is_numeric():
        value = pl.col(column.name).cast(pl.Float64)
    elif column.dtype == pl.String:
        value = pl.col(column.name).str.replace_all(r"[,£%\s]", "").cast(pl.Float64, strict=False)
    else:
        return pl.lit(None, pl.Float64).alias(column.name)
    return pl.when(value.is_finite()).then(value).alias(column.name)


def not_numbers(column: pl.Series) -> int:
    """How many cells hold text that is neither a number nor one of the publisher's symbols."""
    if column.dtype != pl.String:
        return 0
    bare = pl.col(column.name).str.to_lowercase().str.strip_chars("[] ")
    wrong = number(column).is_null() & bare.is_not_null() & ~bare.is_in([*SYMBOLS, ""])
    return int(column.to_frame().select(wrong.sum()).item())


def year(column: str, clock: Clock) -> pl.Expr:
    """The year of a time period (text): Int16, null where it cannot be read.

    A period is a year ("2024") or a span ("202425", "2024/25", "2024-25"). A January count labelled with an academic year
    is that of its second year; anything else takes the first.
    """
    period = pl.col(column).str.strip_chars()
    start = period.str.extract(r"^(\d{4})(?:\D?\d{2,4})?$").cast(pl.Int16, strict=False)
    span = period.str.len_chars() > 4
    return pl.when(span & pl.lit(clock == Clock.JANUARY)).then(start + 1).otherwise(start)


def level(column: str) -> pl.Expr:
    """The geography of a row, as a ``Level`` value."""
    return pl.col(column).str.to_lowercase().str.strip_chars()


def la_code(frame: pl.DataFrame, *, code: str = "", ons_code: str = "") -> pl.Expr:
    """Three-digit code of each row from that code, else from an ONS code of any year; null where neither is known."""
    known = pl.lit(None, pl.String)
    if code and code in frame.columns:
        digits = text(frame[code])
        known = pl.when(digits.is_in(list(authority.AUTHORITIES))).then(digits)
    if ons_code and ons_code in frame.columns:
        by_ons = text(frame[ons_code]).replace_strict(authority.ONS_CODES, default=None, return_dtype=pl.String)
        known = pl.coalesce(known, by_ons)
    return known


def place(frame: pl.DataFrame) -> pl.Expr:
    """``la_code`` of the rows of a DfE statistical table: England, an authority, or null for anywhere else."""
    where = level("geographic_level")
    return (
        pl.when(where == Level.NATIONAL.value)
        .then(pl.lit(ENGLAND))
        .when(where == Level.AUTHORITY.value)
        .then(la_code(frame, code="old_la_code", ons_code="new_la_code"))
    )
