"""Reading, writing and reading again gives the same records, by XML and by Blade, whatever the records hold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rightplace.returns.sen2.blade_reader import read_blade
from rightplace.returns.sen2.blade_writer import write_blade
from rightplace.returns.sen2.frames import parent_row, schema
from rightplace.returns.sen2.layout import EDITIONS, TABLES, WRITABLE, Item, Table
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_xml
from rightplace.returns.sen2.xml_writer import write_xml

SPACE_AND_CONTROL = ["Cc", "Cs", "Cn"]
words = st.text(st.characters(exclude_categories=SPACE_AND_CONTROL), min_size=1, max_size=12)
lines = st.sampled_from(["two\nlines", "a\r\nb", "x\ty", "O'Brien & <Sons>", ']]> "q", ;', "=1+1", "&amp;", "Zoë"])
anything = st.one_of(words, lines).map(str.strip).filter(bool)
letters = st.text("ABCXYZ", min_size=1, max_size=4)
iso_dates = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
odd_dates = st.sampled_from(["01/02/2024", "2024-02-30", "2024-2-3", "Feb 2024", "20240203"])
moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat())
"""Text that has one spelling already, so that the Blade reader has nothing to change in it."""


def text(item: Item, *, messy: bool) -> st.SearchStrategy[str | None]:
    kinds: dict[str, st.SearchStrategy[str]] = {
        "text": letters if item.name in ("urn", "ukprn", "uln", "lea", "serial_no") else anything,
        "date": iso_dates | odd_dates,
        "datetime": moments,
        "flag": st.sampled_from(["0", "1", "2", "x"]),
        "integer": st.sampled_from(["1", "2", "3", "1.5", "one"]),
        "code": letters,
    }
    return st.none() | kinds[item.kind] | (anything if messy else kinds[item.kind])


@st.composite
def returns(draw: st.DrawFn, editions: tuple[int, ...], *, messy: bool) -> Sen2Return:
    edition = draw(st.sampled_from(editions))
    items = {
        table.name: st.fixed_dictionaries({}, optional={item.name: text(item, messy=messy) for item in table.items})
        for table in TABLES
    }
    rows: dict[str, list[dict[str, object]]] = {table.name: [] for table in TABLES}

    def add(table: Table, above: int) -> None:
        number = len(rows[table.name])
        record: dict[str, object] = {"row": number, "line": 0}
        if (name := parent_row(table)) is not None:
            record[name] = above
        rows[table.name].append(
            {**dict.fromkeys(item.name for item in table.items), **record, **draw(items[table.name])}
        )
        for below in TABLES:
            if below.parent == table.name:
                for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
                    add(below, number)

    add(TABLES[0], 0)
    rows["sen2"][0] |= {"year": str(edition), "reference_date": f"{edition}-01-15", "collection": "SEN2"}
    tables = {table.name: pl.DataFrame(rows[table.name], schema=schema(table)) for table in TABLES}
    return Sen2Return(edition=edition, source="made", sha256="", tables=tables)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def same_records(one: Sen2Return, other: Sen2Return) -> None:
    assert one.edition == other.edition
    for name, frame in one.tables.items():
        assert frame.drop("line").to_dicts() == other.tables[name].drop("line").to_dicts(), name


@given(returns(WRITABLE, messy=True))
def test_xml(ret: Sen2Return) -> None:
    with folder() as place:
        write_xml(ret, place / "one.xml")
        once = read_xml(place / "one.xml")
        write_xml(once, place / "two.xml")
        assert (place / "one.xml").read_bytes() == (place / "two.xml").read_bytes()
    same_records(ret, once)
    assert once.problems == ()


@given(returns(EDITIONS, messy=False))
def test_blade_gives_the_frames_that_xml_gives(ret: Sen2Return) -> None:
    with folder() as place:
        write_blade(ret, place / "blade")
        by_blade = read_blade(place / "blade")
        same_records(ret, by_blade)
        if ret.edition in WRITABLE:
            write_xml(ret, place / "one.xml")
            same_records(read_xml(place / "one.xml"), by_blade)
    assert {problem.rule for problem in by_blade.problems} <= {"F27"}
