"""The bytes of an XML file in pieces, counted and hashed, from its start or from a person after a broken one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from rightplace.errors import RefusedError
from rightplace.returns.sen2 import limits

PIECE: Final = 1 << 15
"""Bytes given to the parser at a time: small, so that what was parsed is still in the processor's cache."""

_BLOCK: Final = 1 << 20
_PERSON: Final = re.compile(rb"<person[\s>]", re.IGNORECASE)
_LONGEST_MATCH: Final = len(b"<Person>")


class Stream:
    """A binary file that can be read twice. ``done`` is how far it has been read, in bytes."""

    def __init__(self, file: BinaryIO, *, where: str) -> None:
        self._file = file
        self._where = where
        self._hash = hashlib.sha256()
        self._hashed = False
        self.done = 0

    def sha256(self) -> str:
        """SHA-256 of the whole file, in hexadecimal."""
        if not self._hashed:
            self._file.seek(0)
            self._hash = hashlib.sha256()
            while block := self._file.read(_BLOCK):
                self._hash.update(block)
        return self._hash.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """The bytes in order. Raises ``RefusedError`` past ``limits.FILE_BYTES``."""
        self._file.seek(0)
        self.done = 0
        while piece := self._file.read(PIECE):
            self._hash.update(piece)
            self._count(piece)
            yield piece
        self._hashed = True

    def pieces_from(self, offset: int) -> Iterator[bytes]:
        """The bytes from an offset on."""
        self._file.seek(offset)
        self.done = offset
        while piece := self._file.read(PIECE):
            self._count(piece)
            yield piece

    def next_person(self, line: int, column: int, *, after: int) -> tuple[int, int] | None:
        """Offset and line of the first Person tag past a place and past the offset ``after``; None when there is none."""
        offset = max(self._offset(line) + max(column - 1, 0), after + 1)
        self._file.seek(offset)
        held, start = b"", offset
        while block := self._file.read(_BLOCK):
            window = held + block
            found = _PERSON.search(window)
            if found:
                position = start + found.start()
                return position, self._line(position)
            held = window[-_LONGEST_MATCH:]
            start += len(window) - len(held)
        return None

    def _count(self, piece: bytes) -> None:
        self.done += len(piece)
        if self.done > limits.FILE_BYTES:
            raise too_large(self._where)

    def _offset(self, line: int) -> int:
        """Offset of the start of a line."""
        self._file.seek(0)
        offset, wanted = 0, line - 1
        while wanted > 0 and (block := self._file.read(_BLOCK)):
            ends = block.count(b"\n")
            if ends < wanted:
                wanted -= ends
                offset += len(block)
                continue
            position = -1
            for _ in range(wanted):
                position = block.index(b"\n", position + 1)
            return offset + position + 1
        return offset

    def _line(self, offset: int) -> int:
        self._file.seek(0)
        line = 1
        while offset > 0 and (block := self._file.read(min(_BLOCK, offset))):
            line += block.count(b"\n")
            offset -= len(block)
        return line


def too_large(where: str) -> RefusedError:
    """The refusal of a file over the size limit."""
    size = limits.FILE_BYTES // limits.MEGABYTE
    return RefusedError(
        f"The file is larger than {size:,} MB, more than any authority's return.",
        where=where,
        action="Check that it is a SEN2 return.",
    )
