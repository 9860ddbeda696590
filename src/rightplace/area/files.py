"""Writing files and folders so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from rightplace.errors import UserError

_SYSTEM: Final = re.compile(r" ?\(os error")


def require_writable(*paths: Path | None) -> None:
    """See, before long work, that files could be written at these paths. Nothing is made.

    Raises ``UserError`` where a path is of a folder, stands under a file, or is in a folder that may not be written to.
    """
    for path in paths:
        if path is None:
            continue
        if path.is_dir():
            raise _cannot_write(path, IsADirectoryError())
        above = next(folder for folder in (*path.absolute().parents,) if folder.exists())
        if not above.is_dir():
            raise _cannot_write(path, NotADirectoryError())
        if not os.access(above, os.W_OK | os.X_OK):
            raise _cannot_write(path, PermissionError())


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``; on success it takes the place of ``path`` in one step.

    If the block fails the temporary file is removed and ``path`` is as it was. The data are
    flushed to disk before the rename, so a power cut leaves the old file or the new one.

    Raises ``UserError`` where the folder cannot be written or the disk is full.
    """
    temporary = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        _flush(temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def replace_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside ``path``; on success it takes the place of ``path``.

    The old folder is moved aside first and removed last, so a failure leaves one of them whole.

    Raises ``UserError`` where the folder cannot be written or the disk is full.
    """
    temporary = _beside(path)
    aside = _beside(path)
    try:
        temporary.mkdir(parents=True)
        yield temporary
        for file in temporary.rglob("*"):
            if file.is_file():
                _flush(file)
        if path.exists():
            os.replace(path, aside)
        try:
            os.replace(temporary, path)
        except OSError:
            if aside.exists():
                os.replace(aside, path)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(path: Path, error: OSError) -> UserError:
    if isinstance(error, IsADirectoryError):
        return UserError(
            "It could not be written: there is a folder of that name.", where=str(path), action="Name a file."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return UserError(
            "It could not be written: what should be its folder is a file.",
            where=str(path),
            action="Name a file in a folder.",
        )
    # What Rust says names the temporary file and the system's number; the reader needs neither.
    why = error.strerror or _SYSTEM.split(str(error))[0] or type(error).__name__
    if isinstance(error, PermissionError):
        why = "you may not write to its folder"
    return UserError(
        f"It could not be written: {why[:1].lower()}{why[1:]}.",
        where=str(path),
        action="Check that the folder exists, that you may write to it and that the disk has room.",
    )
