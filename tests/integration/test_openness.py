"""What the documentation promises about openness holds: one way to the internet, and commands that exist."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from rightplace.cli.app import app
from rightplace.cli.entry import spread
from rightplace.returns.fetch.catalogue import catalogue

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "rightplace"
FOLDERS = ("how-to", "tutorials", "assurance")
PAGES = [
    *sorted(path for folder in FOLDERS for path in (CHECKOUT / "docs" / folder).glob("*.md")),
    CHECKOUT / "docs" / "index.md",
    CHECKOUT / "README.md",
]
_NETWORK = re.compile(
    r"(urllib\.request|urllib3|http\.client|http\.server|socket|ssl|ftplib|smtplib|telnetlib|asyncio|requests|httpx|aiohttp)(\.|$)"
)


def imports(path: Path) -> set[str]:
    """The modules a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_only_fetch_can_reach_the_internet() -> None:
    """The assurance pages say that nothing but ``rightplace fetch`` uses the internet. The service only listens."""
    reaching = {
        path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if any(_NETWORK.match(name) for name in imports(path))
    }
    assert {path.as_posix() for path in reaching if path.parts[:2] != ("returns", "fetch")} == {"web/server.py"}
    assert imports(SOURCE / "web" / "server.py") & {"socket", "urllib.request", "http.client"} == {"socket"}


def test_nothing_imports_fetch_but_its_own_command() -> None:
    importers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(name.startswith("rightplace.returns.fetch") for name in imports(path))
        and not path.is_relative_to(SOURCE / "returns" / "fetch")
    }
    assert importers == {"cli/fetch.py"}


def commands(page: Path) -> list[str]:
    """The Rightplace commands in a page's blocks of code."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [
        line.removeprefix(".venv/bin/") for line in lines if line.removeprefix(".venv/bin/").startswith("rightplace ")
    ]


WRITTEN = [pytest.param(line, id=f"{page.stem}: {line}") for page in PAGES for line in commands(page)]


def test_the_pages_show_commands() -> None:
    assert len(WRITTEN) > 20


@pytest.mark.parametrize("line", WRITTEN)
def test_a_command_shown_in_the_documentation_is_understood(line: str) -> None:
    """Parsed as the command line parses it, and not run."""
    _, name, *words = shlex.split(line)
    group: Any = typer.main.get_command(app)
    command = group.commands[name]
    with command.make_context(name, spread(words)) as context:
        assert context.params


def test_the_page_on_fetching_lists_the_sources_and_their_groups() -> None:
    text = (CHECKOUT / "docs" / "how-to" / "fetch-open-data.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `(\w+)` \|", text, re.M)
    listed = {(name, group) for names, group in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {(source.name, source.group) for source in catalogue()}
