"""Reading SEN2 returns from whatever files a person has: XML, the CSVs of Blade exports, folders and zip files."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rightplace.errors import UserError
from rightplace.progress import Progress, silent
from rightplace.returns.sen2.blade_files import BladeFile, find
from rightplace.returns.sen2.blade_reader import read_export
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_xml

_EXPORT: Final = "Export the SEN2 return as XML, or as the nine CSV files of a COLLECT Blade export."
_NOT_TEXT: Final = {
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an older Excel or Word file",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file",
}


def read(paths: Sequence[Path], *, progress: Progress = silent) -> list[Sen2Return]:
    """The returns in files and folders, in the order named; the CSVs of one Blade export make one return.

    Files of an export are told by the name before the table and by their folder. A folder or zip file gives the
    returns in it. Raises ``UserError`` for the first file that holds no return.
    """
    returns, refused = read_what_can_be(paths, progress=progress)
    if refused:
        raise refused[0]
    return returns


def read_what_can_be(paths: Sequence[Path], *, progress: Progress = silent) -> tuple[list[Sen2Return], list[UserError]]:
    """As :func:`read`, with a refusal for each file that holds no return beside the returns of the others.

    Raises ``UserError`` where no file was named that could hold one.
    """
    found: dict[object, Path | list[BladeFile]] = {}
    refused: list[UserError] = []
    for path in paths:
        try:
            _sort(path, found)
        except UserError as error:
            refused.append(error)
    if not found and not refused:
        where = ", ".join(str(path) for path in paths)
        raise UserError("There is no SEN2 return here.", where=where, action=_EXPORT)
    returns = []
    for one in found.values():
        try:
            returns.append(_read(one, progress))
        except UserError as error:
            refused.append(error)
    return returns, refused


def _sort(path: Path, found: dict[object, Path | list[BladeFile]]) -> None:
    for one in _xml_of(path):
        found[one] = one
    if _may_hold_tables(path):
        for file in find([path]):
            group = found.setdefault(file.export, [])
            if isinstance(group, list):
                group.append(file)


def _read(one: Path | list[BladeFile], progress: Progress) -> Sen2Return:
    return read_xml(one, progress=progress) if isinstance(one, Path) else read_export(one, progress=progress)


def _xml_of(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() == ".xml")
    return [] if _may_hold_tables(path) else [path]


def _may_hold_tables(path: Path) -> bool:
    """Whether a path is a folder, a CSV or a zip file of them. Raises ``UserError`` for a file that is no text."""
    if path.is_dir():
        return True
    try:
        with path.open("rb") as file:
            start = file.read(400)
    except OSError as error:
        raise UserError(
            f"The file cannot be opened: {(error.strerror or str(error)).lower()}.",
            where=str(path),
            action="Check the name, and that you may read the file.",
        ) from error
    for mark, kind in _NOT_TEXT.items():
        if start.startswith(mark):
            raise UserError(f"This is {kind}, not a SEN2 return.", where=str(path), action=_EXPORT)
    if start.startswith(b"PK\x03\x04"):
        return _is_zip_of_tables(path)
    return path.suffix.lower() in (".csv", ".txt") and not start.replace(b"\0", b"").lstrip(
        b"\xef\xbb\xbf\xff\xfe \r\n\t"
    ).startswith(b"<")


def _is_zip_of_tables(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError) as error:
        raise UserError(
            f"The zip file cannot be unpacked ({error}).", where=str(path), action="Unpack it and give the folder."
        ) from error
    if any(name == "[content_types].xml" for name in names):
        raise UserError(
            "This is a workbook or document. The DfE submission template and the pre-submission workbook are not read.",
            where=str(path),
            action=_EXPORT,
        )
    if any(name.endswith(".csv") for name in names):
        return True
    what = "XML files" if any(name.endswith(".xml") for name in names) else "no CSV files"
    raise UserError(f"The zip file holds {what}.", where=str(path), action="Unpack it and give the files in it.")
