"""Names of files, made safe to keep and to send."""

from __future__ import annotations

import unicodedata
from typing import Final

from rightplace.web.documents.kinds import Kind

LONGEST: Final = 100
_NEVER: Final = frozenset('<>:"/\\|?*;%')


def clean(name: str, kind: Kind) -> str:
    """A file's name without folders, without signs that mean something to a computer, and with the ending of its kind.

    Marks that turn the direction of writing go too: with them "gpj.exe" can look like "exe.jpg".
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    letters = (letter for letter in last if letter not in _NEVER and unicodedata.category(letter)[0] != "C")
    stem = " ".join("".join(letters).split())
    if "." in stem:
        stem = stem.rsplit(".", 1)[0]
    stem = stem.replace(".", " ").strip(" -_")[:LONGEST].strip() or "document"
    return f"{stem}.{kind.ending}"
