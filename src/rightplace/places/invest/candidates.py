"""Schemes an area could weigh up where it gives none: made from its own settings and from what schemes usually cost."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from rightplace.area.record import Area
from rightplace.places.invest.demand import GROUPS, PHASES
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.scheme import Scheme, usual
from rightplace.vocabulary.setting import SettingKind

MOST: Final = 60
_ROOM: Final = 15
_NEW_IN: Final = 3
"""Zones in which a new school is weighed up."""
_BASE_GROUPS: Final = ("autism and communication", "social, emotional and mental health", "learning and other")
_SHARE: Final = {
    "special_expansion": 0.15, "new_special_school": 0.15, "college_places": 0.05, "alternative_provision": 0.03,
    "contracted_independent": 0.05, "special_satellite": 0.12, "sen_unit": 0.22, "resourced_provision": 0.22,
}  # fmt: skip


def candidates(area: Area, zones: Zones, *, first_september: int, on: date, most: int = MOST) -> tuple[Scheme, ...]:
    """At most ``most`` schemes: units and bases at mainstream schools with room, growth of special schools, new schools, and more.

    Each kind has its share of ``most``. Mainstream schools are those with most empty places in each zone in turn.
    """
    settings = (
        area["settings"].drop_nulls(["easting", "northing"]).filter(pl.col("close_date").is_null()).sort("setting_id")
    )
    wanted = {kind: max(1, round(share * most)) for kind, share in _SHARE.items()}
    roomy = _with_room(settings, zones)
    special = settings.filter(pl.col("setting_kind") == SettingKind.SPECIAL_STATE)
    places = {
        "special_expansion": _plain(special, "special_expansion"),
        "new_special_school": _new_schools(zones),
        "college_places": _plain(
            settings.filter(pl.col("setting_kind") == SettingKind.FURTHER_EDUCATION), "college_places"
        ),
        "alternative_provision": _plain(
            settings.filter(pl.col("setting_kind") == SettingKind.ALTERNATIVE_PROVISION), "alternative_provision"
        ),
        "contracted_independent": _contracts(zones),
        "special_satellite": _at_mainstream(roomy, "special_satellite", 0),
        "sen_unit": _at_mainstream(roomy, "sen_unit", 0),
        "resourced_provision": _at_mainstream(roomy, "resourced_provision", 1),
    }
    found = [
        _scheme(kind, number, row, first_september, on)
        for kind, rows in places.items()
        for number, row in enumerate(rows[: wanted[kind]], start=1)
    ]
    return tuple(found[:most])


def _with_room(settings: pl.DataFrame, zones: Zones) -> pl.DataFrame:
    """Mainstream schools with empty places, the emptiest of each zone in turn."""
    schools = settings.filter(
        pl.col("setting_kind") == SettingKind.MAINSTREAM, (pl.col("capacity") - pl.col("roll")) >= _ROOM
    ).with_columns(empty=pl.col("capacity") - pl.col("roll"))
    points = schools.select("easting", "northing").to_numpy()
    away = ((points[:, None, :] - zones.points[None, :, :]) ** 2).sum(axis=2)
    zone = np.argmin(away, axis=1) if len(points) else np.zeros(0, np.int64)
    ranked = schools.with_columns(pl.Series("zone", zone)).sort(["empty", "setting_id"], descending=[True, False])
    return ranked.with_columns(turn=pl.int_range(pl.len()).over("zone")).sort("turn", "zone")


Row = dict[str, object]


def _plain(settings: pl.DataFrame, kind: str) -> list[Row]:
    rows = []
    for setting in settings.sort("setting_id").iter_rows(named=True):
        low, high = _years(setting["low_age"], setting["high_age"], college=kind == "college_places")
        # Alternative provision and colleges take whoever is sent: their needs in the register, if any, are not a limit.
        needs = setting["needs"] or [] if kind == "special_expansion" else []
        rows.append(
            _row(setting, needs=tuple(needs), low=low, high=high, label=setting["name"] or setting["setting_id"])
        )
    return rows


def _at_mainstream(schools: pl.DataFrame, kind: str, shift: int) -> list[Row]:
    """Each school for one group of needs, the groups taking turns, so that every zone and group has a chance."""
    rows = []
    for number, setting in enumerate(schools.iter_rows(named=True)):
        group = _BASE_GROUPS[(number + shift) % len(_BASE_GROUPS)]
        low, high = _years(setting["low_age"], setting["high_age"], college=False)
        label = f"{setting['name'] or setting['setting_id']}, for {group}"
        rows.append(_row(setting, needs=tuple(map(str, GROUPS[group])), low=low, high=high, label=label))
    return rows


def _new_schools(zones: Zones) -> list[Row]:
    low, high = PHASES["early years and primary"][0] + 4, PHASES["ages 16 to 18"][1]
    return [
        {
            "setting_id": None, "easting": float(point[0]), "northing": float(point[1]),
            "needs": tuple(map(str, GROUPS[group])), "low": low, "high": high, "label": f"{zones.names[zone]}, for {group}",
        }
        for group in _BASE_GROUPS
        for zone, point in list(enumerate(zones.points))[:_NEW_IN]
    ]  # fmt: skip


def _contracts(zones: Zones) -> list[Row]:
    centre = zones.points.mean(axis=0)
    return [
        {
            "setting_id": None, "easting": float(centre[0]), "northing": float(centre[1]),
            "needs": tuple(map(str, members)), "low": 0, "high": PHASES["ages 16 to 18"][1], "label": f"for {group}",
        }
        for group, members in GROUPS.items()
    ]  # fmt: skip


def _years(low_age: int | None, high_age: int | None, *, college: bool) -> tuple[int, int]:
    if college:
        return PHASES["ages 16 to 18"][0], PHASES["ages 19 to 24"][1]
    low = (low_age - 4) if low_age is not None else 0
    high = (high_age - 5) if high_age is not None else 11
    return max(low, -4), max(low, min(high, 14))


def _row(setting: dict[str, object], *, needs: tuple[str, ...], low: int, high: int, label: object) -> Row:
    return {
        "setting_id": setting["setting_id"], "easting": setting["easting"], "northing": setting["northing"],
        "needs": needs, "low": low, "high": high, "label": label,
    }  # fmt: skip


def _scheme(kind: str, number: int, row: Row, first: int, on: date) -> Scheme:
    cost = usual(kind, on)
    name = kind.replace("_", " ").replace("sen ", "SEN ")
    return Scheme(
        scheme=f"{kind}_{number}", name=f"{name[0].upper()}{name[1:]}, {row['label']}", kind=kind,
        setting_id=None if row["setting_id"] is None else str(row["setting_id"]),
        easting=float(str(row["easting"])), northing=float(str(row["northing"])),
        needs=tuple(row["needs"]) if isinstance(row["needs"], tuple) else (),
        low_year_group=int(str(row["low"])), high_year_group=int(str(row["high"])),
        least_places=int(cost["least_places"]), most_places=int(cost["most_places"]), capital_gbp=0.0,
        capital_per_place_gbp=cost["capital_per_place_gbp"], place_gbp=cost["place_gbp"], child_gbp=cost["child_gbp"],
        earliest=first + int(cost["lead_years"]), phase_in_years=int(cost["phase_in_years"]),
        staff_per_place=cost["staff_per_place"],
    )  # fmt: skip
