"""What the transition-count model is given, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from rightplace.area.tables import Table
from rightplace.errors import DataError
from rightplace.returns.transition_counts import COSTS, POPULATION, TRANSITIONS, VALID_STATES, TransitionFiles
from rightplace.vocabulary.year_group import LAST

OUTSIDE: Final = "NONSEND"
"""Need and setting of someone without a plan, in a row of transitions."""

LEAVER: Final = pl.col("setting-2") == OUTSIDE
JOINER: Final = pl.col("setting-1") == OUTSIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Counted transitions, residents, what states there can be, and costs.

    The frames have the columns of the tables in :mod:`rightplace.returns.transition_counts`.
    ``notes`` says in sentences what was left out and what was assumed. Make one with :func:`build`.
    """

    transitions: pl.DataFrame
    population: pl.DataFrame
    valid_states: pl.DataFrame
    costs: pl.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def history(self) -> list[int]:
        """First Januaries of the transitions, in order."""
        return sorted(int(year) for year in self.transitions["calendar-year"].unique())

    @property
    def seed_year(self) -> int:
        """The January the futures start from: the one after the last first January."""
        return self.history[-1] + 1

    def years(self, last: int | None = None) -> list[int]:
        """Januaries to foresee: those of the population after the seed year, up to ``last``."""
        known = sorted(int(year) for year in self.population["calendar-year"].unique())
        return [year for year in known if year > self.seed_year and (last is None or year <= last)]

    def stock(self, january: int) -> pl.DataFrame:
        """Plans in place in a January that ends a pair: need, setting, academic-year, people."""
        rows = self.transitions.filter((pl.col("calendar-year") == january - 1) & ~LEAVER)
        names = {"need-2": "need", "setting-2": "setting", "academic-year-2": "academic-year"}
        return rows.rename(names).group_by(list(names.values())).agg(pl.col("people").sum()).sort(*names.values())

    def until(self, year: int) -> Inputs:
        """The same with no history after a first January. Raises ``DataError`` where none is left."""
        rows = self.transitions.filter(pl.col("calendar-year") <= year)
        if rows.is_empty():
            raise DataError(f"There are no transitions up to {year}.", action=f"The first are of {self.history[0]}.")
        return replace(self, transitions=rows)


def build(
    *,
    transitions: pl.DataFrame,
    population: pl.DataFrame,
    valid_states: pl.DataFrame,
    costs: pl.DataFrame,
    notes: tuple[str, ...] = (),
) -> Inputs:
    """Inputs from four frames. ``transitions`` may go without ``people``: each row is then one person.

    Rows that say someone is half outside, or name a need or setting that no state has, or a year
    group above 20, are left out and counted in ``notes``.

    Raises ``DataError`` where a column is missing or of another type, or nothing is left.
    """
    if "people" not in transitions.columns:
        transitions = transitions.with_columns(people=pl.lit(1, pl.Int32))
    states = _checked(valid_states, VALID_STATES)
    kept, left_out = _usable(_checked(transitions, TRANSITIONS), states)
    if kept.is_empty():
        raise DataError("There are no transitions that can be used.", action="Check the needs and settings they name.")
    return Inputs(
        transitions=kept,
        population=_checked(population, POPULATION),
        valid_states=states,
        costs=_checked(costs, COSTS),
        notes=(*notes, *left_out),
    )


def from_files(files: TransitionFiles) -> Inputs:
    """Inputs from the four files as read. Raises ``DataError`` as :func:`build` does."""
    notes = tuple(
        f"{source.file}: {refusal.rows} rows were refused, as {refusal.reason}."
        for source in files.sources
        for refusal in source.refused
    )
    return build(
        transitions=files.transitions,
        population=files.population,
        valid_states=files.valid_states,
        costs=files.costs,
        notes=notes,
    )


def _checked(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    missing = [name for name in table.schema if name not in frame.columns]
    if missing:
        raise DataError(f"Columns of {table.name} are missing: {', '.join(missing)}.")
    try:
        rows = frame.select(pl.col(name).cast(dtype) for name, dtype in table.schema.items())
    except pl.exceptions.PolarsError as error:
        raise DataError(f"A column of {table.name} is not of its type ({str(error).splitlines()[0]}).") from None
    if rows.select(pl.any_horizontal(pl.all().is_null().any())).item():
        raise DataError(f"A value of {table.name} is missing.", action="Leave the row out or fill it.")
    if table.key and rows.select(table.key).is_duplicated().any():
        raise DataError(f"Two rows of {table.name} have the same {' and '.join(table.key)}.")
    return rows


def _usable(rows: pl.DataFrame, states: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    settings = [*states["setting"], OUTSIDE]
    needs = [*states["needs"].explode().unique(), OUTSIDE]
    half = ((pl.col("need-1") == OUTSIDE) != JOINER) | ((pl.col("need-2") == OUTSIDE) != LEAVER) | (JOINER & LEAVER)
    unknown = pl.any_horizontal(
        *(~pl.col(name).is_in(settings) for name in ("setting-1", "setting-2")),
        *(~pl.col(name).is_in(needs) for name in ("need-1", "need-2")),
    )
    old = (~JOINER & (pl.col("academic-year-1") > LAST)) | (~LEAVER & (pl.col("academic-year-2") > LAST))
    reason = (
        pl.when(half).then(pl.lit("a need or a setting, not both, is outside, or both Januaries are"))
        .when(unknown).then(pl.lit("a need or setting is in no valid state"))
        .when(old).then(pl.lit(f"a year group is above {LAST}"))
    )  # fmt: skip
    marked = rows.with_columns(_reason=reason)
    counted = marked.drop_nulls("_reason").group_by("_reason", maintain_order=True).agg(pl.col("people").sum())
    notes = [f"{people} transitions are left out: {why}." for why, people in counted.iter_rows()]
    return marked.filter(pl.col("_reason").is_null()).drop("_reason"), notes
