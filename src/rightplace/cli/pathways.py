"""``rightplace pathways``: the same children followed from 11 to 25, and the places that takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    import polars as pl

    from rightplace.places.pathways.result import Pathways

NAME: Final = "pathways"
_FILES: Final = ("transfers", "accounts", "followed", "places")


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    years: Annotated[int, typer.Option(min=1, max=30, help="Septembers to follow.")] = 10,
    futures: Annotated[int, typer.Option(min=1, help="Futures to follow person by person.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
) -> None:
    """Follow children and young people through their transfers at 11, 16, 18, 19 and 25."""
    from rightplace.area import store
    from rightplace.area.files import replace_file, require_writable
    from rightplace.cli.screen import Shown, say, table
    from rightplace.places.pathways.run import pathways

    require_writable(*(out / f"{name}.csv" for name in _FILES))
    with Shown() as progress:
        found = pathways(store.load(area), years=years, futures=futures, seed=seed, progress=progress)
    for name in _FILES:
        frame: pl.DataFrame = getattr(found, name)
        with replace_file(out / f"{name}.csv") as part:
            frame.with_columns(_floats().round(4)).write_csv(part)
    table(_shown(found), f"Places needed in September {found.start + years - 1}, {found.name}")
    table(
        _onward(found),
        f"The largest moves at 16, 18 and 19 in September {found.start + years - 1}, mean of the futures",
    )
    say(*found.notes, f"Written: {out / 'transfers.csv'}, accounts.csv, followed.csv and places.csv.")


def _floats() -> pl.Expr:
    import polars as pl

    return pl.selectors.float().as_expr()


def _shown(found: Pathways) -> pl.DataFrame:
    """The last September's accounts, as people read them."""
    import polars as pl

    from rightplace.vocabulary.setting import SettingKind

    last = found.accounts.filter(pl.col("year") == pl.col("year").max())
    whole = [pl.col(name).round(0).cast(pl.Int64) for name in ("held", "leaving", "arriving", "freed")]
    return last.select(
        pl.col("setting_kind").replace(SettingKind.labels()).alias("kind of setting"),
        *whole,
        pl.col("needed_p50", "needed_p90").round(0).cast(pl.Int64),
        "places",
        pl.col("short_p50").round(0).cast(pl.Int64),
    )


def _onward(found: Pathways) -> pl.DataFrame:
    """Where those at 16, 18 and 19 go on to in the last September, the largest moves to another kind first."""
    import polars as pl

    from rightplace.places.pathways.result import ENDED
    from rightplace.vocabulary.setting import SettingKind

    words = {**SettingKind.labels(), ENDED: "plan ended"}
    last = found.transfers.filter(
        pl.col("year") == pl.col("year").max(),
        pl.col("stage").is_in(["16", "18", "19"]),
        pl.col("from_kind").is_in(list(SettingKind)),
        pl.col("from_kind") != pl.col("to_kind"),
    )
    sums = last.group_by("from_kind", "to_kind", maintain_order=True).agg(pl.col("mean").sum())
    most = sums.sort("mean", descending=True, maintain_order=True).head(8)
    return most.select(
        pl.col("from_kind").replace(words).alias("from"),
        pl.col("to_kind").replace(words).alias("to"),
        pl.col("mean").round(0).cast(pl.Int64).alias("people"),
    )
