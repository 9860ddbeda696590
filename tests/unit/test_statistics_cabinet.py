"""Tables of a folder, however they are packed, encoded or spoilt."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import DataError, UserError
from rightplace.returns.statistics import cabinet
from rightplace.returns.statistics.cabinet import Drawer, drawers

TEXT = "time_period,la_name,ehcplans\n202425,Rhônefield,12\n202324, Kent ,x\n202223,,\n"


def written(folder: Path) -> list[Path]:
    """One table in every packing."""
    (folder / "caseload.csv").write_text(TEXT, encoding="utf-8")
    (folder / "caseload.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    pl.read_csv(TEXT.encode(), infer_schema=False).write_parquet(folder / "caseload.parquet")
    with zipfile.ZipFile(folder / "release.zip", "w") as archive:
        archive.writestr("data/caseload.csv", TEXT)
        archive.writestr("data/readme.txt", "not a table")
    return sorted(folder.iterdir())


def test_every_packing_gives_the_same_rows(tmp_path: Path) -> None:
    written(tmp_path)
    found = list(drawers(tmp_path))
    assert [drawer.stem for drawer in found] == ["caseload"] * 4
    assert found[-1].name == "release.zip > data/caseload.csv"
    frames = [drawer.read() for drawer in found]
    assert all(frame.equals(frames[0]) for frame in frames)
    assert frames[0]["la_name"].to_list() == ["Rhônefield", "Kent", None]
    assert all(drawer.columns() == ["time_period", "la_name", "ehcplans"] for drawer in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_encodings_that_offices_save_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "caseload.csv").write_bytes(TEXT.encode(encoding))
    drawer = Drawer(path=tmp_path / "caseload.csv")
    assert drawer.read()["la_name"][0] == "Rhônefield"
    assert drawer.read().columns == ["time_period", "la_name", "ehcplans"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"  \n \n"),
        ("cut.csv.gz", gzip.compress(TEXT.encode() * 400)[:-40]),
        ("notgzip.csv.gz", b"time_period,la_name"),
        ("cut.parquet", b"PAR1 and then nothing"),
        ("quote.csv", b'a,b\n"unclosed,1\n2,3\n'),
    ],
)
def test_a_damaged_file_gives_a_sentence_with_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        Drawer(path=tmp_path / name).read()
    assert caught.value.where == name
    assert caught.value.action


def test_a_table_too_large_to_be_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cabinet, "LARGEST_BYTES", 1000)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 10_000))
    with pytest.raises(DataError, match="larger than"):
        Drawer(path=tmp_path / "bomb.csv.gz").read()


def test_an_archive_that_is_none_is_passed_over_and_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "release.zip").write_bytes(b"no archive")
    (tmp_path / ".hidden.csv").write_text(TEXT)
    assert list(drawers(tmp_path)) == []
    with pytest.raises(UserError, match="no such folder"):
        list(drawers(tmp_path / "elsewhere"))


def test_rows_with_too_many_or_too_few_cells_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    (tmp_path / "ragged.csv").write_text("a,b\n1,2,3\n4\n5,6\n")
    assert Drawer(path=tmp_path / "ragged.csv").read().rows() == [("1", "2"), ("4", None), ("5", "6")]
