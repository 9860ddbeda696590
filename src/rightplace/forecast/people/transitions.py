"""What became of every plan from one January to the next."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rightplace.errors import UserError
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, LAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """Counted changes between consecutive Januaries, and the plans in place at each.

    ``stock`` has columns year, need, kind, year_group, people. ``changes`` has columns year (of
    the first January), need, kind, year_group, to_need, to_kind, to_year_group, people: the first
    three are null for a joiner, the ``to`` columns for a leaver. ``left_out`` counts rows with no
    usable year group, by January.
    """

    stock: pl.DataFrame
    changes: pl.DataFrame
    left_out: dict[int, int]

    @property
    def seed_year(self) -> int:
        """The last January with plans."""
        return int(self.stock["year"].max())  # type: ignore[arg-type]

    @property
    def years(self) -> list[int]:
        """First Januaries of the pairs, in order."""
        return sorted(int(year) for year in self.changes["year"].unique())


def from_census(census: pl.DataFrame) -> Transitions:
    """Changes between consecutive Januaries of an area's ``census`` table.

    A year group that is missing is taken from another January of the same person, or else the
    row is left out and counted. Year groups outside -4 to 20 are taken as the nearest of these.
    Moves of plans between authorities are joiners and leavers here.

    Raises ``UserError`` where no two Januaries follow one another.
    """
    rows, left_out = _usable(census)
    stock = rows.group_by("year", "need", "kind", "year_group").agg(people=pl.len().cast(pl.Float64))
    years = sorted(int(year) for year in rows["year"].unique())
    pairs = [year for year in years if year + 1 in years]
    if not pairs:
        raise UserError(
            "At least two consecutive January returns, or a history of published counts, are needed for a forecast.",
            action=f"Load another return; this area has {_listed(years)}.",
        )
    changes = pl.concat([_pair(rows, year) for year in pairs])
    order = ["year", "need", "kind", "year_group"]
    return Transitions(stock=stock.sort(order), changes=changes.sort(changes.columns), left_out=left_out)


def _listed(years: list[int]) -> str:
    return "the Januaries of " + ", ".join(map(str, years)) if years else "none"


def _usable(census: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, int]]:
    rows = census.select(
        "person_id",
        year=pl.col("census_year").cast(pl.Int32),
        need=pl.col("need").fill_null(str(Need.NOT_RECORDED)),
        kind=pl.col("setting_kind").fill_null(str(SettingKind.NOT_RECORDED)),
        year_group=pl.col("year_group").cast(pl.Int32),
    ).with_columns(
        pl.col("year_group").fill_null(
            pl.col("year") + (pl.col("year_group") - pl.col("year")).drop_nulls().first().over("person_id")
        )
    )
    unknown = rows.filter(pl.col("year_group").is_null()).group_by("year").len().sort("year")
    usable = rows.filter(pl.col("year_group").is_not_null()).with_columns(pl.col("year_group").clip(FIRST, LAST))
    return usable, {int(year): int(count) for year, count in unknown.iter_rows()}


def _pair(rows: pl.DataFrame, year: int) -> pl.DataFrame:
    before = rows.filter(pl.col("year") == year).drop("year")
    after = rows.filter(pl.col("year") == year + 1).select(
        "person_id", to_need="need", to_kind="kind", to_year_group="year_group"
    )
    state = ["need", "kind", "year_group", "to_need", "to_kind", "to_year_group"]
    return (
        before.join(after, on="person_id", how="full", coalesce=True)
        .group_by(state)
        .agg(people=pl.len().cast(pl.Float64))
        .select(pl.lit(year, dtype=pl.Int32).alias("year"), *state, "people")
    )
