"""Which files make up a Blade export: found by name, or by the columns of a file that was renamed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rightplace.area.archives import DAMAGED
from rightplace.errors import RefusedError, UserError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.layout import TABLES

_NAMES: Final = "|".join(table.name for table in TABLES)
_FILE_NAME: Final = re.compile(rf"(?:(.*)[_\- ])?({_NAMES})(?: ?\([0-9]+\)| - copy)?\.(?:csv|txt)", re.IGNORECASE)
_OWN_COLUMNS: Final = (
    re.compile(rf"\b({_NAMES})orderseqcolumn\b", re.IGNORECASE),
    re.compile(rf"\b({_NAMES})tableid\b", re.IGNORECASE),
)
"""What is in the first line of a table and, if it is the first of its kind there, of no other."""
_EXPORT: Final = "Give the nine files of the export, the folder they are in, or a zip file of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class BladeFile:
    """One CSV of an export: its file name, the table it holds, the export it belongs to and its bytes."""

    name: str
    table: str
    export: str
    content: bytes


def find(paths: Sequence[Path]) -> list[BladeFile]:
    """The Blade tables among CSV files, folders of them and zip files, in the order given.

    ``export`` is what stands before the table in the name (``Blade-Export_12-03-2026``), with the
    folder, so that two exports can be told apart. A file that is not one of the nine tables is passed
    over if it came from a folder or zip file. Raises ``UserError`` when it was named itself.
    """
    found = []
    for path in paths:
        several = path.is_dir() or path.suffix.lower() == ".zip"
        for name, content in _members(path):
            table, export = table_of(name, content)
            if table is not None:
                home = str(path if several else path.parent)
                found.append(BladeFile(name=name, table=table, export=f"{home}/{export}", content=content))
            elif not several:
                raise UserError(
                    "This is not one of the nine tables of a Blade export: neither its name nor its columns say which.",
                    where=str(path),
                    action=f"Name it after its table, as in Blade-Export_12-03-2026_person.csv. {_EXPORT}",
                )
    return [_at_home(file, found) for file in found]


def _at_home(file: BladeFile, others: Sequence[BladeFile]) -> BladeFile:
    """A file known by its columns alone belongs to the export beside it, when there is just one."""
    home, _, name = file.export.rpartition("/")
    exports = {other.export for other in others if other.export.rpartition("/")[0] == home} - {file.export}
    return replace(file, export=exports.pop()) if not name and len(exports) == 1 else file


def table_of(name: str, content: bytes) -> tuple[str | None, str]:
    """The table a file holds and the export it is of, by its name, else by its first line."""
    named = _FILE_NAME.fullmatch(name)
    if named:
        return named[2].lower(), named[1] or ""
    if not name.lower().endswith((".csv", ".txt")):
        return None, ""
    first_line = content[:4000].replace(b"\0", b"").split(b"\n", 1)[0].decode("latin-1")
    own = next((found for pattern in _OWN_COLUMNS if (found := pattern.search(first_line))), None)
    return (own[1].lower(), "") if own else (None, "")


def _members(path: Path) -> list[tuple[str, bytes]]:
    try:
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
            return [(file.name, _read(file)) for file in files]
        if path.suffix.lower() == ".zip":
            return _unzip(path)
        return [(path.name, _read(path))]
    except OSError as error:
        raise UserError(
            f"The file cannot be opened: {(error.strerror or str(error)).lower()}.",
            where=str(path),
            action="Check the name, and that you may read the file.",
        ) from error


def _read(path: Path) -> bytes:
    if path.stat().st_size > limits.FILE_BYTES:
        raise _too_large(str(path))
    return path.read_bytes()


def _unzip(path: Path) -> list[tuple[str, bytes]]:
    """The CSV members of a zip file. What they hold is counted while it is unpacked, not believed beforehand."""
    members, total = [], 0
    try:
        with zipfile.ZipFile(path) as archive:
            for info in sorted(archive.infolist(), key=lambda member: member.filename):
                if not info.filename.lower().endswith(".csv"):
                    continue
                with archive.open(info) as member:
                    content = member.read(limits.FILE_BYTES - total + 1)
                total += len(content)
                if total > limits.FILE_BYTES:
                    raise _too_large(f"{path} ({info.filename})")
                members.append((Path(info.filename).name, content))
    except DAMAGED as error:
        raise UserError(
            f"The zip file cannot be unpacked ({error}).", where=str(path), action="Unpack it and give the folder."
        ) from error
    return members


def _too_large(where: str) -> RefusedError:
    return RefusedError(
        f"The file holds more than {limits.FILE_BYTES // limits.MEGABYTE:,} MB, more than any authority's return.",
        where=where,
        action="Check that it is a Blade export.",
    )
