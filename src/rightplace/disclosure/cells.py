"""Protecting a set of counts that a reader sees together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rightplace.disclosure.choose import choose
from rightplace.disclosure.components import components, within
from rightplace.disclosure.knowledge import MARKED, Publication, Reason
from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, shown
from rightplace.disclosure.rule import STANDARD, Rule
from rightplace.disclosure.sums import Cell, Sum


def protect(
    counts: Mapping[Cell, int | None],
    sums: Iterable[Sum[Cell]],
    *,
    known: Collection[Cell] = (),
    rule: Rule = STANDARD,
) -> dict[Cell, Published]:
    """Each count as it may be published, so that no small one can be worked out from the others.

    ``counts`` holds every number the reader will see, by any key, with None for one that is missing;
    ``sums`` says how they add up, across all the tables of the publication. ``known`` are counts the
    reader can find elsewhere, exactly. Small counts and as few others as will hide them are
    suppressed; zeros are shown, except in a group whose total is small; the rest are rounded.

    Raises ``ValueError`` for a count below zero or a sum of unknown cells.
    """
    keys = list(counts)
    values = [_whole(counts[key]) for key in keys]
    numbered = _numbered(keys, sums)
    small = {number for number, count in enumerate(values) if count is not None and rule.is_small(count)}
    fixed = frozenset(number for number, key in enumerate(keys) if key in known and values[number] is not None) - small
    published: dict[int, Published] = {}
    # Nothing can be worked out across groups, so each is protected by itself, which is quicker.
    for group in components(len(keys), numbered, fixed=fixed):
        publication = Publication(
            counts=tuple(values[cell] for cell in group),
            sums=within(group, numbered, fixed=fixed),
            known=frozenset(number for number, cell in enumerate(group) if keys[cell] in known),
            rule=rule,
        )
        for cell, reason in zip(group, choose(publication), strict=True):
            published[cell] = _published(values[cell], reason, rule)
    return {key: published[number] for number, key in enumerate(keys)}


def _numbered(keys: list[Cell], sums: Iterable[Sum[Cell]]) -> list[Sum[int]]:
    number = {key: position for position, key in enumerate(keys)}
    try:
        return [
            Sum(
                total=number[one.total],
                parts=tuple(number[cell] for cell in one.parts),
                less=tuple(number[cell] for cell in one.less),
            )
            for one in sums
        ]
    except KeyError as error:
        raise ValueError(f"A sum names a count that is not given: {error.args[0]!r}.") from error


def _whole(count: int | None) -> int | None:
    if count is not None and count < 0:
        raise ValueError(f"A count of people cannot be {count}.")
    return count


def _published(count: int | None, reason: Reason, rule: Rule) -> Published:
    if count is None:
        return MISSING
    return SUPPRESSED if reason in MARKED else shown(rule.rounded(count))
