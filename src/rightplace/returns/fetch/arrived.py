"""Whether what arrived is the table that was asked for."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import sha256
from rightplace.errors import DataError
from rightplace.returns.fetch.transfer import CHUNK, not_the_file

_GZIP: Final = b"\x1f\x8b"
_HEADER_LIMIT: Final = 1 << 20
_ROWS: Final = "how many rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A table: data rows, columns, size in bytes and SHA-256 of the file. ``note`` is what the reader should know."""

    rows: int
    columns: tuple[str, ...]
    size: int
    sha256: str
    note: str = ""


def unpack(sent: Path, target: Path, *, coding: str, largest: int, url: str) -> None:
    """Write ``sent`` to ``target`` with its transfer coding undone.

    Raises ``DataError`` where the coding is damaged, or the whole would be more than ``largest`` bytes.
    """
    with sent.open("rb") as file:
        packed = coding == "gzip" or file.read(2) == _GZIP
    if not packed:
        sent.replace(target)
        return
    written = 0
    try:
        with gzip.open(sent, "rb") as source, target.open("wb") as out:
            while chunk := source.read(CHUNK):
                written += len(chunk)
                if written > largest:
                    what = f"The file unpacks to more than {largest / 1e6:,.0f} MB, the most expected."
                    raise DataError(what, where=url, action="Tell the makers of Rightplace.")
                out.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError("The file arrived damaged.", where=url, action="Run the command again.") from error


def examine(path: Path, columns: Sequence[str], *, url: str) -> Contents:
    """Check that ``path`` is a CSV table with ``columns`` and at least one row.

    Each of ``columns`` is a name, or names joined by "|" of which one must be there.

    Raises ``DataError`` saying what is wrong.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER_LIMIT)
    _refuse_page(start, url)
    header = _header(start)
    missing = [name for name in columns if not set(name.split("|")) & set(header)]
    if missing:
        raise DataError(
            f"The columns have changed: {_names(missing)} {'is' if len(missing) == 1 else 'are'} not in the file.",
            where=url,
            action="The file was not used. Look for a newer version of Rightplace, or tell its makers.",
        )
    rows = _count(path, url)
    if rows == 0:
        raise DataError("The file has a header and no rows.", where=url, action="Run the command again later.")
    return Contents(rows=rows, columns=header, size=path.stat().st_size, sha256=sha256(path))


def _refuse_page(start: bytes, url: str) -> None:
    text = start[:512].decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if not text:
        raise DataError("The service sent an empty file.", where=url, action="Run the command again later.")
    if text.startswith(("<!doctype", "<html", "<?xml", "<head", "<body")):
        raise not_the_file("a web page", url)
    if text.startswith(("{", "[")):
        raise not_the_file("a message", url)


def _header(start: bytes) -> tuple[str, ...]:
    line = start.splitlines()[0].decode("utf-8-sig", "replace")
    return tuple(name.strip() for name in next(csv.reader([line]), []))


def _count(path: Path, url: str) -> int:
    try:
        # Text throughout, and bytes that are not UTF-8 let through: the reader of each file knows its encoding.
        # Every column is read: a row with too many cells is only noticed so.
        rows = pl.scan_csv(path, infer_schema=False, encoding="utf8-lossy")
        counts = rows.select(pl.all().is_null().sum(), pl.len().alias(_ROWS)).collect()
    except pl.exceptions.NoDataError:
        return 0
    except pl.exceptions.PolarsError as error:
        reason = str(error).split("\n", 1)[0]
        raise DataError(
            f"The file is not a whole table ({reason}).", where=url, action="Run the command again."
        ) from error
    return int(counts[_ROWS].item())


def _names(names: Sequence[str]) -> str:
    shown = [name.replace("|", " or ") for name in names[:5]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
