"""Files that once broke a reader, or could: each is read again, and only sentences come out."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

HARNESS: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "fuzz" / "fuzz_sen2.py"))
FILES = {path.relative_to(HARNESS["CORPUS"]).as_posix(): path for path in sorted(HARNESS["CORPUS"].glob("*/*"))}

PEOPLE = {
    "xml/two_blocks_of_persons.xml": ["Ash", "Birch", "Cedar"],
    "xml/odd_spellings_before_a_plain_one.xml": ["Ash", "Birch", "Cedar"],
    "xml/ampersand.xml": ["Ash", "Cedar"],
    "xml/cut_in_a_tag.xml": ["Ash"],
    "xml/windows_bytes.xml": ["Bénoît"],
    "xml/person_in_person.xml": ["Ash"],
    "xml/undeclared_prefix.xml": ["Ash", "Birch"],
    "xml/whole.xml": ["Ash", "Birch"],
}
"""Who must be read, where someone must."""


def read(name: str) -> Any:
    return HARNESS["FUZZ"][name.partition("/")[0]](FILES[name].read_bytes())


@pytest.mark.parametrize("name", list(FILES))
def test_only_sentences_come_out(name: str) -> None:
    read(name)


@pytest.mark.parametrize("name", list(PEOPLE))
def test_who_is_read(name: str) -> None:
    assert read(name).tables["person"]["surname"].to_list() == PEOPLE[name]


def test_the_harness_runs_over_its_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in HARNESS["FUZZ"]:
        HARNESS["main"]([kind])
    said = capsys.readouterr().out
    assert said.count("nothing but sentences came out") == len(HARNESS["FUZZ"])
    assert "0 files" not in said.split()
