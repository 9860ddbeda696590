"""Reading a SEN2 return from XML: streaming, order and case of names free, bad input told and the good part kept."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from rightplace.errors import UserError
from rightplace.progress import Progress, silent
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.breaks import Break, note, nothing_kept, refuse_if_too_much
from rightplace.returns.sen2.buffers import frames
from rightplace.returns.sen2.edition import edition
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.mending import mend
from rightplace.returns.sen2.prolog import Prolog, prolog
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_document import Document
from rightplace.returns.sen2.xml_stream import Stream, too_large

_EXPORT: Final = "Export the SEN2 return from your system again, as XML."
_MENDED: Final = frozenset({"utf-8", "utf8", "ascii", "us-ascii"})


def read_xml(path: Path, *, progress: Progress = silent) -> Sen2Return:
    """The return in an XML file.

    What is odd about the file is in ``problems``; what could be read in spite of it is in ``tables``.
    ``progress`` counts bytes. Raises ``UserError`` when there is nothing to keep (not XML, no header, an
    edition that is not read) and ``RefusedError`` for a DOCTYPE or a file past :mod:`limits`.
    """
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise too_large(str(path))
        with path.open("rb") as file:
            return read_stream(file, source=path.name, where=str(path), size=size, progress=progress)
    except OSError as error:
        raise UserError(
            f"The file cannot be opened: {(error.strerror or str(error)).lower()}.",
            where=str(path),
            action="Check the name, and that you may read the file.",
        ) from error


def read_stream(
    file: BinaryIO, *, source: str, where: str = "", size: int = 0, progress: Progress = silent
) -> Sen2Return:
    """The return in an open binary file that can be read twice. ``source`` is kept, ``where`` is shown in errors."""
    where = where or source
    start = prolog(file.read(limits.PROLOG_BYTES), where=where)
    stream = Stream(file, where=where)
    reading = _Reading(stream, start, where=where, size=size, progress=progress)
    reading.first_pass()
    if reading.broken is not None and reading.broken.invalid_bytes and start.encoding in _MENDED:
        faults = Faults(where)
        mended = Stream(mend(file, faults), where=where)
        reading = _Reading(mended, start, where=where, size=size, progress=progress, faults=faults)
        reading.first_pass()
    reading.go_on()
    return _made(reading, start, source=source, where=where, sha256=stream.sha256())


class _Reading:
    """One attempt at a file. ``broken`` is the first break that was met."""

    def __init__(
        self,
        stream: Stream,
        start: Prolog,
        *,
        where: str,
        size: int,
        progress: Progress,
        faults: Faults | None = None,
    ) -> None:
        self.faults = faults or Faults(where)
        self.document = Document(source=where, root=start.root, faults=self.faults)
        self.broken: Break | None = None
        self._stream, self._size, self._progress = stream, size, progress
        self._where = where
        self._wide = start.encoding.startswith("utf-16")

    def first_pass(self) -> None:
        """Read to the end or to the first break."""
        self.broken = self.document.read(self._stream.pieces(), self._tick)

    def go_on(self) -> None:
        """Note the break, go on with the next Person, and so on to the end of the file."""
        broken, after = self.broken, 0
        for turn in range(limits.RESUMES + 1):
            if broken is None:
                return
            refuse_if_too_much(broken, where=self._where)
            found = self._next_person(broken, after) if turn < limits.RESUMES else None
            note(broken, self.faults, people=self.document.people, resumed=found[1] if found else None)
            if found is None:
                return
            after, line = found
            broken = self.document.read_on(self._stream.pieces_from(after), line, self._tick)

    def _next_person(self, broken: Break, after: int) -> tuple[int, int] | None:
        if self._wide or broken.cut_short or broken.root_closed or not broken.fatal:
            return None
        return self._stream.next_person(broken.line, broken.column, after=after)

    def _tick(self) -> None:
        done = self._stream.done
        self._progress(done, max(self._size, done), f"Reading {self._where}, bytes")


def _made(reading: _Reading, start: Prolog, *, source: str, where: str, sha256: str) -> Sen2Return:
    document, faults = reading.document, reading.faults
    if reading.broken is not None and not (document.has_header and (document.people or document.has_persons)):
        raise nothing_kept(reading.broken, where=where)
    if not document.has_header:
        raise UserError(
            "The file has no Header, so the year and the authority of the return are not known.",
            where=where,
            action=_EXPORT,
        )
    tables = frames(document.buffers)
    header = tables["sen2"].row(0, named=True)
    if not document.has_persons and not document.people and (header["collection"] or "").upper() != "SEN2":
        kind = (
            f"a return for the collection {header['collection']!r}" if header["collection"] else "another kind of file"
        )
        raise UserError(f"This is {kind}, not a SEN2 return.", where=where, action=_EXPORT)
    if start.root.lower() != "message":
        faults.add("H01", f"The root element is {start.root}, not Message.", action=_EXPORT, line=1, value=start.root)
    if not document.has_persons:
        faults.add("H01", "The file has no Persons.", action=_EXPORT)
    return Sen2Return(
        edition=edition(header["year"], header["reference_date"], where=where, line=header["line"], faults=faults),
        source=source,
        sha256=sha256,
        tables=tables,
        problems=faults.problems(),
    )
