"""The tables of a folder of published files, inside archives too, opened without being unpacked to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import polars as pl

from rightplace.area.archives import DAMAGED
from rightplace.errors import DataError, UserError

TABLES: Final = (".csv", ".csv.gz", ".parquet")
LARGEST_BYTES: Final = 1_000_000_000
"""A table larger than this, opened, is refused: the largest published one is under a tenth of it."""

_PEEK_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """One table: a file, or a member of a zip archive."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """What people call it: the file's name, and the member's for one inside an archive."""
        return f"{self.path.name} > {self.member}" if self.member else self.path.name

    @property
    def stem(self) -> str:
        """The name without folder and endings."""
        name = Path(self.member or self.path.name).name
        ending = next((end for end in (".csv.gz", *TABLES) if name.casefold().endswith(end)), "")
        return name[: len(name) - len(ending)]

    def columns(self) -> list[str]:
        """The column names, read without reading the rows. Raises ``DataError`` where it is not a table."""
        if self._ends(".parquet"):
            with _readable(self.name):
                return list(pl.read_parquet_schema(io.BytesIO(self._content(LARGEST_BYTES))))
        head = self._content(_PEEK_BYTES)
        return parse(head.rpartition(b"\n")[0] or head, self.name).columns

    def read(self) -> pl.DataFrame:
        """All rows. Text has no space around it and is null when empty; a CSV has text columns only.

        Raises ``DataError`` where it is not a table, is damaged or is too large.
        """
        content = self._content(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise DataError(
                f"It is larger than {LARGEST_BYTES // 1_000_000:,} MB when opened.",
                where=self.name,
                action="Check that it is the published file.",
            )
        if not self._ends(".parquet"):
            return _tidy(parse(content, self.name))
        with _readable(self.name):
            return _tidy(pl.read_parquet(io.BytesIO(content)))

    def _ends(self, ending: str) -> bool:
        return (self.member or self.path.name).casefold().endswith(ending)

    def _content(self, most: int) -> bytes:
        with _readable(self.name), ExitStack() as stack:
            stream: IO[bytes]
            if self.member:
                stream = stack.enter_context(stack.enter_context(zipfile.ZipFile(self.path)).open(self.member))
            else:
                stream = stack.enter_context(self.path.open("rb"))
            if self._ends(".gz"):
                return stack.enter_context(gzip.GzipFile(fileobj=stream)).read(most)
            return stream.read(most)


def drawers(folder: Path) -> Iterator[Drawer]:
    """Every table under a folder, in the order of the paths. Raises ``UserError`` where there is no such folder."""
    if not folder.is_dir():
        raise UserError(
            "There is no such folder.", where=str(folder), action="Name the folder the published files are in."
        )
    for path in sorted(folder.rglob("*")):
        name = path.name.casefold()
        if path.is_file() and not name.startswith("."):
            if name.endswith(TABLES):
                yield Drawer(path=path)
            elif name.endswith(".zip"):
                yield from (Drawer(path=path, member=member) for member in _members(path))


def _members(path: Path) -> list[str]:
    """Tables inside an archive; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(name for name in archive.namelist() if name.casefold().endswith(TABLES))
    except DAMAGED:
        return []


def parse(content: bytes, name: str) -> pl.DataFrame:
    """CSV as text columns, whatever its encoding. Raises ``DataError`` where it is not CSV."""
    text = _decoded(content)
    if not text.strip():
        raise DataError("The file is empty.", where=name, action="Fetch it again.")
    with _readable(name):
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, truncate_ragged_lines=True)
    return frame.rename({column: column.strip() for column in frame.columns if column != column.strip()})


def _decoded(content: bytes) -> str:
    """Text of a file: UTF-8 with or without its mark, UTF-16 with it, else what Excel and GIAS write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _tidy(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String).str.strip_chars()
    return frame.with_columns(pl.when(text != "").then(text))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except (*DAMAGED, pl.exceptions.PolarsError) as error:
        raise DataError(
            f"It cannot be read as a table: {str(error).splitlines()[0] if str(error) else type(error).__name__}.",
            where=name,
            action="Fetch it again, or take it out of the folder.",
        ) from error
