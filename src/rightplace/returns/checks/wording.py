"""What a finding says: a rule's message and value, filled from the records it fails on."""

from __future__ import annotations

from collections.abc import Collection
from string import Formatter
from typing import Final

import polars as pl

from rightplace.returns.checks.rule import Rule
from rightplace.returns.checks.terms import COLUMN_OF, as_returned

NEVER_SHOWN: Final = frozenset({"Surname", "Forename", "SENSettingOther"})
"""Items whose contents are not repeated in findings: names, and free text about a person."""

MISSING: Final = "missing"
_GIVEN: Final = "given"


def value(rule: Rule, columns: Collection[str]) -> pl.Expr:
    """The value a finding shows: the rule's own, else its fields as returned. String, "" where there is none."""
    if rule.value is not None:
        return rule.value.fill_null("")
    shown = [(name, _field(name, columns)) for name in rule.fields if name in COLUMN_OF]
    present = [(name, text) for name, text in shown if text is not None]
    if len(present) == 1:
        return present[0][1].fill_null("")
    if not present:
        return pl.lit("")
    parts = [pl.concat_str(pl.lit(f"{name} "), text.fill_null(MISSING)) for name, text in present]
    return pl.concat_str(parts, separator=", ")


def message(rule: Rule, columns: Collection[str]) -> pl.Expr:
    """The message, from a frame that also has ``value`` and, for rules about many items, ``fields``. String."""
    parts: list[pl.Expr] = []
    for text, name, _, _ in Formatter().parse(rule.message):
        if text:
            parts.append(pl.lit(text))
        if name is not None:
            parts.append(_named(rule, name, columns).fill_null(MISSING))
    return pl.concat_str(parts)


def _named(rule: Rule, name: str, columns: Collection[str]) -> pl.Expr:
    filled = _field(name, columns) if name in COLUMN_OF else pl.col(name).cast(pl.String) if name in columns else None
    if filled is None:
        raise ValueError(f"Rule {rule.id} names {{{name}}} in its message, which its table does not have.")
    return filled


def _field(xml: str, columns: Collection[str]) -> pl.Expr | None:
    item = COLUMN_OF[xml]
    column = next((name for name in (as_returned(item), item) if name in columns), None)
    if column is None:
        return None
    if xml in NEVER_SHOWN:
        return pl.when(pl.col(column).is_not_null()).then(pl.lit(_GIVEN))
    return pl.col(column).cast(pl.String)
