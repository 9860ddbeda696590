"""Places by authority: special schools, mainstream schools, directly funded high needs places and SEND capacity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from rightplace.area.record import Source
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.folder import Found
from rightplace.returns.statistics.lineage import source_of
from rightplace.returns.statistics.shape import Clock

SCHEMA: Final = {
    "la_code": pl.String(),
    "year": pl.Int16(),
    "provision": pl.String(),
    "measure": pl.String(),
    "number": pl.Float64(),
    "kind": pl.String(),
}
"""A count of places: whose, the year (of the January, May or autumn it is for; null where undated), what provision
in words, whether ``schools``, ``places``, ``pupils`` or ``pupils expected``, how many, and the kind of file."""

_SPECIAL: Final[Mapping[str, tuple[str, str]]] = {
    "n_state_special_schools": ("state special schools", "schools"),
    "state_special_capacity": ("state special schools", "places"),
    "n_indep_special_schools": ("independent special schools", "schools"),
    "indep_special_sector_capacity": ("independent special schools", "places"),
}
_SCORECARD: Final[Mapping[str, tuple[str, str]]] = {
    "PriCap": ("primary schools", "places"),
    "PriNOR": ("primary schools", "pupils"),
    "SecCap": ("secondary schools", "places"),
    "SecNOR": ("secondary schools", "pupils"),
}
_SCAP: Final[Mapping[str, tuple[str, str]]] = {
    "resourced_provision_capacity": ("resourced provision in mainstream schools", "places"),
    "primary_SEND_unit_capacity": ("SEN units in primary schools", "places"),
    "secondary_SEND_unit_capacity": ("SEN units in secondary schools", "places"),
}


def read_capacity(found: Found, *, until: int | None = None) -> tuple[pl.DataFrame, tuple[Source, ...]]:
    """Places in every authority, from each kind of file that counts them (columns ``SCHEMA``).

    ``until`` is the last January used: later years, and counts without a date, are left out.
    """
    frames = [pl.DataFrame(schema=SCHEMA)]
    sources = []
    for kind, read in _READERS.items():
        for table in found.of(kind):
            rows = read(table.frame.with_row_index("row"))
            good = rows.filter(pl.col("la_code").is_not_null() & pl.col("number").is_not_null())
            frames.append(
                good.with_columns(pl.lit(kind).alias("kind")).select(
                    pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()
                )
            )
            kept = good["row"].n_unique()
            lost = {"England, another place, or no number": table.frame.height - kept}
            sources.append(source_of(table, edition=str(good["year"].max() or ""), kept=kept, refused=lost))
    together = pl.concat(frames)
    return together if until is None else together.filter(pl.col("year") <= until), tuple(sources)


def _long(rows: pl.DataFrame, columns: Mapping[str, tuple[str, str]]) -> pl.DataFrame:
    long = rows.unpivot(list(columns), index=["row", "la_code", "year"], variable_name="column", value_name="number")
    return long.with_columns(
        pl.col("column").replace_strict({name: words[0] for name, words in columns.items()}).alias("provision"),
        pl.col("column").replace_strict({name: words[1] for name, words in columns.items()}).alias("measure"),
    )


def _special(frame: pl.DataFrame) -> pl.DataFrame:
    code = cells.la_code(frame, code="la_code", ons_code="la_code")
    rows = frame.select("row", code.alias("la_code"), pl.lit(None, pl.Int16).alias("year"), *_numbers(frame, _SPECIAL))
    return _long(rows, _SPECIAL)


def _scorecard(frame: pl.DataFrame) -> pl.DataFrame:
    years = frame.with_columns(cells.text(frame["Year"]))
    code = cells.la_code(frame, code="LANumber", ons_code="new_la_code")
    rows = years.select(
        "row", code.alias("la_code"), cells.year("Year", Clock.JANUARY).alias("year"), *_numbers(frame, _SCORECARD)
    )
    return _long(rows, _SCORECARD)


def _scap_schools(frame: pl.DataFrame) -> pl.DataFrame:
    columns = {name: words for name, words in _SCAP.items() if name in frame.columns}
    rows = frame.select("row", *_where(frame), *_numbers(frame, columns))
    return _long(rows, columns)


def _scap_forecasts(frame: pl.DataFrame) -> pl.DataFrame:
    phase = pl.col("education_phase").str.to_lowercase()
    # The column is named anew each year, for the year whose actual numbers stand beside the forecast.
    column = next((name for name in frame.columns if name.startswith("pupil_forecast")), "")
    return frame.select(
        "row",
        *_where(frame),
        (cells.number(frame[column]) if column else pl.lit(None, pl.Float64)).alias("number"),
        pl.format("specialist places, {}", phase).alias("provision"),
        pl.lit("pupils expected").alias("measure"),
    )


def _direct(frame: pl.DataFrame) -> pl.DataFrame:
    years = frame.with_columns(cells.text(frame["financial_year"]))
    autumn = pl.col("measure").str.contains(" to March ") & ~pl.col("place_type").str.contains("(?i)funding$")
    return years.select(
        "row",
        pl.when(autumn).then(cells.la_code(frame, code="la_code")).alias("la_code"),
        cells.year("financial_year", Clock.FINANCIAL_YEAR).alias("year"),
        cells.number(frame["value"]).alias("number"),
        pl.concat_str("provider_group", "place_type", separator=": ").alias("provision"),
        pl.lit("places").alias("measure"),
    )


def _where(frame: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """Authority and year of the rows of a DfE table; a row of a school has its authority's codes too."""
    code = cells.la_code(frame, code="old_la_code", ons_code="new_la_code").alias("la_code")
    return code, cells.year("time_period", Clock.JANUARY).alias("year")


def _numbers(frame: pl.DataFrame, columns: Mapping[str, tuple[str, str]]) -> list[pl.Expr]:
    return [cells.number(frame[column]) for column in columns]


_READERS: Final[Mapping[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "special_capacity": _special,
    "scorecards": _scorecard,
    "scap_schools": _scap_schools,
    "scap_forecasts": _scap_forecasts,
    "dsg_places": _direct,
}
