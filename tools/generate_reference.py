"""Write the reference pages that come from the code: commands, rules, tables, parameters, glossary.

Run with ``--check`` to see whether the pages are current without writing them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer.main

from rightplace.area.tables import TABLES
from rightplace.cli.app import app
from rightplace.parameters import reference as parameters
from rightplace.returns.checks import catalogue
from rightplace.vocabulary import glossary

ROOT = Path(__file__).resolve().parents[1]


def pages() -> dict[Path, str]:
    """Path to text of every generated page."""
    docs = ROOT / "docs" / "reference"
    words = glossary.markdown()
    return {
        docs / "commands.md": commands(),
        docs / "rules.md": catalogue.markdown(),
        docs / "tables.md": tables(),
        docs / "parameters.md": parameters.markdown(),
        docs / "glossary.md": words,
        ROOT / "GLOSSARY.md": words,
    }


def commands() -> str:
    """The reference page of the command line."""
    group = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Exit codes: 0 done, 2 the command was not understood or a file could not be used, 3 the data fail their",
        "rules, 4 refused, 5 cancelled, 1 a fault in Rightplace.",
        "",
    ]
    for name, command in sorted(group.commands.items()):
        lines += [
            f"## rightplace {name}",
            "",
            command.help or "",
            "",
            "| word | meaning | default |",
            "| --- | --- | --- |",
        ]
        lines += [_word(word) for word in command.params if word.name != "help"]
        lines.append("")
    return "\n".join(lines)


def _word(word: Any) -> str:
    shown = " ".join([word.opts[0], word.metavar or ""]).strip() if word.param_type_name == "option" else word.metavar
    default = "" if word.default in (None, False) or word.required else str(word.default)
    return f"| `{shown}` | {word.help or ''} | {default} |"


def tables() -> str:
    """The reference page of the area record."""
    lines = [
        "# Tables of the area record",
        "",
        "Each table is a Parquet file of the area's folder; `area.toml` lists them with their sources.",
        "",
    ]
    for table in TABLES:
        lines += [
            f"## {table.name}",
            "",
            f"A row is {table.row}. Key: {', '.join(table.key)}.",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{column.name}` | {column.dtype} | {column.meaning} |" for column in table.columns]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the pages, or with ``--check`` say which are not current."""
    stale = [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        if stale:
            raise SystemExit(f"Not current, run 'make docs': {', '.join(path.name for path in stale)}")
        return
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8")


if __name__ == "__main__":
    main()
