"""What is known of one child and one base, as words can be made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rightplace.places.fit.coded import UNKNOWN, Coded
from rightplace.vocabulary import year_group as year_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One row of children and one of bases, the journey between them, and the counts that tests of fit ask for.

    ``km`` and ``minutes`` are None where not known; ``basis`` is a :class:`~rightplace.places.travel.travel.Basis`.
    """

    child: dict[str, Any]
    base: dict[str, Any]
    km: float | None
    minutes: float | None
    guide: float
    basis: int
    free: int | None
    ours_now: int
    ours_staying: int
    peers: int
    here: bool
    siblings_here: bool


def facts(coded: Coded, child: int, base: int, *, km: float, minutes: float, basis: int, guide: float) -> Facts:
    """The facts of a pair, by rows of the coded frames. ``km`` and ``minutes`` may be not a number."""
    kid = coded.children.row(child, named=True)
    place = coded.bases.row(base, named=True)
    free = int(coded.places.free[base])
    here = int(coded.kids.now[child]) == base
    year = int(coded.kids.year_group[child]) - year_groups.FIRST
    peers = int(coded.places.peers[base, int(coded.kids.need[child]), year])
    return Facts(
        child=kid,
        base=place,
        km=km if km == km else None,
        minutes=minutes if minutes == minutes else None,
        guide=guide,
        basis=basis,
        free=None if free == UNKNOWN else free,
        ours_now=int(coded.ours_now[base]),
        ours_staying=int(coded.ours_staying[base]),
        peers=peers - (here and bool(coded.kids.stays[child])),
        here=here,
        siblings_here=place["setting_id"] in kid["sibling_settings"],
    )
