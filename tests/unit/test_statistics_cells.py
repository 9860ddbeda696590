"""Cells of published tables: symbols, codes and years."""

from __future__ import annotations

import polars as pl
import pytest

from rightplace.returns.statistics import cells
from rightplace.returns.statistics.shape import Clock


@pytest.mark.parametrize(
    "symbol", ["x", "z", "c", "~", ":", "-", "low", "[x]", "[c]", "[low]", "X", "", "k", "..", "n/a"]
)
def test_a_symbol_is_not_known_and_never_zero(symbol: str) -> None:
    column = pl.Series("people", [symbol, "0", "12"], dtype=pl.String)
    assert column.to_frame().select(cells.number(column))["people"].to_list() == [None, 0.0, 12.0]
    assert cells.not_numbers(column) == 0


def test_numbers_as_spreadsheets_write_them_are_read_and_other_text_is_counted() -> None:
    column = pl.Series("people", ["1,234", " 5 ", "£10", "1.5", "about 12", "12a"])
    assert column.to_frame().select(cells.number(column))["people"].to_list() == [1234.0, 5.0, 10.0, 1.5, None, None]
    assert cells.not_numbers(column) == 2


@pytest.mark.parametrize(
    ("period", "clock", "year"),
    [
        ("201819", Clock.JANUARY, 2019),
        ("202425", Clock.JANUARY, 2025),
        ("2024/25", Clock.JANUARY, 2025),
        ("199900", Clock.JANUARY, 2000),
        ("2022", Clock.JANUARY, 2022),
        ("2024", Clock.CALENDAR_YEAR, 2024),
        ("202425", Clock.CALENDAR_YEAR, 2024),
        ("2023-24", Clock.FINANCIAL_YEAR, 2023),
        ("2022", Clock.MID_YEAR, 2022),
        ("Jan 2024", Clock.JANUARY, None),
        ("", Clock.JANUARY, None),
    ],
)
def test_a_time_period_is_read_by_what_it_counts(period: str, clock: Clock, year: int | None) -> None:
    """DfE's data guidance: caseload 2018/19 to 2024/25 is January; new plans 2024 are a calendar year."""
    frame = pl.DataFrame({"time_period": [period]})
    assert frame.select(cells.year("time_period", clock)).item() == year


def test_codes_stay_text_however_they_were_typed() -> None:
    for codes in (pl.Series("code", ["302", "909"]), pl.Series("code", [302, 909]), pl.Series("code", [302.0, 909.0])):
        assert codes.to_frame().select(cells.text(codes))["code"].to_list() == ["302", "909"]


def test_a_place_is_found_by_either_code_of_any_year() -> None:
    frame = pl.DataFrame(
        {
            "geographic_level": [
                "National",
                "Local authority",
                "Local authority",
                "Regional",
                "local authority",
                "Local authority",
            ],
            "old_la_code": [None, "302", None, None, None, "999"],
            "new_la_code": [None, "E09000003", "E06000065", "E12000007", "E10000023", "E99999999"],
        }
    )
    assert frame.select(cells.place(frame)).to_series().to_list() == [cells.ENGLAND, "302", "815", None, "815", None]


def test_numbers_that_are_not_finite_are_not_known() -> None:
    for column in (
        pl.Series("n", ["NaN", "inf", "1e400", "-inf", "3"]),
        pl.Series("n", [float("nan"), float("inf"), float("inf"), float("-inf"), 3.0]),
    ):
        assert column.to_frame().select(cells.number(column))["n"].to_list() == [None, None, None, None, 3.0]
