"""Text to values: each form with one meaning is read, and nothing else is guessed at."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from rightplace.returns.sen2.frames import empty, schema
from rightplace.returns.sen2.layout import BY_NAME, TABLES, Item
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.typed import typed


def read(table: str, column: str, *texts: str | None) -> list[object]:
    rows = [{"row": number, "line": number + 5, column: text} for number, text in enumerate(texts)]
    frame = pl.DataFrame(rows, schema=schema(BY_NAME[table])).with_columns(pl.all().forward_fill().over("row"))
    tables = {each.name: empty(each) for each in TABLES} | {table: frame}
    made = typed(Sen2Return(edition=2025, source="", sha256="", tables=tables), table)
    assert made["line"].to_list() == frame["line"].to_list()
    return made[column].to_list()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-Feb-29 00:00:00", date(2024, 2, 29)),
        ("2024-feb-29", date(2024, 2, 29)),
        ("2024-02-29T00:00:00", date(2024, 2, 29)),
        ("2024-02-29 00:00:00", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2023-Feb-29 00:00:00", None),
        ("01/02/2024", None),
        ("2024-2-9", None),
        ("20240229", None),
        ("2024-02-29 09:00:00", None),
        ("29-02-2024", None),
        ("soon", None),
        ("+12024-02-29", None),
        ("٢٠٢٤-٠٢-٢٩", None),
        (None, None),
    ],
)
def test_dates(text: str | None, value: date | None) -> None:
    assert read("person", "birth_date", text) == [value]


def test_flags() -> None:
    yes, no = ["1", "1.0", "true", "TRUE", "Yes", "y"], ["0", "0.0", "false", "No", "N"]
    assert read("requests", "rya", *yes) == [True] * 6
    assert read("requests", "rya", *no) == [False] * 5
    assert read("requests", "rya", "2", "10", "maybe", "-", None) == [None] * 5


def test_whole_numbers() -> None:
    assert read("senneed", "sen_type_rank", "1", "2.0", "-3", "007") == [1, 2, -3, 7]
    assert read("senneed", "sen_type_rank", "1.5", "one", "1e3", "99999999999", "", None) == [None] * 6


def test_date_and_time() -> None:
    moment = datetime(2026, 2, 20, 9, 30)  # noqa: DTZ001
    texts = ["2026-02-20T09:30:00", "2026-02-20 09:30:00", "2026-Feb-20 09:30:00"]
    assert read("sen2", "date_time", *texts) == [moment] * 3
    assert read("sen2", "date_time", "2026-02-20", "20/02/2026 09:30", "2026-02-20T25:00:00") == [None] * 3


def test_text_and_codes_stay_text() -> None:
    assert read("person", "surname", "true", "1.0") == ["true", "1.0"]
    assert read("namedplan", "cease_reason", "4.0", "4", "four") == ["4", "4", "four"]


def test_every_table_has_its_types() -> None:
    types: dict[str, type[pl.DataType]] = {
        "date": pl.Date, "datetime": pl.Datetime, "flag": pl.Boolean, "integer": pl.Int16
    }  # fmt: skip

    def expected(item: Item) -> type[pl.DataType]:
        return types.get(item.kind, pl.String)

    ret = Sen2Return(edition=2025, source="", sha256="", tables={table.name: empty(table) for table in TABLES})
    for table in TABLES:
        frame = typed(ret, table.name)
        assert frame.columns == ret.tables[table.name].columns
        assert all(frame.schema[item.name] == expected(item) for item in table.items)
