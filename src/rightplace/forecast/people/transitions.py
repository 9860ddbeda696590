"""What became of every plan from one January to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import polars as pl

from rightplace.errors import UserError
from rightplace.vocabulary.need import FIRST_EDITION, Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, LAST


class NewCode(NamedTuple):
    """A word that returns have from an ``edition`` on: ``column`` is need or kind, ``before`` the words that stood for it (none: any)."""

    column: str
    word: str
    edition: int
    before: tuple[str, ...] = ()


NEW_CODES: Final = (
    *(NewCode("need", str(need), edition) for need, edition in FIRST_EDITION.items()),
    NewCode("kind", str(SettingKind.OTHER), 2024, (str(SettingKind.OTHERWISE_THAN_AT_SCHOOL), str(SettingKind.NOT_RECORDED))),
)  # fmt: skip
"""Whoever has a new word in its first January had what it names before: the record changed, not the person. Source: DfE, SEN2 person-level
return, technical specifications: need DS from the 2025 edition; OTH as where a person is from the 2024 edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """Counted changes between consecutive Januaries, and the plans in place at each.

    ``stock`` has columns year, need, kind, year_group, people. ``changes`` has columns year (of
    the first January), need, kind, year_group, to_need, to_kind, to_year_group, people: the first
    three are null for a joiner, the ``to`` columns for a leaver. ``left_out`` counts rows with no
    usable year group, by January. ``recoded`` counts plans by the new word (:data:`NEW_CODES`) that they are taken to have had before: in
    ``changes``; ``stock`` is as returned.
    """

    stock: pl.DataFrame
    changes: pl.DataFrame
    left_out: dict[int, int]
    recoded: dict[str, int] = field(default_factory=dict)

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
    rows, recoded = _recoded(rows, NEW_CODES)
    changes = pl.concat([_pair(rows, year) for year in pairs])
    order = ["year", "need", "kind", "year_group"]
    return Transitions(
        stock=stock.sort(order), changes=changes.sort(changes.columns), left_out=left_out, recoded=recoded
    )


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


def _recoded(rows: pl.DataFrame, codes: Iterable[NewCode]) -> tuple[pl.DataFrame, dict[str, int]]:
    """Rows in which new words also stand where they would have stood before there were any, and plans changed by word."""
    counts = {}
    for code in codes:
        first = rows.filter((pl.col("year") == code.edition) & (pl.col(code.column) == code.word))
        who = first.select("person_id", new=pl.lit(value=True)).unique()
        older = (pl.col("year") < code.edition) & (pl.col(code.column) != code.word)
        if code.before:
            older &= pl.col(code.column).is_in(code.before)
        marked = rows.join(who, on="person_id", how="left").with_columns(
            new=(pl.col("new") & older).fill_null(value=False)
        )
        changed = marked.filter("new")["person_id"].n_unique()
        if changed:
            counts[code.word] = changed
            rows = marked.with_columns(
                pl.when("new").then(pl.lit(code.word)).otherwise(code.column).alias(code.column)
            ).drop("new")
    return rows, counts


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
