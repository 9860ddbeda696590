"""Protecting a frame of counts: tables with margins, and breakdowns that share a total."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from rightplace.disclosure.cells import protect as protect_cells
from rightplace.disclosure.published import Published
from rightplace.disclosure.rule import STANDARD, Rule
from rightplace.disclosure.sums import Sum

Key = tuple[Any, ...]

TOTAL: Final = "total"
"""The label that marks a row as the total over a column."""


def protect(
    frame: pl.DataFrame,
    *,
    value: str,
    groups: Sequence[str],
    total: str = TOTAL,
    within: Sequence[str] = (),
    known_total: bool = False,
    rule: Rule = STANDARD,
) -> pl.DataFrame:
    """A table of counts, safe to publish.

    Each row of ``frame`` is a cell: its labels in the columns ``groups``, its count in ``value``. A
    row whose label in a group is ``total`` is the total over that group, so one group gives a
    breakdown with its total, and two give a table with both margins. ``within`` names columns (a
    year, an authority) whose values make separate tables. ``known_total`` says that the grand total
    is published elsewhere, exactly, and may be used against us.

    Returns the frame with the counts replaced: ``value`` is null unless the number is shown (and
    then rounded), ``<value>_text`` is what to print and ``<value>_status`` is "shown",
    "suppressed" or "missing". Raises ``ValueError`` where two rows are the same cell.
    """
    keys = frame.select(*within, *groups).rows()
    first = len(within)
    sums = [one for column in range(first, first + len(groups)) for one in _margins(keys, column, total)]
    grand = {key for key in keys if all(label == total for label in key[first:])}
    return _protected(frame, keys, value, sums, known=grand if known_total else (), rule=rule)


def protect_breakdowns(
    frame: pl.DataFrame,
    *,
    value: str,
    dimension: str = "dimension",
    label: str = "value",
    within: Sequence[str] = ("year",),
    nested: Mapping[str, tuple[str, Mapping[str, str]]] | None = None,
    known_total: bool = False,
    rule: Rule = STANDARD,
) -> pl.DataFrame:
    """Several breakdowns of one total, safe to publish together.

    Each row is a cell: ``dimension`` names the breakdown ("need", "setting") and ``label`` the cell
    in it; the row with dimension "total" is the total that all breakdowns share. ``nested`` maps a
    breakdown that is finer than another to the name of that other and to the label each of its own
    labels falls in: ``{"year_group": ("phase", {"7": "secondary"})}``.

    Returns the frame with the columns that :func:`protect` gives.
    """
    keys = frame.select(*within, dimension, label).rows()
    sums = list(breakdown_sums(keys, nested or {}))
    totals = [key for key in keys if key[-2] == TOTAL]
    return _protected(frame, keys, value, sums, known=totals if known_total else (), rule=rule)


def breakdown_sums(keys: Sequence[Key], nested: Mapping[str, tuple[str, Mapping[str, str]]]) -> Iterator[Sum[Key]]:
    """The sums of breakdowns that share a total: keys end with (dimension, label)."""
    parts: dict[Key, list[Key]] = {}
    totals: dict[Key, Key] = {}
    present = set(keys)
    for key in keys:
        *outer, breakdown, name = key
        if breakdown == TOTAL:
            totals[tuple(outer)] = key
            continue
        parts.setdefault((*outer, breakdown), []).append(key)
        coarser, falls_in = nested.get(breakdown, ("", {}))
        parent = (*outer, coarser, falls_in.get(name))
        if parent in present:
            parts.setdefault(parent, []).append(key)
    for owner, cells in parts.items():
        above = owner if owner in present else totals.get(owner[:-1])
        if above is not None:
            yield Sum(total=above, parts=tuple(cells))


def _margins(keys: Sequence[Key], column: int, total: str) -> Iterator[Sum[Key]]:
    lines: dict[Key, list[Key]] = {}
    for key in keys:
        if key[column] != total:
            lines.setdefault((*key[:column], total, *key[column + 1 :]), []).append(key)
    present = set(keys)
    for margin, cells in lines.items():
        if margin in present:
            yield Sum(total=margin, parts=tuple(cells))


def _protected(
    frame: pl.DataFrame,
    keys: Sequence[Key],
    value: str,
    sums: Sequence[Sum[Key]],
    *,
    known: Collection[Key],
    rule: Rule,
) -> pl.DataFrame:
    if len(set(keys)) != len(keys):
        raise ValueError("Two rows of the table are the same cell.")
    whole = frame[value].cast(pl.Float64).round().cast(pl.Int64).to_list()
    cells = protect_cells(dict(zip(keys, whole, strict=True)), sums, known=known, rule=rule)
    return with_published(frame, value, [cells[key] for key in keys])


def with_published(frame: pl.DataFrame, value: str, published: Sequence[Published]) -> pl.DataFrame:
    """The frame with ``value`` replaced by published numbers, with their text and status beside them."""
    return frame.with_columns(
        pl.Series(value, [number.value for number in published], dtype=pl.Int64),
        pl.Series(f"{value}_text", [number.text for number in published], dtype=pl.String),
        pl.Series(f"{value}_status", [str(number.status) for number in published], dtype=pl.String),
    )
