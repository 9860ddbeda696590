"""Results of a run over England kept in a folder while it goes on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from rightplace.area.files import replace_file

if TYPE_CHECKING:
    from rightplace.forecast.england.authority import Done

NAME: Final = ".partial"


class Folder:
    """A file for each authority that is done, named by the mark of all its result depends on."""

    def __init__(self, out: Path) -> None:
        self.path = out / NAME

    def get(self, key: str) -> Done | None:
        """A result kept earlier; None where there is none, or the file is damaged."""
        from rightplace.forecast.england.authority import Done

        file = self._file(key)
        if not file.is_file():
            return None
        try:
            frame = pl.read_parquet(file)
            la_code, january, years = frame.select(pl.col("la_code", "january", "years").first()).row(0)
            counts = frame.drop("la_code", "january", "years").to_numpy()
            stock = np.ascontiguousarray(counts.reshape(-1, years, counts.shape[1]), dtype=np.int32)
        except (pl.exceptions.PolarsError, OSError, ValueError):
            return None
        return Done(la_code=la_code, january=january, stock=stock)

    def put(self, key: str, done: Done) -> None:
        """Keep a result."""
        if done.stock is None:
            return
        rows = done.stock.reshape(-1, done.stock.shape[2])
        frame = pl.DataFrame(rows, schema=[f"margin_{place}" for place in range(rows.shape[1])]).select(
            pl.lit(done.la_code).alias("la_code"),
            pl.lit(done.january).alias("january"),
            pl.lit(done.stock.shape[1]).alias("years"),
            pl.all(),
        )
        with replace_file(self._file(key)) as part:
            frame.write_parquet(part)

    def remove(self) -> None:
        """Nothing is needed any more."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _file(self, key: str) -> Path:
        return self.path / f"{key}.parquet"
