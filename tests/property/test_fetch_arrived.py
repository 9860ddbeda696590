"""Whatever a service sends, it is taken as a table or refused in words."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rightplace.errors import DataError
from rightplace.returns.fetch.arrived import Contents, examine, unpack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _take(folder: Path, sent: bytes, coding: str) -> Contents | DataError:
    part, target = folder / "sent", folder / "target"
    part.write_bytes(sent)
    try:
        unpack(part, target, coding=coding, largest=100_000, url="here")
        return examine(target, ("a",), url="here")
    except DataError as refused:
        return refused


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.binary(max_size=400), coding=st.sampled_from(["", "gzip"]))
@example(sent=b"\x1f\x8b", coding="")
@example(sent=b"a\n", coding="")
@example(sent=b"\xff\xfea\x00\n\x00", coding="")
@example(sent=b'a,b\n"', coding="")
@example(sent=b"\n\n\na\n1\n", coding="")
@example(sent=b"\r", coding="")
@example(sent=b"a,a\n1,2\n", coding="")
@example(sent=gzip.compress(b"a\n1\n")[:-4], coding="gzip")
def test_any_bytes_are_a_table_or_a_sentence(folder: Path, sent: bytes, coding: str) -> None:
    taken = _take(folder, sent, coding)
    if isinstance(taken, DataError):
        assert taken.what
        assert taken.action
    else:
        assert taken.rows > 0
        assert "a" in taken.columns


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.text(max_size=8), st.integers()), min_size=1, max_size=20),
    packed=st.booleans(),
)
def test_a_table_of_any_text_is_taken_whole(folder: Path, rows: list[tuple[str, int]], packed: bool) -> None:
    """The rows are counted by the reader of tables that wrote them: an independent count of line ends would be wrong."""
    text = [(cell.replace("\x00", ""), number) for cell, number in rows]
    table = pl.DataFrame(text, schema=["a", "b"], orient="row").write_csv().encode()
    taken = _take(folder, gzip.compress(table) if packed else table, "gzip" if packed else "")
    assert isinstance(taken, Contents)
    assert taken.rows == len(rows)
    assert taken.size == len(table)
