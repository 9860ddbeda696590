"""Children and bases as numbers, so that compiled code can test every pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.places.bases import MAIN
from rightplace.places.children import STAYING
from rightplace.places.travel.transport import BUSED, CANNOT_WALK, TAXIED, WITH_ASSISTANT
from rightplace.places.travel.travel import Travel, Ways, owned
from rightplace.vocabulary import year_group as year_groups
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int8]
Rows = npt.NDArray[np.int32]
Sets = npt.NDArray[np.uint64]

NEEDS: Final = tuple(str(need) for need in Need)
"""Needs in the order of their numbers and bits."""
LOOSE: Final = tuple(NEEDS.index(need) for need in (Need.DS, Need.OTH, Need.NOT_RECORDED))
"""Needs that registers do not say settings are set up for: Down syndrome has no code there, and "other" names none."""
UNKNOWN: Final = -(2**31)
"""Stands for a whole number that is not known."""
SEXES: Final = {"M": 1, "F": 2, "X": 3}
PEER_YEARS: Final = 2
"""Year groups on either side in which others are peers."""
ANY_NEED: Final = (SettingKind.MAINSTREAM, SettingKind.EARLY_YEARS, SettingKind.FURTHER_EDUCATION)
"""Kinds whose main base is for everyone, whatever the need."""
_WORD: Final = 64
_YEARS: Final = len(year_groups.YEAR_GROUPS)


class Kids(NamedTuple):
    """Children as arrays, one place a child. ``second`` and ``now`` are -1 where there is none or it is not known.

    ``now_setting`` is a number of a setting, -1 where unknown; ``sibling`` holds settings from ``sibling_start``.
    """

    year_group: Whole
    need: Small
    second: Small
    provision: Sets
    sex: Small
    now: Rows
    now_setting: Rows
    stays: Small
    family: Small
    sibling_start: Whole
    sibling: Rows
    cannot_walk: Small
    assistant: Small


class Places(NamedTuple):
    """Bases as arrays, one place a base. ``how_needs``: 0 not stated, 1 stated, 2 for any need.

    ``free`` is places free in September, or :data:`UNKNOWN`. ``peers`` has shape (bases, needs, year groups): children of
    the area who will be there, with that need and within two year groups. ``all_ours``: nobody else is on its roll.
    """

    low: Whole
    high: Whole
    needs: Whole
    how_needs: Small
    provides: Sets
    provides_stated: Small
    sex: Small
    free: Whole
    setting: Rows
    travel_kind: Small
    boards: Small
    peers: npt.NDArray[np.int16]
    all_ours: Small


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Frames of children and bases with the same as numbers, and the travel between them."""

    children: pl.DataFrame
    bases: pl.DataFrame
    travel: Travel
    kids: Kids
    places: Places
    ways: Ways
    settings: tuple[str, ...]
    ours_now: Rows
    ours_staying: Rows


def code(children: pl.DataFrame, bases: pl.DataFrame, travel: Travel) -> Coded:
    """Everything the tests ask of every pair. Frames as :data:`~rightplace.places.children.CHILDREN` and
    :data:`~rightplace.places.bases.BASES`."""
    settings = _settings(children, bases)
    number = {name: at for at, name in enumerate(settings)}
    words = _words(children, bases)
    kids = _kids(children, bases, number, words)
    ours = _at(kids.now, bases.height)
    staying = _at(np.where(kids.stays == 1, kids.now, -1).astype(np.int32), bases.height)
    return Coded(
        children=children,
        bases=bases,
        travel=travel,
        kids=kids,
        places=_places(bases, number, words, kids, ours, staying),
        ways=travel.ways(children, bases),
        settings=settings,
        ours_now=ours,
        ours_staying=staying,
    )


def _settings(children: pl.DataFrame, bases: pl.DataFrame) -> tuple[str, ...]:
    every = [bases["setting_id"], children["now_setting_id"], children["sibling_settings"].explode()]
    return tuple(pl.concat([column.cast(pl.String) for column in every]).drop_nulls().unique().sort().to_list())


def _words(children: pl.DataFrame, bases: pl.DataFrame) -> dict[str, int]:
    both = pl.concat([children["provision"].explode(), bases["provides"].explode()])
    return {word: at for at, word in enumerate(both.drop_nulls().unique().sort().to_list())}


def _kids(children: pl.DataFrame, bases: pl.DataFrame, number: dict[str, int], words: dict[str, int]) -> Kids:
    key = pl.concat_str("now_setting_id", pl.lit("/"), "now_base")
    rows = {
        f"{setting}/{base}": at for at, (setting, base) in enumerate(bases.select("setting_id", "base").iter_rows())
    }
    need = _need(children["need"], NEEDS.index(Need.NOT_RECORDED))
    siblings = children["sibling_settings"]
    kids = Kids(
        year_group=children["year_group"].cast(pl.Int64).to_numpy(),
        need=need,
        second=_need(children["second_need"], -1),
        provision=_sets(children["provision"], words),
        sex=_sex(children["sex"]),
        now=_numbers(children.select(key.alias("now"))["now"], rows),
        now_setting=_numbers(children["now_setting_id"], number),
        stays=(children["why"] == STAYING).cast(pl.Int8).to_numpy(),
        family=children["family_id"].is_not_null().cast(pl.Int8).to_numpy(),
        sibling_start=np.concatenate([[0], np.cumsum(siblings.list.len().to_numpy())]).astype(np.int64),
        sibling=_numbers(siblings.explode(empty_as_null=False, keep_nulls=False), number),
        cannot_walk=np.isin(need, [NEEDS.index(each) for each in CANNOT_WALK]).astype(np.int8),
        assistant=np.isin(need, [NEEDS.index(each) for each in WITH_ASSISTANT]).astype(np.int8),
    )
    return Kids(*_owned(kids))


def _places(
    bases: pl.DataFrame, number: dict[str, int], words: dict[str, int], kids: Kids, ours: Rows, staying: Rows
) -> Places:
    kind = bases["setting_kind"]
    anyone = kind.is_in(ANY_NEED) & (bases["base"] == MAIN) & (bases["needs"].list.len() == 0)
    stated = (bases["needs"].list.len() > 0).cast(pl.Int8).to_numpy()
    masks = np.zeros(bases.height, dtype=np.int64)
    for place, codes in enumerate(bases["needs"].to_list()):
        masks[place] = sum(1 << NEEDS.index(each) for each in set(codes) if each in NEEDS)
    roll = _whole(bases["roll"])
    places = Places(
        low=_whole(bases["low_year_group"]),
        high=_whole(bases["high_year_group"]),
        needs=masks,
        how_needs=np.where(anyone.to_numpy(), 2, stated).astype(np.int8),
        provides=_sets(bases["provides"], words),
        provides_stated=(bases["provides"].list.len() > 0).cast(pl.Int8).to_numpy(),
        sex=_sex(bases["sex"]),
        free=free_places(_whole(bases["capacity"]), roll, ours, staying),
        setting=_numbers(bases["setting_id"], number),
        travel_kind=np.where(kind.is_in(TAXIED), 2, np.where(kind.is_in(BUSED), 1, 0)).astype(np.int8),
        boards=bases["residential"].fill_null(False).cast(pl.Int8).to_numpy(),  # noqa: FBT003
        peers=_peers(kids, bases.height),
        all_ours=((roll > 0) & (ours >= roll)).astype(np.int8),
    )
    return Places(*_owned(places))


def _owned(arrays: Sequence[Any]) -> list[Any]:
    return [owned(np.asarray(each)) for each in arrays]


def free_places(capacity: Whole, roll: Whole, ours: Rows, staying: Rows) -> Whole:
    """Places free in September: capacity less others on roll and less the area's own who stay.

    Others are the roll less the area's own now; where more of the area's own are there than are on roll, there are none.
    """
    others = np.maximum(roll - ours, 0)
    known = (capacity != UNKNOWN) & (roll != UNKNOWN)
    return np.where(known, capacity - others - staying, UNKNOWN).astype(np.int64)


def _peers(kids: Kids, bases: int) -> npt.NDArray[np.int16]:
    counts = np.zeros((bases, len(NEEDS), _YEARS + 2 * PEER_YEARS), dtype=np.int16)
    there = (kids.stays == 1) & (kids.now >= 0)
    row = kids.year_group[there] - year_groups.FIRST
    for shift in range(2 * PEER_YEARS + 1):
        np.add.at(counts, (kids.now[there], kids.need[there], row + shift), 1)
    return np.ascontiguousarray(counts[:, :, PEER_YEARS : PEER_YEARS + _YEARS])


def _need(column: pl.Series, otherwise: int) -> Small:
    numbers = {need: at for at, need in enumerate(NEEDS)}
    return column.replace_strict(numbers, default=otherwise, return_dtype=pl.Int8).fill_null(otherwise).to_numpy()


def _sex(column: pl.Series) -> Small:
    return column.replace_strict(SEXES, default=0, return_dtype=pl.Int8).fill_null(0).to_numpy()


def _numbers(column: pl.Series, number: dict[str, int]) -> Rows:
    return column.cast(pl.String).replace_strict(number, default=-1, return_dtype=pl.Int32).fill_null(-1).to_numpy()


def _whole(column: pl.Series) -> Whole:
    return column.cast(pl.Int64).fill_null(UNKNOWN).to_numpy()


def _at(now: Rows, bases: int) -> Rows:
    return np.bincount(now[now >= 0], minlength=bases).astype(np.int32)


def _sets(column: pl.Series, words: dict[str, int]) -> Sets:
    """Each list of words as bits, shape (rows, words of 64)."""
    out = np.zeros((len(column), max(1, -(-len(words) // _WORD))), dtype=np.uint64)
    lists = pl.DataFrame({"word": column}).with_row_index("row").explode("word").drop_nulls("word")
    if not lists.is_empty():
        bit = lists["word"].replace_strict(words, return_dtype=pl.Int64).to_numpy()
        shifted = np.left_shift(np.uint64(1), (bit % _WORD).astype(np.uint64))
        np.bitwise_or.at(out, (lists["row"].to_numpy(), bit // _WORD), shifted)
    return out
