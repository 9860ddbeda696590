"""Whatever stands in a return, checking it ends in findings and never in a traceback."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.returns.checks.findings import SCHEMA
from rightplace.returns.checks.run import check
from rightplace.returns.sen2.layout import EDITIONS, TABLES

_spec = importlib.util.spec_from_file_location(
    "checks_return", Path(__file__).resolve().parents[1] / "spec" / "checks_return.py"
)
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
sys.modules["checks_return"] = samples
_spec.loader.exec_module(samples)

STRANGE = (
    "0001-01-01", "9999-12-31", "2024-02-30", "-1", "99999999999999999999", "1e9", "NaN", "", "{value}", "null",
    "2026-Jan-15 00:00:00", "\u0000", "\U0001f600", "é" * 50, "=cmd()", "Y", "H", "1", "0",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(STRANGE), st.none(), st.text(max_size=8))


@settings(max_examples=25)
@given(st.sampled_from(EDITIONS), st.lists(VALUES, min_size=11, max_size=11), st.integers(1, 10))
def test_any_text_anywhere_is_checked(edition: int, values: list[str | None], step: int) -> None:
    ret = samples.make_return(samples.clean_tables(edition), edition)
    tables = {}
    for number, table in enumerate(TABLES):
        frame = ret.tables[table.name]
        columns = {
            item.name: [values[(row * step + place + number) % len(values)] for row in range(frame.height)]
            for place, item in enumerate(table.items)
        }
        tables[table.name] = frame.with_columns(
            pl.Series(name, texts, dtype=pl.String) for name, texts in columns.items()
        )
    spoilt = type(ret)(edition=edition, source="x", sha256="", tables=tables)
    frame = check(spoilt, settings=samples.listed_settings(), previous=spoilt).frame
    assert dict(frame.schema) == SCHEMA
    assert frame.height
    assert not frame["message"].null_count()
    assert not frame["location"].null_count()


def test_a_return_with_nothing_at_all_is_checked() -> None:
    for edition in EDITIONS:
        tables = {table.name: [] for table in TABLES}
        found = check(samples.make_return(tables, edition), settings=samples.listed_settings()).frame
        assert set(found["rule"]) == {"H01", "H11"}
