"""Reading a SEN2 return from the nine CSV files of a COLLECT Blade export."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rightplace.errors import UserError
from rightplace.progress import Progress, silent
from rightplace.returns.sen2.blade_csv import read_csv
from rightplace.returns.sen2.blade_files import BladeFile, find
from rightplace.returns.sen2.blade_join import bind, nothing, place
from rightplace.returns.sen2.edition import edition
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.layout import TABLES, Table
from rightplace.returns.sen2.record import Sen2Return

_NINE = "Give the nine files of one export, the folder they are in, or a zip file of them."


def read_blade(paths: Path | Sequence[Path], *, progress: Progress = silent) -> Sen2Return:
    """The return in the CSV files of one Blade export: a folder, a zip file, or the files themselves.

    What is odd about the files is in ``problems``. ``progress`` counts tables. Raises ``UserError`` where
    there is no table, no header row, more than one export or an edition that is not read.
    """
    named = [paths] if isinstance(paths, Path) else list(paths)
    files = find(named)
    where = str(named[0]) if named else ""
    exports = sorted({file.export for file in files})
    if len(exports) > 1:
        raise UserError(
            f"There are {len(exports)} exports here: {', '.join(exports[:5])}.",
            where=where,
            action="Give the files of one of them.",
        )
    if not files:
        raise UserError("There is no table of a Blade export here.", where=where, action=_NINE)
    return read_export(files, progress=progress)


def read_export(files: Sequence[BladeFile], *, progress: Progress = silent) -> Sen2Return:
    """The return in the files of one export."""
    where = files[0].export
    faults = Faults(where)
    raw = _one_of_each(files, faults)
    tables: dict[str, pl.DataFrame] = {}
    keys: dict[str, pl.DataFrame] = {}
    found: int | None = None
    for done, table in enumerate(TABLES):
        progress(done, len(TABLES), f"Reading {where}")
        if table.name == "sen2":
            found, tables["sen2"], keys["sen2"] = _header(table, raw.get("sen2"), faults, where)
        elif table.name in raw:
            bound = bind(table, read_csv(raw[table.name], faults), found, faults)
            tables[table.name], keys[table.name] = place(table, bound, keys[str(table.parent)], faults)
        else:
            _absent(table, faults)
            tables[table.name], keys[table.name] = nothing(table)
    progress(len(TABLES), len(TABLES), f"Reading {where}")
    return Sen2Return(
        edition=found or 0,
        source=Path(where).name or files[0].name,
        sha256=_sha256(raw),
        tables=tables,
        problems=faults.problems(),
    )


def _header(table: Table, file: BladeFile | None, faults: Faults, where: str) -> tuple[int, pl.DataFrame, pl.DataFrame]:
    """The edition, and the header's one row. Raises ``UserError`` where there is none."""
    raw = None if file is None else read_csv(file, faults)
    if raw is None or raw.is_empty():
        raise UserError(
            "The sen2 table is missing or empty, so the year and the authority of the return are not known.",
            where=where,
            action="Add the file of the export whose name ends in _sen2.csv.",
        )
    if raw.height > 1:
        faults.add(
            "F30",
            f"The sen2 table has {raw.height:,} rows; the return of the first is read.",
            action="Export one authority's return.",
            line=raw["line"][1],
            table="sen2",
        )
    first = bind(table, raw.head(1), None, Faults(where)).row(0, named=True)
    found = edition(first["year"], first["reference_date"], where=where, line=first["line"], faults=faults)
    return found, *place(table, bind(table, raw.head(1), found, faults), None, faults)


def _one_of_each(files: Sequence[BladeFile], faults: Faults) -> dict[str, BladeFile]:
    kept: dict[str, BladeFile] = {}
    for file in files:
        if file.table in kept:
            faults.add(
                "F30",
                f"{file.name} holds the {file.table} table, as {kept[file.table].name} does; it is not read.",
                action="Remove the file that is wrong.",
                table=file.table,
                value=file.name,
            )
            continue
        kept[file.table] = file
    return kept


def _absent(table: Table, faults: Faults) -> None:
    faults.add(
        "F20",
        f"The {table.name} table is missing; the return is read without it and without what stands under it.",
        action=f"Add the file of the export whose name ends in _{table.name}.csv.",
        table=table.name,
    )


def _sha256(files: dict[str, BladeFile]) -> str:
    """One hash for the files of an export: of each table's name and the hash of its bytes, by name."""
    lines = [f"{name} {hashlib.sha256(files[name].content).hexdigest()}\n" for name in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
