"""The numbers of a report: what a reader may know of each, and what absence means."""

from __future__ import annotations

from types import SimpleNamespace

import polars as pl

from rightplace.disclosure.published import MISSING, SUPPRESSED, shown
from rightplace.report.counted_flows import SCHEMA
from rightplace.report.numbers import numbers

NO_FLOWS = pl.DataFrame(schema=SCHEMA)


def forecast(history: list[tuple[int, str, str, float | None]], seed: list[tuple[str, str, float]]) -> SimpleNamespace:
    """A forecast of one year in which everything stays as it is."""
    columns = ["year", "dimension", "value", "mean", "p10", "p50", "p90"]
    rows = [(year, *cell, people, people, people, people) for year in (2026, 2027) for *cell, people in seed]
    return SimpleNamespace(
        summary=pl.DataFrame(rows, schema=columns, orient="row"),
        history=pl.DataFrame(history, schema=["year", "dimension", "value", "people"], orient="row"),
        flows=pl.DataFrame(schema={**dict.fromkeys(columns[1:3], pl.String()), "year": pl.Int64, "flow": pl.String()}
                           | dict.fromkeys(columns[3:], pl.Float64())),
    )  # fmt: skip


SEED = [("total", "total", 30.0), ("need", "ASD", 28.0), ("need", "MSI", 2.0), ("need", "DS", 0.0)]
HISTORY = [
    (2024, "total", "total", 20.0), (2024, "need", "ASD", 20.0), (2024, "need", "VI", None),
    (2025, "total", "total", 25.0), (2025, "need", "MSI", 25.0),
    (2026, "total", "total", 30.0), (2026, "need", "ASD", 28.0), (2026, "need", "MSI", 2.0),
]  # fmt: skip


def test_a_value_a_count_leaves_out_is_nought_and_one_it_could_not_know_is_missing() -> None:
    made = numbers(forecast(HISTORY, SEED), NO_FLOWS, publish=False)
    assert made.count("need", "DS") == shown(0)
    assert made.count("need", "ASD", year=2025) == shown(0)
    assert made.count("need", "MSI", year=2024) == MISSING
    assert made.count("need", "VI", year=2024) == MISSING
    assert made.count("setting", "mainstream") == MISSING


def test_a_breakdown_that_was_not_counted_is_estimated() -> None:
    counted = [row for row in HISTORY if row[1] == "total"]
    made = numbers(forecast(counted, SEED), NO_FLOWS, publish=False)
    assert made.estimated == {"need"}
    assert made.count("need", "ASD") == shown(28)


def test_the_forecast_of_a_hidden_count_is_hidden_and_others_are_rounded() -> None:
    made = numbers(forecast(HISTORY, SEED), NO_FLOWS, publish=True)
    assert made.count("need", "MSI") == SUPPRESSED
    assert set(made.ahead("need", "MSI", year=2027).cells) == {SUPPRESSED}
    assert made.ahead(year=2027).middle == shown(30)
    # 28 is shown as 30 (28 to 32); with the total of 30 known, the other could only be 1 or 2, so it goes too.
    assert made.count("need", "ASD") == SUPPRESSED


def test_values_are_listed_by_size_for_needs_and_by_the_vocabulary_otherwise() -> None:
    made = numbers(forecast(HISTORY, SEED), NO_FLOWS, publish=False)
    assert made.values("need") == ["ASD", "MSI"]
    assert made.years_counted() == [2024, 2025, 2026]
    assert made.years_ahead() == [2027]
