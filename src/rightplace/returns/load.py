"""From the files an analyst names to an area record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rightplace.area.record import Area, Source
from rightplace.errors import DataError
from rightplace.progress import Progress, silent
from rightplace.returns.build import area_from_returns
from rightplace.returns.extracts import read_extract
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.sen2.reader import read


def load_returns(
    sen2: Sequence[Path],
    *,
    gias: Sequence[Path] = (),
    extracts: Sequence[Path] = (),
    name: str | None = None,
    progress: Progress = silent,
) -> Area:
    """An area from SEN2 files, GIAS extracts and CSV extracts.

    Raises ``DataError`` or ``RefusedError`` for a file that cannot be used.
    """
    returns = read(sen2, progress=progress)
    settings, sources = read_settings(gias)
    tables: dict[str, pl.DataFrame] = {}
    for path in extracts:
        extract = read_extract(path)
        if extract.table in tables:
            raise DataError(f"Two extracts are of {extract.table}.", where=str(path), action="Name one.")
        tables[extract.table] = extract.frame
        sources.append(extract.source)
    postcodes = tables.pop("postcodes", None)
    return area_from_returns(
        returns, settings=settings, postcodes=postcodes, extra=tables, sources=sources, name=name, progress=progress
    )


def read_settings(files: Sequence[Path]) -> tuple[pl.DataFrame | None, list[Source]]:
    """One settings table from GIAS extracts, the first file's row standing where two have a setting; and lineage."""
    if not files:
        return None, []
    read_files = [read_gias(path) for path in files]
    together = pl.concat([settings for settings, _ in read_files]).unique(
        "setting_id", keep="first", maintain_order=True
    )
    return together, [source for _, source in read_files]
