"""Kinds of setting that returns turn into one another, and how wrong shares of such families, and of kinds within them, have been.

A unit that is told of as a base, or a school that changes its register, moves plans between kinds of one family at a stroke and leaves the
family as it was. So errors of families are told apart from errors of kinds within them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.vocabulary.setting import SettingKind as Kind

Reals = NDArray[np.float64]

FAMILIES: Final = {
    "mainstream_schools": (Kind.MAINSTREAM, Kind.RESOURCED_PROVISION, Kind.SEN_UNIT),
    "special_schools": (Kind.SPECIAL_STATE, Kind.SPECIAL_NON_MAINTAINED, Kind.SPECIAL_INDEPENDENT),
    "colleges": (Kind.FURTHER_EDUCATION, Kind.SPECIALIST_POST_16),
    "no_school_or_college": (
        Kind.HOME_EDUCATION, Kind.OTHERWISE_THAN_AT_SCHOOL, Kind.NOT_IN_EDUCATION, Kind.OTHER, Kind.NOT_RECORDED,
    ),
}  # fmt: skip
"""Families of kinds; any other kind is a family of its own, by its own name."""


class Apart(NamedTuple):
    """Plans by part in a later January: as ``foretold``, as they ``came``, and those ``had`` before; and log ``errors`` (rows, parts)."""

    foretold: Reals
    came: Reals
    had: Reals
    errors: Reals


def names(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The family of each part."""
    family_of = {kind.value: family for family, kinds in FAMILIES.items() for kind in kinds}
    return tuple(family_of.get(part, part) for part in parts)


def members(family: tuple[str, ...]) -> tuple[tuple[str, ...], Reals]:
    """Families in the order in which the parts' are named, and which part belongs to which: (parts, families) of 1 and 0."""
    once = tuple(dict.fromkeys(family))
    return once, np.array([[float(name == one) for one in once] for name in family])


def apart(foretold: Reals, came: Reals, had: Reals) -> Apart:
    """Errors of plans foretold, in logs; half a plan is added, so that none is infinite."""
    return Apart(foretold, came, had, np.log((came + 0.5) / (foretold + 0.5)))


def joined(each: list[Apart]) -> Apart:
    """The rows of several Januaries."""
    return Apart(*(np.concatenate(columns) for columns in zip(*each, strict=True)))


def of_families(kinds: Apart, member: Reals) -> Apart:
    """The same of families."""
    return apart(kinds.foretold @ member, kinds.came @ member, kinds.had @ member)


def within(kinds: Apart, member: Reals) -> Apart:
    """The same of kinds, with errors of their shares of the family."""
    return kinds._replace(errors=kinds.errors - of_families(kinds, member).errors @ member.T)
