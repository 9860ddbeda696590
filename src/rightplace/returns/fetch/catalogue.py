"""The files that can be fetched: what each becomes and where it is published."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from rightplace.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication on explore education statistics."""

    slug: str
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """A data set of a publication.

    ``titles`` are those of the editions known, newest first; ``published_file`` its file name within a release, ""
    when not known; ``known_edition`` and ``known_id`` one edition and its id in the data catalogue.
    """

    publication: Publication
    titles: tuple[str, ...]
    published_file: str
    known_edition: str
    known_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyFile:
    """A file of Get Information about Schools, made each day under the name ``stem`` and the date."""

    stem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Mid-year population estimates of a Nomis data set, of its latest ``years``."""

    data_set: str
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that can be fetched.

    ``file`` is its path within the folder; ``columns`` must be in it as it is sent ("a|b": one of the two); ``largest`` is the most
    bytes it may be; ``verified`` says which of title, address and columns were read at the publisher, and
    ``evidence`` where.
    """

    name: str
    title: str
    group: str
    origin: DataSet | Residents | DailyFile
    file: str
    columns: tuple[str, ...]
    largest: int
    verified: tuple[str, ...]
    evidence: str


@cache
def catalogue() -> tuple[Source, ...]:
    """Every source, in the order they are fetched."""
    text = resources.files(__package__).joinpath("catalogue.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    publications = {slug: Publication(slug=slug, **entry) for slug, entry in read["publications"].items()}
    return tuple(_source(name, entry, publications) for name, entry in read["sources"].items())


def choose(names: Sequence[str] | None) -> tuple[Source, ...]:
    """The sources with these names or in these groups; all of them when ``names`` is None or empty.

    Raises ``UserError`` for a name that is neither.
    """
    every = catalogue()
    if not names:
        return every
    known = sorted({word for source in every for word in (source.name, source.group)})
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"Choose from {', '.join(known)}."
            raise UserError(f"There is no source called '{name}'.", action=hint)
    return tuple(source for source in every if source.name in names or source.group in names)


def _source(name: str, entry: dict[str, Any], publications: dict[str, Publication]) -> Source:
    origin: DataSet | Residents | DailyFile
    if entry["from"] == "gias":
        origin = DailyFile(stem=entry["name"])
    elif entry["from"] == "nomis":
        origin = Residents(data_set=entry["data_set"], years=entry["years"])
    else:
        origin = DataSet(
            publication=publications[entry["publication"]],
            titles=tuple(entry["titles"]),
            published_file=entry.get("published_file", ""),
            known_edition=entry["known"]["edition"],
            known_id=entry["known"]["id"],
        )
    return Source(
        name=name,
        title=entry["title"],
        group=entry["group"],
        origin=origin,
        file=entry["file"],
        columns=tuple(entry["columns"]),
        largest=entry["largest"] * 1_000_000,
        verified=tuple(entry["verified"]),
        evidence=entry["evidence"],
    )
