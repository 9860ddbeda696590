"""Keeping an area record on disk: a folder of Parquet files and ``area.toml``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Final

import polars as pl

from rightplace.area.files import replace_folder, sha256
from rightplace.area.record import Area, Refusal, Source, build
from rightplace.area.tables import TABLES
from rightplace.errors import DataError, RefusedError, UserError

LAYOUT: Final = 2
"""Version of the folder's layout; raised when an older one can no longer be read."""

MANIFEST: Final = "area.toml"


def save(area: Area, folder: Path) -> None:
    """Write an area as a folder, in the place of an earlier area of that name.

    Raises ``RefusedError`` where ``folder`` holds something that is not an area record.
    """
    if folder.exists() and not (folder / MANIFEST).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise RefusedError(
            "This is not an area record, so it was not replaced.",
            where=str(folder),
            action="Give the name of a new folder, or of an area record.",
        )
    with replace_folder(folder) as part:
        for table in TABLES:
            frame = area[table.name]
            if not frame.is_empty():
                frame.write_parquet(part / f"{table.name}.parquet", statistics=True)
        (part / MANIFEST).write_text(_manifest(area, part), encoding="utf-8")


def load(folder: Path) -> Area:
    """Read an area that :func:`save` wrote.

    Raises ``UserError`` where there is none, and ``DataError`` where a file was changed or lost.
    """
    manifest = _read_manifest(folder)
    frames = {}
    for name, digest in manifest["tables"].items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise DataError("A table of this area record is missing.", where=str(path), action="Load the area again.")
        if sha256(path) != digest:
            raise DataError(
                "This file is not the one that was saved.",
                where=str(path),
                action="Load the area again from its returns.",
            )
        try:
            frames[name] = pl.read_parquet(path)
        except pl.exceptions.PolarsError as error:
            raise DataError("This table cannot be read.", where=str(path), action="Load the area again.") from error
    return build(la_code=manifest["la_code"], name=manifest["name"], tables=frames, lineage=manifest["lineage"])


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError(
            "There is no area record here.",
            where=str(folder),
            action="Make one with 'rightplace load' or 'rightplace example'.",
        )
    try:
        manifest = tomllib.loads(path.read_text(encoding="utf-8"))
        if manifest["layout"] != LAYOUT:
            raise DataError(
                f"This area record has layout {manifest['layout']}; this version reads layout {LAYOUT}.",
                where=str(path),
                action="Load the area again from its returns.",
            )
        return {
            "la_code": str(manifest["la_code"]),
            "name": str(manifest["name"]),
            "tables": {str(name): str(digest) for name, digest in manifest["tables"].items()},
            "lineage": tuple(_source(row) for row in manifest.get("source", [])),
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError) as error:
        raise DataError(
            f"The area record's list of contents cannot be read ({_fault(error)}).",
            where=str(path),
            action="Load the area again.",
        ) from error


def _fault(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return str(error)
    return f"it has no {error}" if isinstance(error, KeyError) else "it does not have the form of one"


def _source(row: dict[str, Any]) -> Source:
    counts = {name: tuple(Refusal(**count) for count in row.get(name, [])) for name in ("refused", "noted")}
    return Source(**{**row, **counts})


def _manifest(area: Area, folder: Path) -> str:
    lines = [
        f"layout = {LAYOUT}",
        f"la_code = {_text(area.la_code)}",
        f"name = {_text(area.name)}",
        "",
        "[tables]  # SHA-256 of each file",
        *(f'{path.stem} = "{sha256(path)}"' for path in sorted(folder.glob("*.parquet"))),
    ]
    for source in area.lineage:
        lines += [
            "",
            "[[source]]",
            f"file = {_text(source.file)}",
            f"kind = {_text(source.kind)}",
            f"edition = {_text(source.edition)}",
            f"sha256 = {_text(source.sha256)}",
            f"rows_in = {source.rows_in}",
            f"rows_kept = {source.rows_kept}",
        ]
        lines += _counts("refused", source.refused) + _counts("noted", source.noted)
    return "\n".join(lines) + "\n"


def _counts(name: str, counts: tuple[Refusal, ...]) -> list[str]:
    rows = [f"    {{ reason = {_text(count.reason)}, rows = {count.rows} }}," for count in counts]
    return [f"{name} = [", *rows, "]"] if rows else []


def _text(value: str) -> str:
    # A TOML basic string takes the escapes of a JSON string, but not a bare delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
