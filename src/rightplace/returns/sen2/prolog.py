"""The start of an XML file, looked at before a parser sees it: its encoding, its root, and no DOCTYPE.

A document type can name files to be read and entities that grow without end. A SEN2 return has none, so a
file with one is refused here, whatever the parser would have made of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rightplace.errors import RefusedError, UserError

_SPACE: Final = re.compile(r"\s*")
_ASIDE: Final = re.compile(r"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT: Final = re.compile(r"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_DECLARED: Final = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}

_ALLOWED: Final = re.compile(
    r"utf-?8|utf-?16(-?[bl]e)?|us-ascii|ascii|latin-?1|iso-8859-[0-9]{1,2}|(windows-|cp)125[0-9]"
)

_EXPORT: Final = "Export the SEN2 return as XML, or as the nine CSV files of a COLLECT Blade export."


@dataclass(frozen=True, slots=True)
class Prolog:
    """``encoding`` as a Python codec name, ``root`` the first element's name without prefix."""

    encoding: str
    root: str


def prolog(start: bytes, *, where: str) -> Prolog:
    """What the first bytes of a file say. Give at least ``limits.PROLOG_BYTES`` of them, or the whole file.

    Raises ``UserError`` when it is empty or not XML, ``RefusedError`` when it declares a document type.
    """
    if not start.strip():
        raise UserError("The file is empty.", where=where, action="Export it again, and check its size afterwards.")
    wide = next((name for mark, name in _WIDE.items() if start.startswith(mark)), None)
    text = start.decode(wide or "latin-1", errors="replace").removeprefix("\ufeff").removeprefix("\u00ef\u00bb\u00bf")
    position = _after_asides(text)
    here = text[position : position + 200]
    if re.match("<!doctype\\s+html|<html", here, re.IGNORECASE):
        raise UserError("This is a web page, not a SEN2 return.", where=where, action=_EXPORT)
    if here[:9].upper() == "<!DOCTYPE":
        raise RefusedError(
            "The file declares a document type (DOCTYPE). A SEN2 return has none, and it could make the reader open"
            " other files or fill its memory, so the file is refused.",
            where=f"{where}, line {text.count(chr(10), 0, position) + 1}",
            action="Find out where the file came from. If you trust it, delete the DOCTYPE and try again.",
        )
    root = _ROOT.match(here)
    if root is None:
        raise UserError("The file is not XML.", where=where, action=_EXPORT)
    declared = _DECLARED.search(text[:1000])
    return Prolog(encoding=wide or _known(declared[1] if declared else "utf-8", where), root=root[1])


def _known(encoding: str, where: str) -> str:
    """The encoding in lower case. Rare ones could hide a DOCTYPE from this look, so they are not read."""
    if not _ALLOWED.fullmatch(encoding.lower()):
        raise UserError(
            f"The file says it is written in the encoding {encoding!r}, which is not read.",
            where=where,
            action="Save it as UTF-8.",
        )
    return encoding.lower()


def _after_asides(text: str) -> int:
    """Where the first thing stands that is not space, a comment or an instruction."""
    position = 0
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        aside = _ASIDE.match(text, position)
        if aside is None:
            return position
        position = aside.end()
