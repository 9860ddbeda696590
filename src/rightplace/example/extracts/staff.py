"""Posts in the made-up area: special schools and bases, special educational needs officers, psychologists and therapists."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.example import national
from rightplace.example.figures import rate
from rightplace.example.kinds import ALTERNATIVE, MAINSTREAM, SPECIAL_STATE
from rightplace.example.life.record import Life
from rightplace.example.setting import Setting

YEARS: Final = (2022, 2023, 2024, 2025)
"""Academic years, by the year each starts."""

_SCHEMA: Final = {
    "post_id": pl.String, "academic_year": pl.Int16, "setting_id": pl.String, "role": pl.String, "employer": pl.String,
    "fte": pl.Float64, "vacant_fte": pl.Float64, "annual_cost_pence": pl.Int64,
}  # fmt: skip
_SCHOOL_ROLES: Final = {
    SPECIAL_STATE: (("Teacher", "special_pupils_a_teacher"), ("Teaching assistant", "special_pupils_an_assistant")),
    ALTERNATIVE: (("Teacher", "special_pupils_a_teacher"), ("Teaching assistant", "special_pupils_an_assistant")),
}
_AREA_ROLES: Final = (
    ("Educational psychologist", "authority", "plans_a_psychologist", "psychologist_vacancy"),
    ("Special educational needs case officer", "authority", "plans_a_case_officer", "case_officer_vacancy"),
    ("Specialist advisory teacher", "authority", "plans_an_advisory_teacher", "advisory_teacher_vacancy"),
    ("Speech and language therapist", "health", "plans_a_speech_therapist", "speech_therapist_vacancy"),
    ("Occupational therapist", "health", "plans_an_occupational_therapist", "occupational_therapist_vacancy"),
)
_PENCE: Final = 100


def staff(life: Life, rolls: dict[int, int]) -> pl.DataFrame:
    """The area's ``staff`` table. ``rolls`` has the pupils of each setting in January 2026, by URN."""
    rows: list[dict[str, object]] = []
    path = national.path()
    for year in YEARS:
        share = path[year] / path[2025]
        plans = path[year + 1] * life.world.scale
        for role, employer, each, vacancy in _AREA_ROLES:
            posts = plans / rate(each)
            empty = min(0.9, rate(vacancy) * (1 + 0.05 * (year - 2023)))
            rows.append(_post(f"{role}, {life.world.land.towns[0]}", year, None, role, employer, posts, empty))
        for setting in life.world.settings.rows:
            if setting.own and setting.urn and setting.kind in (MAINSTREAM, SPECIAL_STATE, ALTERNATIVE):
                rows += _school(setting, year, rolls[setting.urn] * (1.0 if setting.kind == MAINSTREAM else share))
    return pl.DataFrame(rows, schema=_SCHEMA)


def _school(setting: Setting, year: int, pupils: float) -> list[dict[str, object]]:
    employer = "trust" if setting.trust else "school"
    if setting.kind == MAINSTREAM:
        sizes = [("SENCO", 0.4 + min(pupils, 1500) / 1000, 0.04)]
        if setting.resourced or setting.unit:
            sizes += [("Teacher in charge of base", 1.0, 0.05), ("Teaching assistant in base", 2.5, 0.12)]
    else:
        sizes = [
            (role, pupils / rate(each), 0.06 if role == "Teacher" else 0.1)
            for role, each in _SCHOOL_ROLES[setting.kind]
        ]
        sizes.append(("SENCO", 1.0, 0.0))
    return [
        _post(f"{role}, {setting.urn}", year, str(setting.urn), role, employer, posts, empty)
        for role, posts, empty in sizes
    ]


def _post(
    post_id: str, year: int, setting: str | None, role: str, employer: str, posts: float, vacancy: float
) -> dict[str, object]:
    filled = round(posts * (1 - vacancy), 1)
    cost = rate(f"pay_{_pay(role)}") * (1 + rate("pay_growth_a_year")) ** (year - 2025)
    return {
        "post_id": post_id,
        "academic_year": year,
        "setting_id": setting,
        "role": role,
        "employer": employer,
        "fte": filled,
        "vacant_fte": round(posts * vacancy, 1),
        "annual_cost_pence": round(filled * cost) * _PENCE,
    }


def _pay(role: str) -> str:
    if "assistant" in role:
        return "assistant"
    if "eacher" in role or role == "SENCO":
        return "teacher"
    return {"Educational psychologist": "psychologist"}.get(
        role, "therapist" if "therapist" in role else "case_officer"
    )
