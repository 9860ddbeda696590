"""One spelling of a value: the forms a Blade export and a spreadsheet give to dates, flags and whole numbers.

Only forms with one meaning are changed. Anything else, ``01/02/2024`` above all, stays as it is, so that
the checks find it. Blade writes a date as ``2024-Sep-28 00:00:00``; the XML of the return writes ``2024-09-28``.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.returns.sen2.layout import Item, Kind

NUMERIC_TEXT: Final = frozenset({"urn", "ukprn", "uln", "lea", "serial_no"})
"""Items kept as text that hold digits only, so that a spreadsheet may have added ``.0`` to them."""

_ISO_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_ISO_MIDNIGHT: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(:00(\.0+)?)?$"
_BLADE_DATE: Final = r"^([0-9]{4}-[A-Za-z]{3}-[0-9]{1,2})( 00:00(:00)?)?$"
_BLADE_TIME: Final = r"^[0-9]{4}-[A-Za-z]{3}-[0-9]{1,2} [0-9]{1,2}:[0-9]{2}:[0-9]{2}$"
_ISO_TIME: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}$"
_WHOLE: Final = r"^(-?[0-9]+)\.0+$"
_YES: Final = ("1", "true", "yes", "y")
_NO: Final = ("0", "false", "no", "n")


def clean(text: pl.Expr) -> pl.Expr:
    """Text without surrounding space; null where nothing is left."""
    bare = text.str.strip_chars()
    return pl.when(bare != "").then(bare)


def canonical(item: Item, text: pl.Expr) -> pl.Expr:
    """The text of an item in its one spelling, for forms with one meaning; otherwise unchanged."""
    if item.name in NUMERIC_TEXT:
        return whole_number(text)
    forms = {"date": date, "datetime": date_time, "flag": flag, "integer": whole_number, "code": whole_number}
    return forms[item.kind](text) if item.kind in forms else text


def date(text: pl.Expr) -> pl.Expr:
    """``2024-Sep-28 00:00:00`` and ``2024-09-28T00:00:00`` become ``2024-09-28``."""
    blade = text.str.extract(_BLADE_DATE).str.to_date("%Y-%b-%d", strict=False).dt.strftime("%Y-%m-%d")
    return pl.coalesce(blade, text.str.extract(_ISO_MIDNIGHT), text)


def date_time(text: pl.Expr) -> pl.Expr:
    """``2024-Sep-28 09:30:00`` becomes ``2024-09-28T09:30:00``."""
    blade = pl.when(text.str.contains(_BLADE_TIME)).then(text)
    moment = blade.str.to_datetime("%Y-%b-%d %H:%M:%S", strict=False, time_unit="us").dt.strftime("%Y-%m-%dT%H:%M:%S")
    iso = pl.when(text.str.contains(_ISO_TIME)).then(text.str.replace(" ", "T", literal=True))
    return pl.coalesce(moment, iso, text)


def flag(text: pl.Expr) -> pl.Expr:
    """Yes in its spellings (1, 1.0, true, yes, y) becomes ``1``, no becomes ``0``."""
    lower = whole_number(text).str.to_lowercase()
    return pl.when(lower.is_in(_YES)).then(pl.lit("1")).when(lower.is_in(_NO)).then(pl.lit("0")).otherwise(text)


def whole_number(text: pl.Expr) -> pl.Expr:
    """``12.0`` becomes ``12``."""
    return pl.coalesce(text.str.extract(_WHOLE), text)


def typed(kind: Kind, text: pl.Expr) -> pl.Expr:
    """The value of canonical text: Date, Datetime, Boolean, Int16 or String; null where it cannot be read."""
    if kind == "date":
        return pl.when(text.str.contains(_ISO_DATE)).then(text).str.to_date("%Y-%m-%d", strict=False)
    if kind == "datetime":
        iso = pl.when(text.str.contains(_ISO_TIME)).then(text)
        return iso.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us")
    if kind == "flag":
        return text.replace_strict({"1": True, "0": False}, default=None, return_dtype=pl.Boolean)
    if kind == "integer":
        return pl.when(text.str.contains(r"^-?[0-9]+$")).then(text).cast(pl.Int16, strict=False)
    return text
