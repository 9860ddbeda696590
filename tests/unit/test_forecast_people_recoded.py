"""A code that returns have from an edition on: whoever has it first had what it names before. Counted by hand."""

from __future__ import annotations

import polars as pl

from rightplace.area.tables import BY_NAME
from rightplace.forecast.people import checked, transitions
from rightplace.forecast.people.transitions import NEW_CODES


def census(*rows: tuple[int, str, str, str, int]) -> pl.DataFrame:
    """January, person, need, kind of setting, year group."""
    names = ("census_year", "person_id", "need", "setting_kind", "year_group")
    schema = BY_NAME["census"].schema
    made = [{**dict.fromkeys(schema), **dict(zip(names, row, strict=True))} for row in rows]
    return pl.DataFrame(made, schema=schema)


ROWS = census(
    (2023, "down", "OTH", "mainstream", 3), (2024, "down", "MLD", "mainstream", 4), (2025, "down", "DS", "mainstream", 5),
    (2024, "joined", "OTH", "mainstream", 1), (2025, "joined", "DS", "mainstream", 2),
    (2025, "changed", "SLD", "mainstream", 6), (2026, "changed", "DS", "mainstream", 7), (2024, "changed", "SLD", "mainstream", 5),
    (2023, "elsewhere", "ASD", "otherwise_than_at_school", 9), (2024, "elsewhere", "ASD", "other", 10), (2025, "elsewhere", "ASD", "other", 11),
    (2023, "moved", "ASD", "mainstream", 9), (2024, "moved", "ASD", "other", 10),
)  # fmt: skip


def moves(found: transitions.Transitions) -> dict[tuple[object, ...], float]:
    """Changes of those in both Januaries: (year, need, kind, need then, kind then) to people."""
    both = found.changes.drop_nulls(["need", "to_need"])
    state = ["year", "need", "kind", "to_need", "to_kind"]
    return {row[:-1]: row[-1] for row in both.group_by(state).agg(pl.col("people").sum()).rows()}


def test_the_record_changed_and_not_the_person() -> None:
    """DS is known from 2025 (DfE, SEN2 technical specification), OTH as where a person is from 2024.

    "down" had Down syndrome in 2023 too, and "joined" joined with it; "elsewhere" did not move. A need changed later, and a move out of a school, are changes.
    """
    found = transitions.from_census(ROWS)
    assert moves(found) == {
        (2023, "DS", "mainstream", "DS", "mainstream"): 1,
        (2024, "DS", "mainstream", "DS", "mainstream"): 2,
        (2024, "SLD", "mainstream", "SLD", "mainstream"): 1,
        (2025, "SLD", "mainstream", "DS", "mainstream"): 1,
        (2023, "ASD", "other", "ASD", "other"): 1,
        (2024, "ASD", "other", "ASD", "other"): 1,
        (2023, "ASD", "mainstream", "ASD", "other"): 1,
    }
    joined = found.changes.filter(pl.col("need").is_null() & (pl.col("year") == 2023))
    assert sorted(joined["to_need"]) == ["DS", "SLD"]
    assert found.recoded == {"DS": 2, "other": 1}


def test_plans_in_place_are_as_returned() -> None:
    """What was published of a January stays as it was."""
    found = transitions.from_census(ROWS)
    stock = found.stock.filter(pl.col("year") == 2023)
    assert dict(stock.group_by("need").agg(pl.col("people").sum()).rows()) == {
        "OTH": 1,
        "ASD": 2,
    }
    assert "otherwise_than_at_school" in stock["kind"].to_list()


def test_it_is_said_in_the_assumptions() -> None:
    """With how many, and only where there were any."""
    told = {
        row.name: row.value
        for row in checked.returns(transitions.from_census(ROWS))
        if "first return that knew it" in row.name
    }
    assert sorted(told.values()) == [1.0, 2.0]
    bare = transitions.from_census(ROWS.filter(pl.col("census_year") <= 2023).vstack(ROWS.filter(pl.col("person_id") == "moved").filter(pl.col("census_year") == 2024)))  # fmt: skip
    assert bare.recoded == {}
    assert bare.changes.equals(
        transitions.from_census(ROWS.filter((pl.col("census_year") <= 2023) | (pl.col("person_id") == "moved"))).changes
    )
    assert {code.word for code in NEW_CODES} == {"DS", "other"}
