"""Writing files and folders so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rightplace.errors import UserError


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
    return UserError(
        f"It could not be written: {(error.strerror or str(error)).lower()}.",
        where=str(path),
        action="Check that the folder exists, that you may write to it and that the disk has room.",
    )
