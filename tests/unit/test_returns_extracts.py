"""CSV extracts of an area's own tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError, UserError
from rightplace.returns.extracts import read_extract


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_that_cannot_be_read_are_refused_and_counted(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "population.csv",
        "\ufeffYear, Age ,people,projected,note\n2025,4,1000,no,a\n2025,5,many,no,b\n2025,4,7,no,again\n,6,5,no,c\n2026,4,990.5,YES,d\n",
    )
    read = read_extract(path)
    assert read.table == "population"
    assert read.frame.rows() == [(2025, 4, 1000.0, False), (2026, 4, 990.5, True)]
    assert dict(read.frame.schema) == BY_NAME["population"].schema
    assert (read.source.rows_in, read.source.rows_kept) == (5, 2)
    assert {refusal.rows for refusal in read.source.refused} == {1}
    assert sum(refusal.rows for refusal in read.source.refused) == 3


def test_postcodes_may_carry_the_postcode_directorys_own_names(tmp_path: Path) -> None:
    read = read_extract(_write(tmp_path, "postcodes.csv", "pcds,lsoa21cd\nZZ1 1AA,X0100001\n"))
    assert read.frame.rows() == [("ZZ1 1AA", "X0100001")]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("pets.csv", "a,b\n", "not that of a table"),
        ("census.csv", "a,b\n", "not that of a table"),
        ("population.csv", "year,aged,people,projected\n2025,4,1,no\n", "age (is it 'aged'?)"),
        ("population.csv", "", "cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_extract(_write(tmp_path, name, text))
    assert words in str(caught.value)
    assert caught.value.action


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_extract(tmp_path / "staff.csv")
