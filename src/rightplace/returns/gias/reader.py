"""Reading a register of schools into the area's settings table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.record import Refusal, Source
from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError, UserError
from rightplace.returns.gias import types
from rightplace.returns.gias.coordinates import project_degrees, to_national_grid
from rightplace.returns.gias.facts import facts
from rightplace.returns.gias.register import Register
from rightplace.returns.gias.registers import REGISTERS
from rightplace.returns.statistics.cabinet import Drawer
from rightplace.returns.statistics.folder import Published, read_table, recognise
from rightplace.returns.statistics.lineage import source_of
from rightplace.vocabulary.setting import SettingKind

SCHEMA: Final = BY_NAME["settings"].schema
URN: Final = r"^\d{5,7}$"


def read_gias(path: Path) -> tuple[pl.DataFrame, Source]:
    """The settings in a register of schools, as the area's settings table, and the register's lineage.

    The GIAS extract ``edubasealldataYYYYMMDD.csv`` (Windows-1252 or UTF-8, columns in any order, more or
    fewer than expected) or one of the other registers of :mod:`rightplace.returns.gias.registers`.
    Closed settings are kept with the date they closed. Rows that are not used are counted with the reason.

    Raises ``DataError`` where the file cannot be read or is no register, and ``UserError`` where there is none.
    """
    if not path.is_file():
        what = "This is a folder, not a file." if path.is_dir() else "There is no such file."
        raise UserError(what, where=str(path), action="Give the path of the register of schools.")
    drawer = Drawer(path=path)
    shapes = [register.shape for register in REGISTERS]
    shape = recognise(drawer.stem, drawer.columns(), drawer.name, shapes)
    if shape is None:
        raise DataError(
            "It is not a register of schools: it has no column 'URN' beside 'LA (code)', 'EstablishmentName' and 'TypeOfEstablishment (code)'.",
            where=str(path),
            action="Give the GIAS extract edubasealldata and its date, as downloaded.",
        )
    register = next(register for register in REGISTERS if register.shape is shape)
    return settings_of(read_table(drawer, shape), register)


def settings_of(table: Published, register: Register) -> tuple[pl.DataFrame, Source]:
    """The settings in a table of a known register, and its lineage."""
    rows = _complete(facts(table.frame, register))
    reasons = _reasons(rows)
    marked = rows.with_columns(
        pl.coalesce([pl.when(wrong).then(pl.lit(why)) for why, wrong in reasons]).alias("refused")
    )
    refused = marked.filter(pl.col("refused").is_not_null()).group_by("refused", maintain_order=True).len()
    kept = marked.filter(pl.col("refused").is_null())
    source = source_of(table, edition=_edition(table), kept=kept.height, refused=dict(refused.rows()))
    noted = tuple(_notes(kept, register))
    source = replace(source, noted=noted)
    return _settings(kept, register), source


def _complete(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with every fact, null where the register has none."""
    blanks = {
        "urn": pl.String, "ukprn": pl.String, "name": pl.String, "setting_kind": pl.String, "gias_type": pl.Int16, "phase": pl.String, "la_code": pl.String,
        "postcode": pl.String, "easting": pl.Float64, "northing": pl.Float64, "latitude": pl.Float64, "longitude": pl.Float64,
        "low_age": pl.Float64, "high_age": pl.Float64, "sex": pl.String, "capacity": pl.Float64, "roll": pl.Float64,
        "resourced": pl.Boolean, "unit": pl.Boolean, "resourced_capacity": pl.Float64, "resourced_roll": pl.Float64,
        "unit_capacity": pl.Float64, "unit_roll": pl.Float64, "trust": pl.String, "open_date": pl.Date, "close_date": pl.Date,
        "section_41": pl.Boolean, "status": pl.String,
    }  # fmt: skip
    return rows.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in blanks.items() if name not in rows.columns
    )


def _reasons(rows: pl.DataFrame) -> Sequence[tuple[str, pl.Expr]]:
    """Why a row is not used, each with the rows it holds for; the first that holds is the one given."""
    status = pl.col("status").fill_null("")
    return (
        ("its URN is not a number of five to seven digits", ~pl.col("urn").str.contains(URN).fill_null(value=False)),
        ("a URN that came before", ~pl.col("urn").is_first_distinct()),
        (
            "a children's centre or linked site",
            pl.col("gias_type").is_in(list(types.NOT_SETTINGS)).fill_null(value=False),
        ),
        ("proposed, with no date of opening", (status == "proposed to open") & pl.col("open_date").is_null()),
        ("closed, with no date of closing", (status == "closed") & pl.col("close_date").is_null()),
    )


def _notes(kept: pl.DataFrame, register: Register) -> list[Refusal]:
    if "type" not in register.fields:
        return [
            Refusal(reason="no kind of setting: of use only to place settings that other files name", rows=kept.height)
        ]
    unplaced = pl.col("easting").is_null() & (pl.col("latitude").is_null() | pl.col("longitude").is_null())
    notes = (
        ("a type of establishment that is not known: taken as another setting", pl.col("setting_kind").is_null()),
        ("codes of need that are not known: left out", pl.col("unknown_needs") > 0),
        ("no place on the map", unplaced),
        ("closed", pl.col("close_date").is_not_null()),
    )
    return [Refusal(reason=reason, rows=n) for reason, which in notes if (n := kept.select(which.sum()).item())]


def _settings(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The settings table of rows that are used."""
    to_grid = project_degrees if register.airy else to_national_grid
    east, north = to_grid(rows["latitude"].to_numpy(), rows["longitude"].to_numpy())
    grid = rows.with_columns(
        pl.coalesce("easting", pl.Series(east).fill_nan(None)).round(0).alias("easting"),
        pl.coalesce("northing", pl.Series(north).fill_nan(None)).round(0).alias("northing"),
        pl.col("setting_kind").fill_null(SettingKind.OTHER.value),
        pl.col("urn").alias("setting_id"),
        *(_provided(what, flag) for flag, both in _PROVIDED.items() for what in both),
    )
    return grid.select(pl.col(name).cast(dtype, strict=False) for name, dtype in SCHEMA.items())


_PROVIDED: Final = {"resourced": ("resourced_capacity", "resourced_roll"), "unit": ("unit_capacity", "unit_roll")}


def _provided(number: str, flag: str) -> pl.Expr:
    """Places or pupils of a base or unit: none where the register says there is none, not known where it does not say."""
    return pl.when(~pl.col(flag) & pl.col(number).is_null()).then(0.0).otherwise(number).alias(number)


def _edition(table: Published) -> str:
    digits = "".join(filter(str.isdigit, table.file))
    return digits[-8:] if len(digits) >= 8 else str(table.shape.generation or "")
