"""What an area's record was in an earlier January: held to a record loaded from the returns of that time alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.area import store
from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.example.make import make_example
from rightplace.forecast.backtest import returns
from rightplace.forecast.backtest.known import known_in
from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.people import fitted, transitions
from rightplace.forecast.people.beside import of as beside_of
from rightplace.forecast.people.fitted import Fitted
from rightplace.returns.load import load_returns

ORIGIN = 2025
PLANS = 900


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up area with returns of January 2023 to 2026."""
    folder = tmp_path_factory.mktemp("known") / "example"
    make_example(folder, plans=PLANS, seed=3)
    return folder


@pytest.fixture(scope="module")
def whole(example: Path) -> Area:
    """The record of all four returns."""
    return store.load(example / "area")


@pytest.fixture(scope="module")
def then(example: Path) -> Area:
    """The record as the files of 2023 to 2025 make it: the return of January 2026 was never there."""
    files = [example / "sen2" / f"sen2_{year}.xml" for year in range(2023, ORIGIN + 1)]
    return load_returns(files, gias=list((example / "gias").glob("*.csv")), extracts=[example / "population.csv"])


def fit(area: Area) -> Fitted:
    return fitted.fit(transitions.from_census(area["census"]), area["population"], beside_of(area), 1)


def test_the_way_to_a_plan_and_time_held_are_those_of_the_returns_of_then(whole: Area, then: Area) -> None:
    """Every count the forecast takes from requests, assessments and plans is the same as from the files of that time.

    But of assessments decided, a few plans that were promised and not begun on census day: the later return has no date of the promise.
    """
    cut, real = fit(known_in(whole, ORIGIN)), fit(then)
    assert cut.funnel is not None
    assert real.funnel is not None
    assert cut.funnel.open_now > 20
    for one in fields(cut.funnel):
        ours, theirs = getattr(cut.funnel, one.name), getattr(real.funnel, one.name)
        if one.name == "issued":
            assert theirs[0] - ours[0] == theirs[1] - ours[1]
            assert 0 <= theirs[0] - ours[0] <= 0.04 * theirs[0]
        else:
            assert ours == theirs, one.name
    assert cut.held is not None
    assert real.held is not None
    for name in ("left", "expected", "factor", "now", "usual"):
        assert np.array_equal(getattr(cut.held, name), getattr(real.held, name)), name
    assert cut.moved_area is not None
    assert real.moved_area is not None
    assert cut.moved_area.share_of_last() == real.moved_area.share_of_last()
    later = fit(whole).funnel
    assert later is not None
    assert later.open_now != cut.funnel.open_now


def test_rows_are_those_of_the_returns_of_then(whole: Area, then: Area) -> None:
    """Row by row, for all but the few persons whom a number given later has joined to another record or named otherwise."""
    cut = known_in(whole, ORIGIN)
    shared = set(cut["people"]["person_id"]) & set(then["people"]["person_id"])
    assert len(shared) > 0.98 * then["people"].height
    facts = {
        "plans": ("start_date", "cease_date", "cease_reason", "request_id", "transferred_from"),
        "requests": ("received_date", "outcome_date", "exported_to"),
        "assessments": ("outcome_date",),
    }
    for table, names in facts.items():
        key = next(iter(BY_NAME[table].key))
        ours, theirs = (frame[table].filter(pl.col("person_id").is_in(list(shared))) for frame in (cut, then))
        both = ours.join(theirs, on=key, how="inner", suffix="_then")
        assert both.height >= 0.995 * max(ours.height, theirs.height)
        for name in names:
            assert both.filter(~pl.col(name).eq_missing(pl.col(f"{name}_then"))).is_empty(), (table, name)
        if table != "plans":
            told = both.filter(pl.col("outcome") != pl.col("outcome_then"))
            assert set(told["outcome"]) <= {"A"}
            assert told.height <= 0.02 * both.height


def test_no_day_after_the_census_day_is_left(whole: Area) -> None:
    """In any column of any table."""
    cut = known_in(whole, 2024)
    day = date(2024, 1, 18)
    seen = 0
    for name in ("requests", "assessments", "plans"):
        for column, dtype in BY_NAME[name].schema.items():
            if dtype == pl.Date():
                last = cut[name][column].max()
                seen += last is not None
                assert last is None or last <= day, (name, column)
    assert seen >= 4
    assert cut["placements"].is_empty()


def test_what_comes_later_changes_nothing(whole: Area) -> None:
    """With every request, assessment and plan after January 2025 struck out, and later decisions turned round, 2025 is forecast alike."""
    day = date(2025, 1, 16)
    late = pl.col("outcome_date") > day
    turned = {
        "requests": whole["requests"].filter(pl.col("received_date").is_null() | (pl.col("received_date") <= day))
        .with_columns(outcome=pl.when(late).then(pl.lit("N")).otherwise("outcome")),
        "assessments": whole["assessments"].with_columns(outcome=pl.when(late).then(pl.lit("N")).otherwise("outcome")),
        "plans": whole["plans"].filter((pl.col("start_date") <= day) | pl.col("transferred_from").is_not_null())
        .with_columns(cease_date=pl.when(pl.col("cease_date") <= day).then("cease_date")),
    }  # fmt: skip
    other = build(la_code=whole.la_code, name=whole.name, tables={**whole.tables, **turned})
    made = [returns.backtest(area, first=2025, horizons=1, futures=30) for area in (whole, other)]
    ours = [one.scores.filter(pl.col("method") == OURS).sort("dimension", "value") for one in made]
    assert ours[0].equals(ours[1])


def test_the_notes_say_what_was_known(whole: Area) -> None:
    """Requests open at each January, time held, and that England's pattern was not there in 2024."""
    made = returns.backtest(whole, horizons=1, futures=30)
    told = {
        year: next(note for note in made.notes if note.startswith(f"From January {year}:")) for year in (2024, 2025)
    }
    for year, note in told.items():
        funnel = fit(known_in(whole, year)).funnel
        assert funnel is not None
        assert f"{funnel.open_now:.0f} requests were open on its census day" in note
        assert "how long plans had been held was known" in note
    assert "pattern by age was not yet there" in told[2024]
    assert "six or twenty weeks" in " ".join(made.notes)


def table(name: str, *rows: dict[str, object]) -> pl.DataFrame:
    schema = BY_NAME[name].schema
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


def test_each_case_by_hand() -> None:
    """January 2025's census day was Thursday 16 January. Seven children, each with what was known of them that day."""

    def asked(who: str, received: date | None, outcome: str, told: date | None = None) -> dict[str, object]:
        return {
            "request_id": who, "person_id": who, "received_date": received, "outcome": outcome, "outcome_date": told,
            "mediation": True,
        }  # fmt: skip

    requests = table(
        "requests",
        asked("decided later", date(2024, 12, 9), "Y", date(2025, 1, 17)),
        asked("decided that day", date(2024, 12, 5), "N", date(2025, 1, 16)),
        asked("withdrawn soon", date(2024, 12, 6), "W"),
        asked("withdrawn long ago", date(2024, 12, 5), "W"),
        asked("issued later", date(2024, 9, 2), "Y", date(2024, 10, 10)),
        asked("asked later", date(2025, 1, 17), "A"),
        asked("long held", None, "H"),
    )
    assessments = table(
        "assessments",
        {"request_id": "decided later", "person_id": "decided later", "outcome": "Y", "outcome_date": date(2025, 5, 1)},
        {"request_id": "issued later", "person_id": "issued later", "outcome": "Y", "outcome_date": date(2025, 1, 20)},
        {"request_id": "long held", "person_id": "long held", "outcome": "H"},
    )
    plans = table(
        "plans",
        {"plan_id": "a", "person_id": "issued later", "request_id": "issued later", "start_date": date(2025, 1, 20)},
        {
            "plan_id": "b", "person_id": "long held", "request_id": "long held", "start_date": date(2019, 5, 1),
            "cease_date": date(2025, 8, 31), "cease_reason": "1", "personal_budget": True,
        },
        {"plan_id": "c", "person_id": "came later", "start_date": date(2020, 5, 1), "transferred_from": "301"},
    )  # fmt: skip
    census = table("census", *({"census_year": year, "person_id": "long held", "plan_id": "b", "year_group": year - 2015} for year in (2024, 2025)))  # fmt: skip
    people = table("people", *({"person_id": who, "birth_date": date(2010, 1, 1), "postcode": "X"} for who in (*requests["person_id"], "came later")))  # fmt: skip
    cut = known_in(build(la_code="999", name="Made up", tables={
        "requests": requests, "assessments": assessments, "plans": plans, "census": census, "people": people,
    }), 2025)  # fmt: skip
    assert {row["request_id"]: (row["outcome"], row["outcome_date"]) for row in cut["requests"].to_dicts()} == {
        "decided later": ("A", None),
        "decided that day": ("N", date(2025, 1, 16)),
        "withdrawn soon": ("A", None),
        "withdrawn long ago": ("W", None),
        "issued later": ("Y", date(2024, 10, 10)),
        "long held": ("H", None),
    }
    assert dict(cut["assessments"].select("request_id", "outcome").iter_rows()) == {
        "issued later": "A",
        "long held": "H",
    }
    assert cut["plans"].select("plan_id", "cease_date", "cease_reason", "personal_budget").rows() == [
        ("b", None, None, None)
    ]
    assert sorted(cut["people"]["person_id"]) == sorted(set(requests["person_id"]) - {"asked later"})
    assert cut["people"]["postcode"].null_count() == 6
