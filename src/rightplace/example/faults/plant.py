"""Planting mistakes in the area's returns, each on a person of its own, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from rightplace.errors import UserError
from rightplace.example.faults.cases import BELOW, LETTER, cases, records
from rightplace.example.faults.catalogue import FAULTS
from rightplace.example.faults.fault import Fault, Row
from rightplace.example.faults.rebuild import Edits, rebuilt
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return
from rightplace.streams import generator

COLUMNS: Final = ("rule", "person", "file", "location", "what")
"""Columns of the list of mistakes."""

_TRIES: Final = 12
_LOOKS: Final = 2_000


@dataclass(slots=True)
class _Field:
    """One return while mistakes are planted in it."""

    ret: Sen2Return
    cases: pl.DataFrame
    edits: Edits = field(default_factory=Edits)
    planted: list[tuple[Fault, int, str]] = field(default_factory=list)
    able: dict[int, pl.DataFrame] = field(default_factory=dict)

    def candidates(self, fault: Fault) -> pl.DataFrame:
        """Cases, or records below them, that a mistake can be made in; worked out once for each kind."""
        if id(fault) not in self.able:
            rows = records(self.ret, self.cases, fault.table) if fault.table in BELOW else self.cases
            self.able[id(fault)] = rows.filter(fault.where.fill_null(value=False))
        return self.able[id(fault)]


def plant(returns: Sequence[Sen2Return], count: int, seed: int) -> tuple[list[Sen2Return], pl.DataFrame]:
    """The returns with ``count`` mistakes in them, and the list: columns :data:`COLUMNS`.

    Kinds are taken in the order of the catalogue, again and again, the editions in turn. No person has two mistakes in
    any return, so that none hides another. ``person`` is what the checks call the person in the file as it is written.

    Raises ``UserError`` where there are not people enough.
    """
    fields = [_Field(ret, cases(ret)) for ret in returns]
    used: set[str] = set()
    for number in range(count):
        draw = generator(seed, "example.faults", number)
        if not any(_plant_one(fault, fields, used, draw, number) for fault in _from(number)):
            raise UserError(
                f"There are not people enough for {count} mistakes, each on a person of its own: {number} could be planted.",
                action="Ask for fewer faults, or for more plans.",
            )
    done = [_finish(each) for each in fields]
    rows = [row for _, listed in done for row in listed]
    return [ret for ret, _ in done], pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _from(number: int) -> Sequence[Fault]:
    """The kind of mistake whose turn it is, and those to try after it."""
    place = number % len(FAULTS)
    return [FAULTS[(place + step) % len(FAULTS)] for step in range(_TRIES)]


def _plant_one(fault: Fault, fields: Sequence[_Field], used: set[str], draw: np.random.Generator, number: int) -> bool:
    able = [each for each in fields if fault.first <= each.ret.edition <= fault.last]
    for step in range(len(able)):
        chosen = able[(number // len(FAULTS) + number + step) % len(able)]
        row = _unused(chosen.candidates(fault), fault, used, draw)
        if row is not None:
            _edit(chosen, fault, row)
            used |= _people_in(fault, row)
            return True
    return False


def _unused(rows: pl.DataFrame, fault: Fault, used: set[str], draw: np.random.Generator) -> Row | None:
    """One of the rows whose people have no mistake yet, drawn evenly; None where there is none."""
    for place in draw.permutation(rows.height)[:_LOOKS].tolist():
        row: Row = rows.row(place, named=True)
        if used.isdisjoint(_people_in(fault, row)):
            return row
    return None


def _people_in(fault: Fault, row: Row) -> set[str]:
    return {_known_as(row, ""), *([_known_as(row, "other_")] if fault.other else [])}


def _known_as(row: Row, other: str) -> str:
    return "|".join(str(row[f"{other}p_{item}"]) for item in ("surname", "forename", "birth_date"))


def _edit(where: _Field, fault: Fault, row: Row) -> None:
    changes = {name: change(row) for name, change in fault.changes.items()}
    own = "row" if fault.table in BELOW else f"{fault.table}_row"
    if fault.act == "remove":
        where.edits.removed.append((fault.table, int(row[own])))
    elif fault.act == "copy":
        where.edits.copied.append((fault.table, int(row[own]), changes))
    else:
        where.edits.texts += [_text(fault, row, name, text) for name, text in changes.items()]
    item = next(iter(fault.changes), "")
    where.planted.append((fault, int(row["person_row"]), _place(fault, item)))


def _text(fault: Fault, row: Row, name: str, text: str | None) -> tuple[str, int, str, str | None]:
    table, item = _item(fault, name)
    return (table, int(row["row"] if table == fault.table else row[f"{table}_row"]), item, text)


def _item(fault: Fault, name: str) -> tuple[str, str]:
    for table, letter in LETTER.items():
        if name.startswith(letter) and name.removeprefix(letter) in {item.name for item in BY_NAME[table].items}:
            return table, name.removeprefix(letter)
    return fault.table, name


def _place(fault: Fault, item: str) -> str:
    """The element and item a mistake is in, as the XML names them."""
    table, name = _item(fault, item) if item else (fault.table, "")
    names: Mapping[str, str] = {each.name: each.xml for each in BY_NAME[table].items}
    return " ".join(part for part in (BY_NAME[table].xml, names.get(name, "")) if part)


def _finish(where: _Field) -> tuple[Sen2Return, list[tuple[str, ...]]]:
    ret, people = rebuilt(where.ret, where.edits)
    number = dict(people.iter_rows())
    person = ret.tables["person"]
    rows: list[tuple[str, ...]] = []
    for fault, row, place in where.planted:
        at = number[row]
        known = person["upn"][at] or person["uln"][at] or f"person {at + 1} in the file"
        rows.append((fault.rule, known, ret.source, place, fault.what))
    return ret, rows
