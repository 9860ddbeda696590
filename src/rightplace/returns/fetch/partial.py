"""A file that has only partly arrived, kept so that the rest can be asked for later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.message import Message
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a service says identifies a version of a file. Source: RFC 9110 section 8.8."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Message) -> Validators:
        """The validators in an answer's headers."""
        return cls(etag=headers.get("ETag", ""), last_modified=headers.get("Last-Modified", ""))

    @property
    def for_range(self) -> str:
        """The validator that may guard a resumed transfer, or "": a weak ETag may not."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed; none when there are no validators."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is known of the version that is partly here. ``coding`` is its Content-Encoding, "" for none."""

    url: str
    validators: Validators
    coding: str


class Partial:
    """The part of a file that is here: ``name.part``, beside a note ``name.part.json`` on what it is part of."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(target.name + ".part")
        self._note_path = target.with_name(target.name + ".part.json")

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def note(self) -> Note | None:
        """The note on the part, or None when there is no part or no note that can be read."""
        try:
            read = json.loads(self._note_path.read_text(encoding="utf-8"))
            note = Note(**{**read, "validators": Validators(**read["validators"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return note if self.path.is_file() else None

    def start(self, note: Note) -> None:
        """Empty the part and note what is to come."""
        self.discard()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._note_path.write_text(json.dumps(asdict(note)), encoding="utf-8")

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The part, open to add to its end."""
        with self.path.open("ab") as file:
            yield file

    def discard(self) -> None:
        """Remove the part and its note."""
        self.path.unlink(missing_ok=True)
        self._note_path.unlink(missing_ok=True)
