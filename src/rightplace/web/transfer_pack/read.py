"""Reading a pack that somebody sent: nothing in it is trusted, nothing is unpacked to a disk, and faults are told in words."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from rightplace.area.archives import DAMAGED
from rightplace.errors import DataError
from rightplace.web.documents.kinds import TAKEN, kind_of
from rightplace.web.transfer_pack import shape

MOST_FILES: Final = 500
MOST_OF_RECORD: Final = 5 * 1024 * 1024
MOST_OF_ONE: Final = 10 * 1024 * 1024
MOST_OF_ALL: Final = 60 * 1024 * 1024
"""Bytes once unpacked: of ``case.json``, of a document, of everything."""
_ASK: Final = "Ask the authority that sent it for a new pack."
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A pack that was read: the record, ``case.json`` as text, its documents by file, and what was left out and why."""

    pack: shape.Pack
    text: str
    documents: tuple[tuple[shape.File, bytes], ...]
    left_out: tuple[str, ...]


def read(content: bytes) -> Received:
    """A pack from the bytes of a ZIP file. Raises ``DataError``, in words for the officer who chose the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = _members(archive)
            text = _text(_one(archive, infos, "case.json", MOST_OF_RECORD))
            pack = _pack(text)
            documents, left_out = _documents(archive, infos, pack)
    except DAMAGED as error:
        raise DataError("The file is not a pack: it is no ZIP file, or it is damaged.", action=_ASK) from error
    return Received(pack=pack, text=text, documents=documents, left_out=left_out)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise DataError(f"The pack holds {len(infos):,} files, more than the {MOST_FILES} that are taken.", action=_ASK)
    if sum(info.file_size for info in infos) > MOST_OF_ALL:
        raise DataError("The pack is too big once it is unpacked.", action="Ask for it without documents.")
    for info in infos:
        _safe(info)
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise DataError("Two files in the pack have one name.", action=_ASK)
    return dict(zip(names, infos, strict=True))


def _safe(info: zipfile.ZipInfo) -> None:
    name = info.filename
    strange = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\x00" in name
    if strange or (info.external_attr >> 28) == 0xA:
        raise DataError("A file in the pack points to a place outside it.", action=f"Do not open it elsewhere. {_ASK}")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError("The pack is packed in a way that is not taken.", action=_ASK)
    if info.flag_bits & 1:
        raise DataError("The pack is locked with a password.", action="Ask for it without one, sent by a secure way.")


def _one(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], name: str, most: int) -> bytes:
    """The content of one file, read no further than ``most`` whatever the pack says of its size."""
    if name not in infos:
        raise DataError(f"The pack has no {name}.", action=_ASK)
    with archive.open(infos[name]) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise DataError(f"{name} in the pack is bigger than is taken.", action=_ASK)
    return content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("case.json is not text in UTF-8.", action=_ASK) from error


def _pack(text: str) -> shape.Pack:
    try:
        held: Any = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise DataError("case.json is not JSON.", action=_ASK) from error
    if not isinstance(held, dict) or held.get("format") != shape.NAME:
        raise DataError(
            "This is not a transfer pack of Rightplace's.", action="Enter the plan by hand: record it as moved in."
        )
    if held.get("version") != shape.VERSION:
        raise DataError(f"The pack is of version {held.get('version')!r}, which is not known here.", action=_ASK)
    try:
        return shape.Pack.model_validate(held)
    except ValidationError as error:
        wrong = [
            f"{'.'.join(str(step) for step in one['loc'])}: {one['msg'].lower()}" for one in error.errors()[:_SHOWN]
        ]
        more = f" and {error.error_count() - _SHOWN} more" if error.error_count() > _SHOWN else ""
        raise DataError(f"case.json has mistakes: {'; '.join(wrong)}{more}.", action=_ASK) from error


def _documents(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], pack: shape.Pack
) -> tuple[tuple[tuple[shape.File, bytes], ...], tuple[str, ...]]:
    found, left_out, size = [], [], 0
    for one in pack.documents:
        if not one.file.startswith("documents/"):
            raise DataError("A document of the pack is not in its folder of documents.", action=_ASK)
        content = _one(archive, infos, one.file, MOST_OF_ONE)
        size += len(content)
        if size > MOST_OF_ALL:
            raise DataError("The pack is too big once it is unpacked.", action="Ask for it without documents.")
        if hashlib.sha256(content).hexdigest() != one.sha256:
            raise DataError(f"The document “{one.title}” was changed on its way.", action=_ASK)
        if kind_of(content) is None:
            left_out.append(f"“{one.title}” is of no kind that is taken ({TAKEN}).")
        else:
            found.append((one, content))
    known = {"case.json", "README.txt", *(one.file for one in pack.documents)}
    extra = [name for name in infos if name not in known and not name.endswith("/")]
    left_out += [f"“{name[:100]}” is not named in the record." for name in extra]
    return tuple(found), tuple(left_out)


def _no_number(text: str) -> None:
    raise ValueError(text)
