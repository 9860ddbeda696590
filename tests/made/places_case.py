"""A small area for tests of placing: a few settings and children, each there for one reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME

SEPTEMBER = 2026


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a table of the area record; what a row does not give is null, or an empty list."""
    schema = BY_NAME[table].schema
    empty = {name: [] for name, dtype in schema.items() if isinstance(dtype, pl.List)}
    return pl.DataFrame([{**dict.fromkeys(schema), **empty, **row} for row in rows], schema=schema)


def setting(number: str, kind: str, **more: Any) -> dict[str, Any]:
    """A mixed setting for ages 4 to 11 at the origin of the map, called for its number."""
    base = {"setting_id": number, "name": f"School {number}", "setting_kind": kind, "low_age": 4, "high_age": 11}
    return {**base, "sex": "X", "easting": 0.0, "northing": 0.0, "la_code": "999", **more}


def child(number: str, year_group: int, kind: str, setting_id: str | None, **more: Any) -> dict[str, Any]:
    """A plan in place in January 2026. ``year_group`` is of that January."""
    return {
        "census_year": 2026,
        "person_id": number,
        "plan_id": f"{number}.1",
        "need": "ASD",
        "setting_id": setting_id,
        "setting_kind": kind,
        "year_group": year_group,
        "neighbourhood_id": "H1",
        **more,
    }


def area(settings: list[dict[str, Any]], children: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Area:
    """An area of these settings and children, with one neighbourhood H1 at the origin and other tables as given."""
    people = [
        {"person_id": each["person_id"], "sex": "F", "birth_date": date(2025 - 5 - each["year_group"], 1, 15)}
        for each in children
    ]
    plans = [{"plan_id": each["plan_id"], "person_id": each["person_id"]} for each in children]
    home = {"neighbourhood_id": "H1", "name": "Home", "easting": 0.0, "northing": 0.0, "deprivation_decile": 3}
    given = {"people": people, "plans": plans, "neighbourhoods": [home], **tables}
    frames = {"settings": frame("settings", settings), "census": frame("census", children)}
    return build(
        la_code="999", name="Testshire", tables={**frames, **{name: frame(name, rows) for name, rows in given.items()}}
    )
