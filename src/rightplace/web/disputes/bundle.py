"""A bundle: the papers chosen, numbered, with an index that says who made it and when, as one ZIP file."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final

from django.template.loader import render_to_string

from rightplace.errors import RefusedError
from rightplace.web.cases.models import Case
from rightplace.web.disputes.paper import Paper

MOST: Final = 300 * 1024 * 1024
"""Bytes of documents in one bundle."""
FOR: Final = {"appeal": "Appeal to the First-tier Tribunal", "mediation": "Mediation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the index: the number, the paper, its file and the file's SHA-256."""

    number: int
    paper: Paper
    file: str
    sha256: str


def make(
    case: Case, chosen: Sequence[Paper], *, purpose: str, by: str, at: datetime, authority: str
) -> tuple[IO[bytes], list[Line]]:
    """A bundle as an open file, and its index.

    Raises ``RefusedError`` where the documents are more than fit, or the file of one cannot be read.
    """
    size = sum(paper.document.size for paper in chosen if paper.document)
    if size > MOST:
        raise RefusedError(
            "The documents are too big for one bundle.", action="Leave some out, and make a second bundle."
        )
    made = tempfile.TemporaryFile()  # noqa: SIM115 - it is given to whoever sends it
    common = {"case": case, "purpose": FOR[purpose], "by": by, "at": at, "authority": authority}
    try:
        lines = _fill(made, chosen, common)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made, lines


def _fill(made: IO[bytes], chosen: Sequence[Paper], common: dict[str, Any]) -> list[Line]:
    lines: list[Line] = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, paper in enumerate(chosen, start=1):
            content = _content(paper, common | {"number": number})
            file = f"{number:03} {_name(paper)}"
            archive.writestr(file, content)
            lines.append(Line(number=number, paper=paper, file=file, sha256=hashlib.sha256(content).hexdigest()))
        archive.writestr("000 index.html", render_to_string("disputes/index_of_bundle.html", common | {"lines": lines}))
    return lines


def _content(paper: Paper, context: dict[str, Any]) -> bytes:
    if paper.document is None:
        return render_to_string("disputes/paper.html", context | {"paper": paper}).encode()
    try:
        with paper.document.file.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise RefusedError(
            f"The file of “{paper.title}” could not be read.", action="Leave it out, and add it by hand."
        ) from error
    return content


def _name(paper: Paper) -> str:
    if paper.document is not None:
        return paper.document.name.replace("/", " ").replace("\\", " ")
    words = "".join(letter if letter.isalnum() else " " for letter in paper.title)
    return f"{' '.join(words.split())[:60].strip().lower()} {paper.day.isoformat()}.html"
