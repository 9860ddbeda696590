"""Mid-year population estimates from Nomis: where they are, and the table they become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import polars as pl

from rightplace.area.files import replace_file
from rightplace.errors import DataError
from rightplace.returns.fetch.catalogue import Residents
from rightplace.returns.fetch.place import Addresses, Place
from rightplace.vocabulary import authority

COLUMNS: Final = ("year", "code", "name", "age", "population")
OLDEST: Final = 25
_AGE_0: Final = 101
_SELECT: Final = "date,geography_code,geography_name,c_age,obs_value,record_count"


def place(residents: Residents, on: date, addresses: Addresses) -> Place:
    """Where the residents aged 0 to 25 of every authority in force are, in the latest years published.

    Source: Nomis, population estimates by local authority and single year of age, whose age codes start at 101
    for age 0 and whose measure 20100 is the number of people.
    """
    query = {
        "geography": ",".join(_codes(on)),
        "date": f"latestMINUS{residents.years - 1}-latest",
        "gender": 0,
        "c_age": f"{_AGE_0}...{_AGE_0 + OLDEST}",
        "measures": 20100,
        "select": _SELECT,
    }
    return Place(
        url=f"{addresses.nomis}/{residents.data_set}.data.csv?{urlencode(query, safe=',')}",
        edition=f"latest {residents.years} years",
        identity="",
    )


def reshape(path: Path, on: date, *, url: str) -> str:
    """Replace a table as Nomis sends it with one of :data:`COLUMNS`; gives what the reader should know, or "".

    Raises ``DataError`` where a figure is not a number.
    """
    sent = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
    try:
        table = sent.select(
            pl.col("DATE").cast(pl.Int16).alias("year"),
            pl.col("GEOGRAPHY_CODE").alias("code"),
            pl.col("GEOGRAPHY_NAME").alias("name"),
            (pl.col("C_AGE").cast(pl.Int16) - _AGE_0).alias("age"),
            pl.col("OBS_VALUE").cast(pl.Float64).alias("population"),
        ).sort("year", "code", "age")
        announced = sent["RECORD_COUNT"].cast(pl.Int64).max()
    except pl.exceptions.PolarsError as error:
        what = "The figures are not laid out as they were."
        raise DataError(what, where=url, action="Look for a newer version of Rightplace.") from error
    with replace_file(path) as part:
        table.write_csv(part)
    return _lacking(table, announced if isinstance(announced, int) else table.height, _codes(on))


def _codes(on: date) -> list[str]:
    return [authority.AUTHORITIES[code].ons_code for code in authority.current(on.year)]


def _lacking(table: pl.DataFrame, announced: int, codes: Sequence[str]) -> str:
    said = []
    if announced > table.height:
        said.append(f"Nomis sent {table.height:,} of {announced:,} figures.")
    lacking = sorted(set(codes) - set(table["code"]))
    if lacking:
        shown = ", ".join(lacking[:5]) + (" and others" if len(lacking) > 5 else "")
        said.append(f"It has no figures for {len(lacking)} of {len(codes)} authorities ({shown}).")
    ages = table.group_by("year", "code").agg(pl.col("age").n_unique()).filter(pl.col("age") != OLDEST + 1)
    if not ages.is_empty():
        said.append(f"{ages.height} authority years lack an age.")
    return " ".join(said)
