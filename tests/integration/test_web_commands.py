"""The commands of the service, run as a person would: started, asked, stopped with Ctrl-C; the return written; the log checked."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rightplace.web.policy.role import Role


def _start(folder: Path, *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RIGHTPLACE", "DJANGO"))}
    return subprocess.Popen(
        [sys.executable, "-m", "rightplace", *words], cwd=folder, env=kept, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _run(folder: Path, *words: str) -> SimpleNamespace:
    process = _start(folder, *words)
    out, err = process.communicate(timeout=120)
    return SimpleNamespace(code=process.returncode, out=out, err=err)


def _signed_in(address: str, user: str, password: str, *, page: str) -> str:
    """A page as a person sees it after signing in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = browser.open(f"{address}accounts/login/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "login": user, "password": password})
    browser.open(f"{address}accounts/login/", sent.encode(), timeout=60).close()
    with browser.open(f"{address}{page}", timeout=60) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The service started with the example on a free port, asked for a page, and stopped with Ctrl-C."""
    folder = tmp_path_factory.mktemp("served")
    process = _start(folder, "serve", "--example", "--port", "0", "--database", "sqlite:///it.sqlite3")
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if "http://" in line:
            break
    try:
        address = lines[-1].split()[3]
        with urllib.request.urlopen(f"{address}health", timeout=30) as answer:
            health = (answer.status, answer.read())
        with urllib.request.urlopen(address, timeout=30) as answer:
            first = (answer.url, answer.read().decode())
        planner = next(line.split("\t") for line in lines if line.startswith("planner\t"))
        glance = _signed_in(address, *planner[1:], page="planning/")
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    return SimpleNamespace(
        folder=folder, lines=lines, health=health, first=first, glance=glance, code=process.returncode, err=err
    )


def test_it_tells_the_address_and_a_person_for_each_role(served: Any) -> None:
    accounts = [line.split("\t") for line in served.lines if "\t" in line]
    assert {account[0] for account in accounts} == set(Role.values)
    assert all(len(account) == 3 and len(account[2]) >= 12 for account in accounts)


def test_a_page_that_works_with_frames_answers_in_what_serves(served: Any) -> None:
    """A worker copied from a process that had loaded the example would wait for its threads for ever."""
    assert "Marlshire" in served.glance
    assert "<svg" in served.glance or "plans" in served.glance


def test_it_answers_when_ready_and_stops_cleanly(served: Any) -> None:
    assert served.health[0] == 200
    assert b"ready" in served.health[1]
    assert "/accounts/login/" in served.first[0]
    assert "<h1" in served.first[1]
    assert served.code == 0
    assert "Traceback" not in served.err


def test_the_return_is_written_and_the_log_is_whole(served: Any) -> None:
    written = _run(served.folder, "export-sen2", "--database", "sqlite:///it.sqlite3", "--out", "out.xml")
    assert written.code == 0, written.err
    assert (served.folder / "out.xml").read_bytes().startswith(b"<?xml")
    checked = _run(served.folder, "audit", "verify", "--database", "sqlite:///it.sqlite3")
    assert checked.code == 0, checked.err
    assert "The log is whole" in checked.out


def test_a_changed_row_ends_with_exit_code_3_and_its_number(served: Any, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(served.folder / "it.sqlite3") as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("UPDATE audit_entry SET words = 'Nothing.' WHERE number = 2")
    source.close()
    target.commit()
    target.close()
    checked = _run(tmp_path, "audit", "verify", "--database", "sqlite:///copy.sqlite3")
    assert checked.code == 3
    assert "row 2 was changed" in checked.err


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "verify", "--database", "sqlite:///nothing.sqlite3"),
        ("export-sen2", "--database", "postgresql://nobody@127.0.0.1:1/none", "--out", "x.xml"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_words(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = _run(tmp_path, *words)
    assert told.code == 2
    assert "Rightplace could not do this." in told.err
    assert "Traceback" not in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = _run(tmp_path, "serve", "--port", str(taken.getsockname()[1]), "--database", "sqlite:///it.sqlite3")
    assert told.code == 2
    assert "cannot be used" in told.err
    assert list(tmp_path.iterdir()) == []
