"""From an old URN to the one in use now."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import DataError
from rightplace.returns.gias.links import follow, read_links


def links(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "links_edubasealldata20260512.csv"
    frame = pl.DataFrame(rows, schema=["URN", "LinkURN", "LinkType", "LinkEstablishedDate"], orient="row")
    frame.write_csv(path)
    return path


def test_chains_are_followed_from_both_ends_of_a_link(tmp_path: Path) -> None:
    path = links(
        tmp_path,
        ("1", "2", "Successor", "01-09-2012"),
        ("3", "2", "Predecessor", "01-09-2018"),
        ("3", "4", "Successor - merged", "01-09-2024"),
        ("9", "4", "Sixth Form Centre Link", ""),
    )
    read = read_links(path)
    assert dict(read.frame.rows()) == {"1": "4", "2": "4", "3": "4"}
    assert [(note.reason, note.rows) for note in read.source.noted] == [
        ("links of another kind than successor and predecessor, not followed", 1)
    ]


def test_of_several_successors_the_latest_is_followed_and_rings_are_left(tmp_path: Path) -> None:
    path = links(
        tmp_path,
        ("1", "2", "Successor - Split School", "01-09-2012"),
        ("1", "3", "Successor - Split School", "01-09-2020"),
        ("5", "6", "Successor", ""),
        ("6", "5", "Successor", ""),
        ("4", "5", "Successor", ""),
        ("7", "7", "Successor", ""),
    )
    read = read_links(path)
    assert dict(read.frame.rows()) == {"1": "3"}
    notes = {note.reason: note.rows for note in read.source.noted}
    assert notes["schools with several successors, followed to the latest"] == 1
    assert notes["links that go round in a ring, not followed"] == 3


def test_no_links_lead_nowhere() -> None:
    frame, rings = follow(pl.DataFrame(schema={"urn": pl.String, "next_urn": pl.String}))
    assert frame.is_empty()
    assert rings == 0


def test_a_file_of_something_else_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="not a file of GIAS links"):
        read_links(tmp_path / "other.csv")
