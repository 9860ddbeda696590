"""The constants of shares as rows of a table, so that they can come with Rightplace: dimension, name, part, other, value."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.forecast.published import composition_families as families
from rightplace.forecast.published.composition_fit import Composition

COLUMNS: Final = {
    "dimension": pl.String(), "name": pl.String(), "part": pl.String(), "other": pl.String(), "value": pl.Float64(),
}  # fmt: skip
_WHOLE: Final = ("january", "left", "evidence")
_BY_PART: Final = (
    "england", "change", "area_sd", "size_sd", "freedom", "skew", "rare_middle", "rare_below", "rare_above",
    "rare_freedom", "most", "later",
)  # fmt: skip


def rows(part: Composition) -> pl.DataFrame:
    """The constants of one dimension, and of its families."""
    found: list[tuple[str, str, str, str, float]] = []
    for name in _WHOLE:
        found.append((part.dimension, name, "", "", float(getattr(part, name))))
    columns = [part.england, part.change, *part.errors.T, *part.rare.T, part.most, part.later]
    for name, values in zip(_BY_PART, columns, strict=True):
        found += [
            (part.dimension, name, label, "", float(value)) for label, value in zip(part.parts, values, strict=True)
        ]
    for place, label in enumerate(part.parts):
        found += [
            (part.dimension, "back", label, other, float(value))
            for other, value in zip(part.parts, part.back[place], strict=True)
        ]
    made = pl.DataFrame(found, schema=COLUMNS, orient="row")
    return made if part.families is None else pl.concat([made, rows(part.families)])


def of(table: pl.DataFrame, dimension: str) -> Composition:
    """The constants of one dimension, from the rows of a table."""
    here = table.filter(pl.col("dimension") == dimension)
    whole = dict(here.filter(pl.col("name").is_in(_WHOLE)).select("name", "value").iter_rows())
    by_part = {name: here.filter(pl.col("name") == name) for name in _BY_PART}
    parts = tuple(by_part["england"]["part"].to_list())
    values = {name: rows["value"].to_numpy() for name, rows in by_part.items()}
    family = families.names(parts) if dimension == "setting" else ()
    back = here.filter(pl.col("name") == "back")["value"].to_numpy().reshape(len(parts), len(parts))
    return Composition(
        dimension=dimension,
        parts=parts,
        january=int(whole["january"]),
        england=values["england"],
        change=values["change"],
        left=whole["left"],
        back=back,
        errors=np.stack([values[name] for name in _BY_PART[2:6]], axis=1),
        rare=np.stack([values[name] for name in _BY_PART[6:10]], axis=1),
        most=values["most"],
        later=values["later"],
        evidence=int(whole["evidence"]),
        family=family,
        families=of(table, "setting_family") if family else None,
    )
