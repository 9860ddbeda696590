"""The area's register of schools, in the columns of the extract of Get Information about Schools (GIAS)."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.example import days, words
from rightplace.example.extracts.gias_words import NEED_NAMES, TYPES
from rightplace.example.kinds import (
    ALTERNATIVE,
    COLLEGE,
    MAINSTREAM,
    SPECIAL_INDEPENDENT,
    SPECIAL_NON_MAINTAINED,
    SPECIAL_STATE,
    SPECIALIST_COLLEGE,
    Floats,
    Ints,
)
from rightplace.example.life.living import LAST_DAY
from rightplace.example.life.record import Life
from rightplace.example.setting import INDEPENDENT, Setting
from rightplace.vocabulary.setting import SettingKind

FILE: Final = "edubasealldata20260115.csv"
"""Named for the day it is of, as GIAS names its extracts."""

_OTHERS: Final = {
    SPECIAL_STATE: 0.08,
    SPECIAL_NON_MAINTAINED: 0.0,
    SPECIAL_INDEPENDENT: 0.0,
    ALTERNATIVE: 2.5,
    SPECIALIST_COLLEGE: 0.2,
}
"""Pupils of other authorities, or with no plan, for each of the area's own with one. Assumed, but for alternative
provision, where 28% of pupils had a plan in January 2022 (DfE)."""
_BASE_PLACES: Final = 14


def register(life: Life) -> pl.DataFrame:
    """One row a setting that has a URN, every value as text, in GIAS's column names."""
    draw = life.world.draw("register")
    here = _attending(life)
    rows = []
    number: dict[str, int] = {}
    for place, setting in enumerate(life.world.settings.rows):
        if setting.urn == 0:
            continue
        la_code = words.AUTHORITY_CODE if setting.own else words.BEYOND_CODE
        number[la_code] = number.get(la_code, 1999) + 1
        rows.append(_row(setting, here[place], number[la_code], la_code, draw))
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def _attending(life: Life) -> Ints:
    """Plan-holders at each setting on the last census day: in all, in resourced provision, in a unit."""
    day = pl.Series([LAST_DAY], dtype=pl.Int32).cast(pl.Date)[0]
    on_the_day = life.placements.filter(
        pl.col("setting").is_not_null(),
        pl.col("rank") == 1,
        pl.col("entry_date") <= day,
        pl.col("leaving_date").is_null() | (pl.col("leaving_date") > day),
    ).join(life.plans.filter(pl.col("cease_date").is_null() | (pl.col("cease_date") > day)), on="plan", how="semi")
    out = np.zeros((len(life.world.settings.rows), 3), dtype=np.int64)
    kinds = (None, SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT)
    for column, kind in enumerate(kinds):
        rows = on_the_day if kind is None else on_the_day.filter(pl.col("setting_kind") == kind)
        np.add.at(out[:, column], rows["setting"].to_numpy(), 1)
    return out


def _row(setting: Setting, here: Ints, number: int, la_code: str, draw: np.random.Generator) -> dict[str, str]:
    roll, capacity = _size(setting, int(here[0]), draw.random(2))
    return {
        **_about(setting, number, la_code),
        "SchoolCapacity": "" if setting.kind in (COLLEGE, SPECIALIST_COLLEGE) else str(capacity),
        "CensusDate": _date(LAST_DAY),
        "NumberOfPupils": str(roll),
        "Trusts (code)": str(10_000 + sum(map(ord, setting.trust)) % 900) if setting.trust else "",
        "Trusts (name)": setting.trust,
        "UKPRN": str(setting.ukprn),
        "Section41Approved (name)": _section_41(setting),
        **_needs(setting),
        "TypeOfResourcedProvision (name)": _provision(setting),
        "ResourcedProvisionOnRoll": str(here[1]) if setting.resourced else "",
        "ResourcedProvisionCapacity": str(_places(here[1])) if setting.resourced else "",
        "SenUnitOnRoll": str(here[2]) if setting.unit else "",
        "SenUnitCapacity": str(_places(here[2])) if setting.unit else "",
        "SpecialClasses (name)": "Has Special Classes" if setting.resourced or setting.unit else "No Special Classes",
        "Town": setting.town,
        "Postcode": setting.postcode,
        "Easting": str(round(setting.easting)),
        "Northing": str(round(setting.northing)),
        "LastChangedDate": _date(LAST_DAY),
    }


def _about(setting: Setting, number: int, la_code: str) -> dict[str, str]:
    name, group, group_name = TYPES[setting.type_code]
    phase, phase_name = _phase(setting)
    return {
        "URN": str(setting.urn),
        "LA (code)": la_code,
        "LA (name)": words.AUTHORITY if setting.own else words.BEYOND,
        "EstablishmentNumber": str(number),
        "EstablishmentName": setting.name,
        "TypeOfEstablishment (code)": str(setting.type_code),
        "TypeOfEstablishment (name)": name,
        "EstablishmentTypeGroup (code)": str(group),
        "EstablishmentTypeGroup (name)": group_name,
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": _date(setting.opened),
        "CloseDate": "",
        "PhaseOfEducation (code)": phase,
        "PhaseOfEducation (name)": phase_name,
        "StatutoryLowAge": str(setting.low),
        "StatutoryHighAge": str(setting.high),
        "OfficialSixthForm (code)": "1" if setting.kind == MAINSTREAM and setting.high == 19 else "2",
        "Boarders (name)": "Boarding school" if setting.boarding else "No boarders",
        "Gender (code)": "3",
        "Gender (name)": "Mixed",
    }


def _size(setting: Setting, here: int, luck: Floats) -> tuple[int, int]:
    """Roll and capacity. A special school's follow from who is there: about two in three are full or over."""
    if setting.kind in _OTHERS and setting.own:
        roll = max(here + round(here * _OTHERS[setting.kind]), 4)
        if setting.kind == SPECIAL_INDEPENDENT:
            roll = max(roll, round(setting.size * 0.8))
        return roll, max(4, round(roll / (0.93 + 0.17 * float(luck[0]))))
    roll = max(here, round(setting.size * (0.86 + 0.12 * float(luck[0]))))
    return roll, max(setting.size, round(roll * 0.95))


def _places(pupils: int) -> int:
    return max(_BASE_PLACES, 2 * round(pupils / 2))


def _phase(setting: Setting) -> tuple[str, str]:
    if setting.kind == COLLEGE:
        return "6", "16 plus"
    if setting.kind != MAINSTREAM or setting.type_code == INDEPENDENT:
        return "0", "Not applicable"
    return ("2", "Primary") if setting.high == 11 else ("4", "Secondary")


def _section_41(setting: Setting) -> str:
    if setting.kind not in (SPECIAL_INDEPENDENT, SPECIALIST_COLLEGE):
        return "Not applicable"
    return "Approved" if setting.section_41 or setting.kind == SPECIALIST_COLLEGE else "Not approved"


def _needs(setting: Setting) -> dict[str, str]:
    names = [f"{need} - {NEED_NAMES[need]}" for need in setting.needs]
    return {f"SEN{slot} (name)": names[slot - 1] if slot <= len(names) else "" for slot in range(1, 14)}


def _provision(setting: Setting) -> str:
    if setting.resourced and setting.unit:
        return "Resourced provision and SEN unit"
    if setting.resourced:
        return "Resourced provision"
    return "SEN unit" if setting.unit else "Not applicable"


def _date(day: int) -> str:
    return str(days.column(np.array([day])).dt.strftime("%d-%m-%Y")[0])
