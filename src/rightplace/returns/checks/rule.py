"""One check of a SEN2 return, as a value: what must not be, how bad it is, what to say and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.sen2.layout import EDITIONS

Severity = Literal["error", "query", "advice"]
Needed = Literal["", "settings", "previous", "population"]
Status = Literal["documented", "inferred"]

WHOLE: Final = "return"
"""``table`` of a rule that is about the return as a whole or about several tables."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a rule exists. ``documented``: its condition is stated in the source; ``inferred``: it follows from it."""

    status: Status
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A check. Exactly one of ``when`` and ``over`` says where it fails.

    ``severity`` has an entry for each edition the rule applies in. ``when`` is an expression over
    the wide frame of ``table`` (see :mod:`rightplace.returns.checks.frames`), true where the record
    fails; null counts as not failing. ``over`` makes a frame of the failures from all the frames:
    columns ``value`` and, where known, ``table``, ``row`` and ``fields``.

    ``message`` may name in braces an item by its XML name, a column of the frame, or ``value``.
    ``fields`` are XML names. ``value`` is what the finding shows; by default the fields as returned.
    ``needs`` names an input the rule cannot do without. ``counts`` are tables whose records it
    counts: when such a table could not be read, the rule is not run.
    """

    id: str
    table: str
    severity: Mapping[int, Severity]
    title: str
    message: str
    action: str
    fields: tuple[str, ...]
    basis: Basis
    when: pl.Expr | None = None
    over: Callable[[Frames], pl.DataFrame] | None = None
    value: pl.Expr | None = None
    needs: Needed = ""
    counts: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if (self.when is None) == (self.over is None):
            raise ValueError(f"Rule {self.id} needs exactly one of when and over.")

    def applies(self, edition: int) -> bool:
        """Whether the rule holds in an edition."""
        return edition in self.severity


def always(severity: Severity) -> dict[int, Severity]:
    """The same severity in every edition."""
    return dict.fromkeys(EDITIONS, severity)


def since(first: int, severity: Severity) -> dict[int, Severity]:
    """One severity from an edition on; the rule does not apply before it."""
    return {edition: severity for edition in EDITIONS if edition >= first}


def only(edition: int, severity: Severity) -> dict[int, Severity]:
    """A rule of one edition."""
    return {edition: severity}


ERROR: Final = always("error")
QUERY: Final = always("query")
ADVICE: Final = always("advice")


def documented(source: str) -> Basis:
    """The condition is stated in a source."""
    return Basis("documented", source)


def inferred(source: str) -> Basis:
    """The condition follows from a source, or from the meaning of an item, and is not stated there."""
    return Basis("inferred", source)
