"""Finding, in a folder of anything, the published files the project can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from rightplace.area.files import sha256
from rightplace.errors import DataError
from rightplace.progress import Progress, silent
from rightplace.returns.statistics.cabinet import Drawer, drawers
from rightplace.returns.statistics.shape import Shape
from rightplace.returns.statistics.shapes import SHAPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published table as read: what it is, where it was, and its rows under the publisher's column names.

    Required columns have exactly the names of the shape, whatever the case in the file.
    """

    shape: Shape
    file: str
    sha256: str
    frame: pl.DataFrame
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a folder holds: the tables read, and sentences about files that looked right and could not be used."""

    tables: tuple[Published, ...]
    notices: tuple[str, ...] = ()

    def of(self, kind: str) -> list[Published]:
        """The tables of one kind, in the order of the files."""
        return [table for table in self.tables if table.shape.kind == kind]


def read_folder(folder: Path, *, shapes: Sequence[Shape] = SHAPES, progress: Progress = silent) -> Found:
    """Read every published file under ``folder`` that has one of the ``shapes``; pass over the rest.

    A file that cannot be read, or has lost a column, becomes a sentence and the others are kept.
    Raises ``UserError`` where there is no such folder.
    """
    tables: list[Published] = []
    notices: list[str] = []
    found = list(drawers(folder))
    for done, drawer in enumerate(found):
        progress(done, len(found), "reading published files")
        try:
            shape = recognise(drawer.stem, drawer.columns(), drawer.name, shapes)
            if shape is not None:
                tables.append(read_table(drawer, shape))
        except DataError as error:
            if _is_ours(drawer, shapes):
                notices.append(str(error))
    progress(len(found), len(found), "reading published files")
    return Found(tables=tuple(tables), notices=(*notices, *(notice for table in tables for notice in table.notices)))


def recognise(stem: str, columns: Sequence[str], name: str, shapes: Iterable[Shape] = SHAPES) -> Shape | None:
    """The shape of a file with this name and these columns; None for a file that is no business of ours.

    Columns decide; the name decides between shapes with the same columns. Raises ``DataError`` for a file
    that goes by the name of a shape and lacks its columns, naming the nearest, and for one that could be either of two.
    """
    every = list(shapes)
    named = [shape for shape in every if shape.is_named(stem)]
    fits = [shape for shape in every if not shape.missing(columns) and (shape in named or not shape.by_name)]
    both = [shape for shape in fits if shape in named]
    chosen = both or fits
    if len(chosen) == 1:
        return chosen[0]
    if len(chosen) > 1:
        raise DataError(
            f"Its columns are those of {' and of '.join(shape.kind for shape in chosen)}.",
            where=name,
            action=f"Name the file as it was published, {chosen[0].kind}.csv or {chosen[1].kind}.csv.",
        )
    if named:
        raise _renamed(min(named, key=lambda shape: len(shape.missing(columns))), columns, name)
    return None


def read_table(drawer: Drawer, shape: Shape) -> Published:
    """Read one table of a known shape. Raises ``DataError`` where it cannot be read."""
    frame = drawer.read()
    exact = {column.casefold(): column for column in shape.columns()}
    names = {held: exact[held.casefold()] for held in frame.columns if held.casefold() in exact}
    frame = frame.rename(names)
    return Published(
        shape=shape,
        file=drawer.name,
        sha256=sha256(drawer.path),
        frame=frame,
        notices=tuple(_lost(shape, frame.columns, drawer.name)),
    )


def _is_ours(drawer: Drawer, shapes: Iterable[Shape]) -> bool:
    return any(shape.is_named(drawer.stem) for shape in shapes)


def _renamed(shape: Shape, columns: Sequence[str], name: str) -> DataError:
    missing = shape.missing(columns)
    return DataError(
        f"It is named like {shape.kind} ({shape.title}) and has no column {_list(missing)}.",
        where=name,
        action=" ".join(_nearest(missing, columns)) or "Check that it is the published file.",
    )


def _lost(shape: Shape, columns: Sequence[str], name: str) -> list[str]:
    """Sentences about columns of use that are not there while something with nearly their name is."""
    unknown = [column for column in columns if column not in shape.columns()]
    absent = sorted(shape.columns() - set(columns))
    return [f"{name}: {sentence} What it counts is left out." for sentence in _nearest(absent, unknown)]


def _nearest(missing: Sequence[str], columns: Sequence[str]) -> list[str]:
    near = {column: get_close_matches(column, columns, n=1, cutoff=0.85) for column in missing}
    return [f"Is the column {match[0]!r} what was {column!r}?" for column, match in near.items() if match]


def _list(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names)
