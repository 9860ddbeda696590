"""The facts of a register's rows, read into their types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rightplace.returns.gias import types
from rightplace.returns.gias.register import Reading, Register
from rightplace.returns.statistics import cells
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import GIAS_TYPE_KIND

DATES: Final = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
"""How registers write a date: day first, or as Excel saves it, or ISO."""

_NOTHING: Final = ("", "na", "n/a", "null", "not applicable", "not recorded", "unknown")
_SEXES: Final = {"boys": "M", "girls": "F", "mixed": "X"}
_APPROVED: Final = {"approved": True, "not approved": False}
_STATUSES: Final = {
    "1": "open", "2": "closed", "3": "open", "4": "proposed to open", "open, but proposed to close": "open",
}  # fmt: skip
_NEEDS: Final = [need.value for need in Need if need is not Need.NOT_RECORDED]


def facts(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    """One row for each row of the file, with a column for each fact the register has, and ``needs``.

    ``type`` becomes ``gias_type`` (null where the file has no code) and ``setting_kind``; ``provision`` becomes ``resourced`` and
    ``unit`` flags. Text that says "not applicable" is null.
    """
    held = register.columns(set(frame.columns))
    read = [
        expression
        for fact, columns in held.items()
        for expression in _read(frame, fact, columns, register.fields[fact].reading)
    ]
    needs = [column for column in register.needs if column in frame.columns]
    return frame.select(*read, _needs(needs).alias("needs"), _unknown_needs(needs).alias("unknown_needs"))


def words(column: str) -> pl.Expr:
    """Text in lower case, or null where it says there is nothing."""
    lower = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return pl.when(~lower.is_in(_NOTHING)).then(lower)


def _read(frame: pl.DataFrame, fact: str, columns: Sequence[str], reading: Reading) -> list[pl.Expr]:
    match reading:
        case Reading.TYPE_CODE | Reading.TYPE_NAME | Reading.GROUP_NAME:
            return _type(frame, columns, reading)
        case Reading.PROVISION:
            provided = words(columns[0])
            stated = pl.col(columns[0]).str.strip_chars().str.to_lowercase()
            flags = [{name: both[at] for name, both in types.PROVISION.items()} for at in (0, 1)]
            return [
                pl.coalesce(provided, stated).replace_strict(flag, default=None, return_dtype=pl.Boolean).alias(name)
                for flag, name in zip(flags, ("resourced", "unit"), strict=True)
            ]
        case _:
            return [pl.coalesce([_one(frame[column], reading) for column in columns]).alias(fact)]


def _one(column: pl.Series, reading: Reading) -> pl.Expr:
    name = column.name
    number = cells.number(column)
    text = cells.text(column).str.strip_chars()
    values: dict[Reading, pl.Expr] = {
        Reading.NUMBER: number,
        Reading.METRES: number,
        Reading.DEGREES: number,
        Reading.PLACES: pl.when(number > 0).then(number),
        Reading.DATE: pl.coalesce([pl.col(name).cast(pl.String).str.to_date(form, strict=False) for form in DATES]),
        Reading.SEX: words(name).replace_strict(_SEXES, default=None, return_dtype=pl.String),
        Reading.APPROVED: words(name).replace_strict(_APPROVED, default=None, return_dtype=pl.Boolean),
        Reading.STATUS: words(name).replace(_STATUSES),
        Reading.TEXT: pl.when(~text.str.to_lowercase().is_in(_NOTHING)).then(text),
    }
    return values[reading]


def _type(frame: pl.DataFrame, columns: Sequence[str], reading: Reading) -> list[pl.Expr]:
    """GIAS type and kind of setting from a code, a name or only a group."""
    kinds = {code: kind.value for code, kind in GIAS_TYPE_KIND.items()}
    if reading == Reading.GROUP_NAME:
        groups = {name: str(kind) for name, kind in types.GROUPS.items()}
        kind = words(columns[0]).replace_strict(groups, default=None, return_dtype=pl.String)
        return [pl.lit(None, pl.Int16).alias("gias_type"), kind.alias("setting_kind")]
    if reading == Reading.TYPE_CODE:
        code = cells.number(frame[columns[0]]).cast(pl.Int16, strict=False)
        kind = code.replace_strict(kinds, default=None, return_dtype=pl.String)
        return [code.alias("gias_type"), kind.alias("setting_kind")]
    code = pl.coalesce([words(c).replace_strict(types.CODES, default=None, return_dtype=pl.Int16) for c in columns])
    census = pl.coalesce(
        [words(c).replace_strict(_CENSUS_KINDS, default=None, return_dtype=pl.String) for c in columns]
    )
    first = words(columns[0]).replace_strict(types.CODES, default=None, return_dtype=pl.Int16)
    kind = pl.coalesce(code.replace_strict(kinds, default=None, return_dtype=pl.String), census)
    return [first.alias("gias_type"), kind.alias("setting_kind")]


_CENSUS_KINDS: Final = {
    "state-funded special school": GIAS_TYPE_KIND[7].value,
    "independent school": GIAS_TYPE_KIND[11].value,
}


def _needs(columns: Sequence[str]) -> pl.Expr:
    """The needs a setting is set up for: the code before the dash, in capitals, each once."""
    if not columns:
        return pl.lit([], pl.List(pl.String))
    codes = pl.concat_list([_code(column) for column in columns]).list.drop_nulls()
    return codes.list.eval(pl.element().filter(pl.element().is_in(_NEEDS))).list.unique(maintain_order=True)


def _unknown_needs(columns: Sequence[str]) -> pl.Expr:
    if not columns:
        return pl.lit(0, pl.UInt32)
    wrong = [(_code(column).is_not_null() & ~_code(column).is_in(_NEEDS)).cast(pl.UInt32) for column in columns]
    return pl.sum_horizontal(wrong)


def _code(column: str) -> pl.Expr:
    stated = pl.when(words(column).is_not_null()).then(pl.col(column))
    return stated.str.split(" - ").list.first().str.strip_chars().str.to_uppercase()
