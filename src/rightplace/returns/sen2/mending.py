"""A file that says it is UTF-8 and is not: each wrong line is read as Windows-1252 and reported."""

from __future__ import annotations

import io
import re
from typing import BinaryIO, Final

from rightplace.returns.sen2.faults import Faults

_LINE: Final = 1 << 20
"""Longest line that is mended in one go."""

_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters XML does not allow."""


def mend(file: BinaryIO, faults: Faults) -> BinaryIO:
    """The file as UTF-8, in memory, line for line. Faults are noted under rule H12.

    A line that is not UTF-8 is taken for Windows-1252, as systems in use here write when they do not
    write UTF-8; characters XML forbids become U+FFFD.
    """
    file.seek(0)
    made = io.BytesIO()
    line, offset, carried = 1, 0, b""
    while raw := file.readline(_LINE):
        whole, carried = _split(carried + raw)
        made.write(_mended(whole, line, offset, faults))
        offset += len(whole)
        line += whole.endswith(b"\n")
    made.write(_mended(carried, line, offset, faults))
    made.seek(0)
    return made


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """What can be decoded now, and the first bytes of a character that a cut through a long line left unfinished."""
    for back in range(1, min(3, len(raw)) + 1):
        byte = raw[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return (raw[:-back], raw[-back:]) if back < length else (raw, b"")
        if byte < 0x80:
            break
    return raw, b""


def _mended(raw: bytes, line: int, start: int, faults: Faults) -> bytes:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = raw.decode("cp1252", errors="replace")
        faults.add(
            "H12",
            f"Byte 0x{raw[error.start]:02X}, number {start + error.start + 1:,} of the file, is not UTF-8, which the"
            " file should be written in. The line was read as Windows-1252.",
            action="Save the file as UTF-8.",
            line=line,
            value=f"0x{raw[error.start]:02X}",
            kind="encoding",
        )
    wrong = _FORBIDDEN.search(text)
    if wrong is None:
        return text.encode()
    faults.add(
        "H12",
        f"The character U+{ord(wrong[0]):04X} is not allowed in XML. It was replaced by U+FFFD.",
        action="Remove the character.",
        line=line,
        value=f"U+{ord(wrong[0]):04X}",
        kind="character",
    )
    return _FORBIDDEN.sub("\ufffd", text).encode()
