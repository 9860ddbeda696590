"""Which settings the made-up families ask for next September."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.area.tables import BY_NAME
from rightplace.example.figures import rate
from rightplace.example.kinds import Floats, Ints
from rightplace.vocabulary.setting import SettingKind

_MOST: Final = 3
_AT_ONCE: Final = 1_000
"""Children scored at a time, so that the largest example fits in memory."""
_LAST_YEAR_GROUP: Final = 14
_SPECIAL: Final = (SettingKind.SPECIAL_STATE, SettingKind.SPECIAL_NON_MAINTAINED, SettingKind.SPECIAL_INDEPENDENT)
_BASES: Final = (SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT)
_WISHES: Final[dict[str, tuple[float, float, float]]] = {
    "mainstream": (0.55, 0.15, 0.3), "base": (0.15, 0.55, 0.3), "special": (0.02, 0.08, 0.9),
}  # fmt: skip
"""Share of families that wish for a mainstream school or college, a unit or resourced provision, or a special setting, by
where the child is now. Assumed: what families of children with plans ask for is not published."""
_REACH_METRES: Final = (4_000.0, 8_000.0, 12_000.0)
"""How far they look: the distance at which a setting is wished for 2.7 times less than one next door. Assumed."""
_KINDS: Final[dict[str, int]] = {
    SettingKind.MAINSTREAM: 0, SettingKind.FURTHER_EDUCATION: 0, SettingKind.RESOURCED_PROVISION: 1,
    SettingKind.SEN_UNIT: 1, SettingKind.SPECIAL_STATE: 2, SettingKind.SPECIAL_NON_MAINTAINED: 2,
    SettingKind.SPECIAL_INDEPENDENT: 2, SettingKind.SPECIALIST_POST_16: 2,
}  # fmt: skip


def preferences(
    children: pl.DataFrame, places: pl.DataFrame, september: int, draw: np.random.Generator
) -> pl.DataFrame:
    """The area's ``preferences`` table.

    ``children``: person_id, year_group (of that September), need, kind, easting, northing, leaves (where they are does not
    go on). ``places``: setting_id, base, setting_kind, needs, low and high (year groups), size, easting, northing. Most
    of those who leave name up to three places; a few who could stay ask to move. Places that suit the need, are near and
    are large are asked for more often, whether or not they are full.
    """
    asks = np.where(children["leaves"], rate("preference_recorded"), rate("asks_to_move"))
    asking = children.filter(
        pl.Series(draw.random(children.height) < asks), pl.col("year_group") <= _LAST_YEAR_GROUP,
        pl.col("easting").is_not_null(),
    ).sort("person_id")  # fmt: skip
    order = places.with_columns(group=pl.col("setting_kind").replace_strict(_KINDS, default=-1, return_dtype=pl.Int64))
    order = order.filter(pl.col("group") >= 0).sort("setting_id", "base")
    where = order.select("setting_id", "base").rows()
    rows = []
    for part in asking.iter_slices(_AT_ONCE):
        score = _score(part, order, _wish(part, draw)) + draw.gumbel(size=(part.height, order.height))
        best = np.argsort(-score, axis=1, kind="stable")[:, :_MOST]
        for child, person in enumerate(part["person_id"].to_list()):
            good = [where[place] for place in best[child].tolist() if np.isfinite(score[child, place])]
            named = enumerate(((setting, None if base == "main" else base) for setting, base in good), start=1)
            rows += [(person, september, rank, setting, base) for rank, (setting, base) in named]
    return pl.DataFrame(rows, schema=BY_NAME["preferences"].schema, orient="row")


def _wish(children: pl.DataFrame, draw: np.random.Generator) -> Ints:
    """What each wishes for: 0 mainstream, 1 a base, 2 a special setting."""
    now = children["kind"].to_list()
    like = ["special" if kind in _SPECIAL else "base" if kind in _BASES else "mainstream" for kind in now]
    shares = np.cumsum([_WISHES[each] for each in like], axis=1) if like else np.zeros((0, 3))
    return np.asarray((draw.random((len(like), 1)) > shares).sum(axis=1).clip(0, 2), dtype=np.int64)


def _score(children: pl.DataFrame, places: pl.DataFrame, wish: Ints) -> Floats:
    """How much each child's family would like each place, in logarithms; minus infinity where it takes another age."""
    year = children["year_group"].to_numpy()[:, None]
    takes = (year >= places["low"].to_numpy()) & (year <= places["high"].to_numpy())
    here = children.select("easting", "northing").to_numpy()
    there = places.select("easting", "northing").to_numpy()
    metres = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    group = places["group"].to_numpy()
    suits = np.zeros((children.height, places.height))
    for need in children["need"].unique().drop_nulls().to_list():
        which = np.flatnonzero((children["need"] == need).fill_null(False).to_numpy())  # noqa: FBT003
        fits = places.select((pl.col("needs").list.contains(need)) | (pl.col("needs").list.len() == 0)).to_series()
        suits[which] = np.where(fits.to_numpy(), 0.0, -5.0)
    liked = np.where(group[None, :] == wish[:, None], 0.0, -4.0)
    reach = np.array(_REACH_METRES)[group]
    score = np.log(places["size"].to_numpy().clip(4, 400)) - metres / reach + suits + liked
    return np.asarray(np.where(takes, score, -np.inf))
