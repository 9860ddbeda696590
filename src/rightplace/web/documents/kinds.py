"""What kinds of document are taken, told by what is in the file and never by its name.

Sources of the marks: PDF, ISO 32000-2, 7.5.2; PNG, W3C recommendation, 5.2; JPEG, ITU-T T.81, B.1.1.3; OOXML, ECMA-376 part 2;
ODF, OASIS OpenDocument 1.3 part 2, 3.3.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from rightplace.area.archives import DAMAGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: how its name ends, its media type, and what people call it."""

    ending: str
    media_type: str
    words: str


PDF: Final = Kind(ending="pdf", media_type="application/pdf", words="PDF")
PNG: Final = Kind(ending="png", media_type="image/png", words="picture")
JPG: Final = Kind(ending="jpg", media_type="image/jpeg", words="picture")
DOCX: Final = Kind(
    ending="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    words="Word document",
)
ODT: Final = Kind(ending="odt", media_type="application/vnd.oasis.opendocument.text", words="OpenDocument text")
TXT: Final = Kind(ending="txt", media_type="text/plain", words="plain text")
TAKEN: Final = "PDF, Word (docx), OpenDocument (odt), plain text, or a picture (png or jpg)"

_PAGES_MARK: Final = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPG))
_ZIP: Final = b"PK\x03\x04"
_MOST_MEMBERS: Final = 5_000


def kind_of(content: bytes) -> Kind | None:
    """The kind of a file by its content; None where it is none that is taken."""
    for mark, kind in _PAGES_MARK:
        if content.startswith(mark):
            return kind
    if content.startswith(_ZIP):
        return _in_zip(content)
    return TXT if _plain(content) else None


def _in_zip(content: bytes) -> Kind | None:
    """A Word or OpenDocument text without programs in it. Nothing is unpacked but the short statement of the type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if len(names) > _MOST_MEMBERS or any(_program(name) for name in names):
                return None
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                return DOCX
            if "mimetype" in names and "content.xml" in names:
                with packed.open("mimetype") as stated:
                    return ODT if stated.read(200).decode("ascii") == ODT.media_type else None
    except DAMAGED:
        return None
    return None


def _program(name: str) -> bool:
    low = name.lower()
    return low.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) or low.startswith(("basic/", "scripts/"))


def _plain(content: bytes) -> bool:
    if not content.strip():
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)
