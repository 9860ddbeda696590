"""Zip files that others made."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

DAMAGED: Final = (
    OSError,
    EOFError,
    ValueError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
)
"""What Python's ``zipfile`` raises of a file that is no zip file, is damaged, is locked with a password (``RuntimeError``) or is
packed in a way it does not know (``NotImplementedError``). Whoever opens a zip file of somebody else's expects all of them.
"""
