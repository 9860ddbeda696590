"""A SEN2 return in memory: nine frames of text exactly as returned, and a typed view of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file as a file, found while reading: what, where, what to do.

    ``rule`` is one of :data:`rightplace.returns.sen2.faults.FILE_RULES`, which also gives its
    severity, title and basis. ``line`` is 0 when the fault has no one line.
    """

    rule: str
    message: str
    line: int
    action: str
    table: str = ""
    value: str = ""
    severity: Literal["error", "query", "advice"] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sen2Return:
    """One authority's return for one January.

    ``tables`` maps the names of :data:`rightplace.returns.sen2.layout.TABLES` to frames. Each frame
    has ``row`` (UInt32), ``<parent>_row`` (UInt32, but for ``sen2``), ``line`` (UInt32) and one
    String column for every item of *any* edition (null when absent or empty), holding the
    text as returned with surrounding space removed. ``problems`` are findings of the reader itself.
    """

    edition: int
    source: str
    sha256: str
    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Problem, ...] = ()
