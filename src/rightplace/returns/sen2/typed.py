"""A table of a return with its dates, flags and whole numbers read."""

from __future__ import annotations

import polars as pl

from rightplace.returns.sen2.canonical import canonical
from rightplace.returns.sen2.canonical import typed as value
from rightplace.returns.sen2.frames import numbers
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return


def typed(ret: Sen2Return, table: str) -> pl.DataFrame:
    """The table with ``row``, ``<parent>_row`` and ``line`` as they are, and each item in its type.

    Dates are ``Date``, the header's date and time ``Datetime``, flags ``Boolean``, whole numbers
    ``Int16``, all else ``String``. ISO and Blade spellings are read; text that is neither gives null.
    """
    kept = numbers(BY_NAME[table])
    items = BY_NAME[table].items
    return ret.tables[table].select(
        *kept, *(value(item.kind, canonical(item, pl.col(item.name))).alias(item.name) for item in items)
    )
