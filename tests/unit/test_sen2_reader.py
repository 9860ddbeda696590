"""Reading whatever files a person has: XML, CSVs, folders and zip files, told apart by what is in them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.returns.sen2.blade_writer import write_blade
from rightplace.returns.sen2.frames import empty, schema
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.reader import read
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_writer import write_xml


def small(edition: int, surname: str = "Ash") -> Sen2Return:
    header = {
        "row": 0,
        "line": 0,
        "collection": "SEN2",
        "year": str(edition),
        "reference_date": f"{edition}-01-15",
        "date_time": f"{edition}-02-20T09:30:00",
    }
    person = {"row": 0, "sen2_row": 0, "line": 0, "surname": surname, "birth_date": "2012-02-29"}
    tables = {table.name: empty(table) for table in TABLES}
    tables["sen2"] = pl.DataFrame([header], schema=schema(BY_NAME["sen2"]))
    tables["person"] = pl.DataFrame([person], schema=schema(BY_NAME["person"]))
    return Sen2Return(edition=edition, source="made", sha256="", tables=tables)


def names(returns: list[Sen2Return]) -> list[tuple[int, str]]:
    return [(ret.edition, ret.tables["person"]["surname"][0]) for ret in returns]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two XML returns, two Blade exports side by side, and files that are neither."""
    write_xml(small(2025, "Xml"), tmp_path / "sen2_2025.xml")
    write_xml(small(2026, "Xml"), tmp_path / "sen2_2026.XML")
    write_blade(small(2023, "Blade"), tmp_path)
    write_blade(small(2024, "Blade"), tmp_path)
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    return tmp_path


def test_a_folder_gives_every_return_in_it(place: Path) -> None:
    assert sorted(names(read([place]))) == [(2023, "Blade"), (2024, "Blade"), (2025, "Xml"), (2026, "Xml")]


def test_files_give_returns_in_the_order_named_and_tables_of_one_export_are_one(place: Path) -> None:
    tables = sorted(place.glob("Blade-Export_20-02-2024_*.csv"))
    paths = [place / "sen2_2026.XML", tables[0], place / "sen2_2025.xml", *tables[1:]]
    assert names(read(paths)) == [(2026, "Xml"), (2024, "Blade"), (2025, "Xml")]


def test_a_zip_file_of_tables(place: Path) -> None:
    with zipfile.ZipFile(place / "all.zip", "w") as archive:
        for path in place.glob("Blade-Export_20-02-2023_*.csv"):
            archive.write(path, path.name)
    assert names(read([place / "all.zip"])) == [(2023, "Blade")]


def test_xml_is_known_whatever_it_is_called(place: Path) -> None:
    for name in ("return.txt", "return.csv", "return"):
        shutil.copy(place / "sen2_2025.xml", place / name)
        assert names(read([place / name])) == [(2025, "Xml")]


def test_progress_is_passed_on(place: Path) -> None:
    seen: list[str] = []
    read([place], progress=lambda done, asked, what: seen.append(what))
    assert any("sen2_2025.xml" in what for what in seen)
    assert any("Blade-Export_20-02-2023" in what for what in seen)


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"%PDF-1.7 ...", "a.pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "older Excel"),
        (b"\x1f\x8b\x08\x00", "a.xml.gz", "gzip"),
        (b"", "a.xml", "empty"),
        (b"a,b\n1,2\n", "a.csv", "not one of the nine tables"),
        (b"PK\x03\x04rubbish", "a.zip", "cannot be unpacked"),
        (b"<html><body></body></html>", "a.csv", "web page"),
    ],
)
def test_files_that_hold_no_return(tmp_path: Path, content: bytes, name: str, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=what) as caught:
        read([tmp_path / name])
    assert name in caught.value.where


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "submission template"),
        (["sen2_2026.xml"], "holds XML files"),
        (["readme.md"], "holds no CSV files"),
    ],
)
def test_zip_files_that_hold_no_tables(tmp_path: Path, members: list[str], what: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsm", "w") as archive:
        for name in members:
            archive.writestr(name, "x")
    with pytest.raises(UserError, match=what) as caught:
        read([tmp_path / "a.xlsm"])
    assert caught.value.action


def test_an_empty_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no SEN2 return here"):
        read([tmp_path])
    with pytest.raises(UserError, match="cannot be opened"):
        read([tmp_path / "none.xml"])
