"""The command line: lists after one option, light start, errors as sentences with their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rightplace.cli.entry import spread


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("load A --sen2 x y --gias z", "load A --sen2 x --sen2 y --gias z"),
        ("load A --sen2 x --sen2 y", "load A --sen2 x --sen2 y"),
        ("load A --sen2 x y --name n", "load A --sen2 x --sen2 y --name n"),
        ("check x y --csv out", "check x y --csv out"),
        ("load A --sen2", "load A"),
    ],
)
def test_lists_after_one_option_are_spread(words: str, expected: str) -> None:
    assert spread(words.split()) == expected.split()


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "rightplace", *words], capture_output=True, text=True, check=False)


def test_importing_the_package_or_its_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, json, rightplace, rightplace.cli.app;"
        "print(json.dumps([m for m in ('pandas','django','altair','ortools','polars','numba','scipy','lxml') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_an_error_is_a_sentence_with_its_exit_code(tmp_path: Path) -> None:
    done = _run("show", str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert "There is no area record here." in done.stderr
    assert "What to do:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["forecast", "--out", "x"],
        ["forecast", "area", "--all", "--statistics", "f", "--out", "x"],
        ["load", "area"],
        ["load", "area", "--sen2", "x", "--statistics", "f"],
        ["unknown"],
    ],
)
def test_a_command_that_is_not_understood_exits_2(words: list[str]) -> None:
    done = _run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_version_is_the_packages() -> None:
    from rightplace import __version__

    assert _run("--version").stdout == f"rightplace {__version__}\n"
