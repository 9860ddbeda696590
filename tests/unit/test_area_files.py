"""A file is replaced whole or not at all, and what went wrong is a sentence."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rightplace.area.files import replace_file, replace_folder
from rightplace.errors import UserError


def test_a_failed_block_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail() -> None:
        with replace_file(path) as part:
            part.write_text("half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_parent_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    def write() -> None:
        with replace_file(tmp_path / "file" / "a.txt") as part:
            part.write_text("x")

    with pytest.raises(UserError, match="could not be written"):
        write()


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0" * 4096)
    seen: set[int] = set()
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.add(len(path.read_text()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for digit in "123456789":
        with replace_file(path) as part, part.open("w") as file:
            for _ in range(64):
                file.write(digit * 64)
                file.flush()
    stop.set()
    watcher.join()
    assert seen == {4096}


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    with replace_folder(folder) as part:
        (part / "one").write_text("1")
    with replace_folder(folder) as part:
        (part / "two").write_text("2")
    assert [path.name for path in folder.iterdir()] == ["two"]
    assert list(tmp_path.iterdir()) == [folder]
