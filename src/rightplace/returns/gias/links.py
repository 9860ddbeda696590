"""What became of a school: from an old URN to the one in use now, along GIAS's links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from rightplace.area.record import Refusal, Source
from rightplace.errors import DataError
from rightplace.returns.gias.registers import LINKS
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.cabinet import Drawer
from rightplace.returns.statistics.folder import Published, read_table, recognise
from rightplace.returns.statistics.lineage import source_of

DATES: Final = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where each URN leads.

    ``frame`` has ``urn`` and ``current_urn`` for every URN that has a successor; ``source`` the lineage, with links that
    go round in a ring, and schools split in two, among its notes.
    """

    frame: pl.DataFrame
    source: Source


def read_links(path: Path) -> Links:
    """Read ``links_edubasealldataYYYYMMDD.csv``. Raises ``DataError`` where it is not that file."""
    drawer = Drawer(path=path)
    shape = recognise(drawer.stem, drawer.columns(), drawer.name, [LINKS])
    if shape is None:
        raise DataError(
            "It is not a file of GIAS links.", where=str(path), action="Give links_edubasealldata and its date."
        )
    return links_of(read_table(drawer, shape))


def links_of(table: Published) -> Links:
    """The successors a file of links tells of."""
    steps, noted = _steps(table.frame)
    frame, rings = follow(steps)
    if rings:
        noted.append(Refusal(reason="links that go round in a ring, not followed", rows=rings))
    source = source_of(table, edition="", kept=table.frame.height)
    return Links(frame=frame, source=replace(source, noted=tuple(noted)))


def follow(steps: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The last URN of each chain of ``urn`` to ``next_urn`` (one for each urn), and how many URNs are in, or lead to, a ring.

    Those are left where they are. All chains are followed at once, each round doubling how far.
    """
    if steps.is_empty():
        return pl.DataFrame(schema={"urn": pl.String, "current_urn": pl.String}), 0
    names = pl.concat([steps["urn"], steps["next_urn"].rename("urn")]).unique().sort()
    place = dict(zip(names.to_list(), range(names.len()), strict=True))
    onward = np.arange(names.len())
    first = steps["urn"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    onward[first] = steps["next_urn"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    has_next = np.zeros(names.len(), dtype=bool)
    has_next[first] = True
    end = onward.copy()
    for _ in range(int(names.len()).bit_length() + 1):
        end = end[end]
    ringed = has_next & has_next[end]
    end = np.where(ringed, np.arange(names.len()), end)
    led = has_next & ~ringed
    frame = pl.DataFrame({"urn": names.gather(np.flatnonzero(led)), "current_urn": names.gather(end[led])})
    return frame, int(ringed.sum())


def _steps(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Refusal]]:
    """One successor for each URN: that of the latest link, where there are several."""
    kind = pl.col("LinkType").str.to_lowercase()
    here, there = cells.text(frame["URN"]), cells.text(frame["LinkURN"])
    dated = (
        pl.coalesce([pl.col("LinkEstablishedDate").str.to_date(form, strict=False) for form in DATES])
        if "LinkEstablishedDate" in frame.columns
        else pl.lit(None, pl.Date)
    )
    rows = frame.select(
        pl.when(kind.str.starts_with("successor"))
        .then(here)
        .when(kind.str.starts_with("predecessor"))
        .then(there)
        .alias("urn"),
        pl.when(kind.str.starts_with("successor"))
        .then(there)
        .when(kind.str.starts_with("predecessor"))
        .then(here)
        .alias("next_urn"),
        dated.alias("date"),
    ).filter(pl.col("urn").is_not_null() & pl.col("next_urn").is_not_null() & (pl.col("urn") != pl.col("next_urn")))
    best = rows.sort("urn", "date", "next_urn", descending=[False, True, True], nulls_last=True)
    steps = best.unique("urn", keep="first", maintain_order=True).select("urn", "next_urn")
    several = rows.group_by("urn").agg(pl.col("next_urn").n_unique()).filter(pl.col("next_urn") > 1).height
    other = frame.height - rows.height
    noted = (
        [Refusal(reason="links of another kind than successor and predecessor, not followed", rows=other)]
        if other
        else []
    )
    if several:
        noted.append(Refusal(reason="schools with several successors, followed to the latest", rows=several))
    return steps, noted
