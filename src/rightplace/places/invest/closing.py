"""Closing a base that is there now, or making it smaller: the options, what they save, and what the law asks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.calendar.academic import academic_year
from rightplace.errors import UserError
from rightplace.places.invest.scheme import Scheme, usual
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]
KEEP: Final = "keep"
CLOSE: Final = "close"
HALVE: Final = "halve"
ACTIONS: Final[dict[str, float]] = {CLOSE: 0.0, HALVE: 0.5}
"""What may be done to a base, and the share of its places that is left at the end."""

ALL: Final = "all"
FIXED: Final = {
    "option": pl.Int64(), "place": pl.Int64(), "action": pl.String(), "september": pl.Int64(), "saved_gbp": pl.Float64(), "left": pl.Float64(),
}  # fmt: skip
"""Columns: number of the option and of its scheme in the problem; what it is, from which September (null: as now); pounds saved over the
years looked at, discounted; and places left in the last of them."""

_USUAL: Final = {
    str(SettingKind.SEN_UNIT): "sen_unit",
    str(SettingKind.RESOURCED_PROVISION): "resourced_provision",
    str(SettingKind.SPECIAL_STATE): "special_expansion",
}
_NOTICE: Final = 2
"""Septembers from the present academic year to the first without a new intake: a year to consult and decide in, so that families choose
knowing it. An assumption."""

DUTY: Final[dict[str, str]] = {
    str(SettingKind.SPECIAL_STATE): (
        "Closing a maintained special school, or taking a tenth or more of its places (or 20) away, needs published proposals, four weeks for "
        "representations and a decision within two months (Education and Inspections Act 2006, section 15; School Organisation Regulations "
        "2013, SI 2013/3109 and 3110); an academy, the consent of the Secretary of State."
    ),
    "": (
        "Taking away or altering places that a maintained mainstream school keeps for special educational needs is a prescribed alteration: "
        "published proposals, four weeks for representations and a decision within two months (SI 2013/3110); an academy follows the "
        "guidance on significant changes."
    ),
}
"""What must come first, by kind of setting. Not read at first hand in the regulations [GK]."""
EVERYONE: Final = (
    "No child is moved: the base takes no new year group from that September, and its places end as those who are there leave. A child "
    "moves only through a review of its own plan. What takes its place must be at least as good for the children concerned (the test "
    "of statutory guidance on special educational needs)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A base that may be closed or made smaller: its row among those there now, year groups, first September, and saving.

    ``place_gbp`` is saved a year for each place that is no longer kept open, used or not.
    """

    row: int
    groups: int
    earliest: int
    place_gbp: float


def closings(now: pl.DataFrame, wanted: Sequence[str], *, on: date) -> tuple[Closing, ...]:
    """The bases of ``now`` (:data:`~rightplace.places.invest.supply.SUPPLY`) that ``wanted`` names, as SETTING/BASE or "all".

    "all" is every unit, resourced provision and state special school. Raises ``UserError`` for a base that is not there, or of another kind.
    """
    keys = {
        f"{setting}/{base}": row for row, (setting, base) in enumerate(now.select("setting_id", "base").iter_rows())
    }
    kinds = now["setting_kind"].to_list()
    rows = {row for row, kind in enumerate(kinds) if kind in _USUAL} if ALL in wanted else set()
    for name in wanted:
        if name == ALL:
            continue
        if name not in keys:
            raise UserError(
                f"{name} is not a base of the area that is there now.",
                where="--may-close",
                action=f"Use one such as {next(iter(keys), ALL)}.",
            )
        if kinds[keys[name]] not in _USUAL:
            raise UserError(
                f"{name} is bought, not kept by the area, so it is not the area's to close.",
                where="--may-close",
                action="Leave it out.",
            )
        rows.add(keys[name])
    return tuple(_closing(now.row(row, named=True), row, on) for row in sorted(rows))


def _closing(base: dict[str, object], row: int, on: date) -> Closing:
    low, high = (base[name] for name in ("low_year_group", "high_year_group"))
    groups = int(str(high)) - int(str(low)) + 1 if low is not None and high is not None else 7
    return Closing(
        row=row, groups=max(groups, 1), earliest=academic_year(on) + _NOTICE,
        place_gbp=usual(_USUAL[str(base["setting_kind"])], on)["place_gbp"],
    )  # fmt: skip


def take_off(serve: Reals, closings: Sequence[Closing]) -> None:
    """Take what each open place costs off the yearly cost of a child there, in place: it is paid for the place, used or not."""
    for one in closings:
        serve[one.row] = np.maximum(serve[one.row] - one.place_gbp, 0.0)


def options(
    room: Reals,
    closings: Sequence[Closing],
    septembers: Sequence[int],
    weight: Reals,
    first_place: int,
    first_option: int,
) -> tuple[pl.DataFrame, Reals, Reals]:
    """Options of what is there now: columns :data:`FIXED`, their costs, and places by September.

    ``room`` (bases, years) is as now. Every base may be kept; those of ``closings`` may also take no new year group from a September on,
    until none or half of their places are left.
    """
    by_row = {one.row: one for one in closings}
    rows: list[tuple[int, int, str, int | None, float, float]] = []
    cost, places = [], []
    for row, now in enumerate(room):
        one = by_row.get(row)
        full = 0.0 if one is None else one.place_gbp * float(now @ weight)
        plans = [(KEEP, None, now), *(() if one is None else _phased(one, now, septembers))]
        for action, september, held in plans:
            spent = 0.0 if one is None else one.place_gbp * float(held @ weight)
            rows.append((first_option + len(rows), first_place + row, action, september, full - spent, float(held[-1])))
            cost.append(spent)
            places.append(held)
    frame = pl.DataFrame(rows, schema=FIXED, orient="row")
    return frame, np.array(cost), np.array(places).reshape(len(rows), len(septembers))


def not_both(
    schemes: Sequence[Scheme], options: pl.DataFrame, fixed: pl.DataFrame, now: pl.DataFrame
) -> tuple[Reals, Reals, tuple[str, ...]]:
    """Rows, limits and names: a base is not closed or halved where its setting gets new places."""
    found, limit, names = [], [], []
    closable = fixed.filter(pl.col("action") != KEEP)["place"].unique().sort()
    for place in closable.to_list():
        base = now.row(place - len(schemes), named=True)
        there = [
            at for at, scheme in enumerate(schemes) if scheme.setting_id and scheme.setting_id == base["setting_id"]
        ]
        opens = options["place"].is_in(there).to_numpy().astype(np.float64)
        ends = fixed.select((pl.col("place") == place) & (pl.col("action") != KEEP)).to_series().to_numpy() * float(
            len(there)
        )
        if there:
            found.append(np.concatenate([opens, ends]))
            limit.append(float(len(there)))
            names.append(f"{base['name']}: closed or given new places, not both")
    return np.array(found).reshape(len(found), options.height + fixed.height), np.array(limit), tuple(names)


def _phased(one: Closing, now: Reals, septembers: Sequence[int]) -> list[tuple[str, int, Reals]]:
    """A base that takes no new year group: each September one year group of places goes, until the share of its action is left."""
    found = []
    for september in septembers:
        if september < one.earliest:
            continue
        gone = np.clip((np.array(septembers) - september + 1) / one.groups, 0.0, 1.0)
        for action, least in ACTIONS.items():
            held: Reals = np.ceil(now * np.maximum(1.0 - gone, least) - 1e-9)
            found.append((action, september, held))
    return found
