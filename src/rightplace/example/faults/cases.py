"""The cases of a return, with every item of theirs in one row, for faults to be chosen among."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.calendar.census import census_day
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return

LETTER: Final = {"person": "p_", "requests": "r_", "assessment": "a_", "namedplan": "n_", "activeplans": "v_"}
"""What stands before the names of a table's items in a case."""

BELOW: Final = {"plandetail": "namedplan", "placementdetail": "activeplans", "senneed": "activeplans"}
"""Tables with several records in a case, and the table each stands under."""


def cases(ret: Sen2Return) -> pl.DataFrame:
    """One row a request, of people with one request: its items and those of its person, assessment and plan.

    Also ``<table>_row`` of each record (null where there is none); ``edition``; ``census``, ``first`` and ``last`` day of
    the period as text; ``age``, on census day in years; ``active``, whether the plan is; ``stays``, its placements, and
    ``details``, its named settings; and ``other_...``, the same of the person after next in the file.
    """
    person = _prefixed(ret, "person").drop("sen2_row")
    rows = _prefixed(ret, "requests").join(person, on="person_row", how="left", maintain_order="left")
    rows = rows.filter(pl.len().over("person_row") == 1)
    for table, parent in (("assessment", "requests"), ("namedplan", "assessment"), ("activeplans", "requests")):
        rows = rows.join(_prefixed(ret, table), on=f"{parent}_row", how="left", maintain_order="left")
    counts = {"stays": ("placementdetail", "activeplans_row"), "details": ("plandetail", "namedplan_row")}
    for name, (table, key) in counts.items():
        count = ret.tables[table].group_by(key).len(name)
        rows = rows.join(count, on=key, how="left", maintain_order="left")
    census = census_day(ret.edition)
    ceased = pl.col("n_cease_date").is_not_null()
    others = [pl.col(name).shift(-2).alias(f"other_{name}") for name in _OTHERS]
    return rows.with_columns(
        edition=pl.lit(ret.edition),
        census=pl.lit(census.isoformat()),
        first=pl.lit(f"{ret.edition - 1}-01-01"),
        last=pl.lit(f"{ret.edition - 1}-12-31"),
        age=((pl.lit(census) - pl.col("p_birth_date").str.to_date()).dt.total_days() / 365.25),
        active=pl.col("namedplan_row").is_not_null() & ~ceased,
    ).with_columns(others)


_OTHERS: Final = (
    "person_row", "p_upn", "p_uln", "p_surname", "p_forename", "p_birth_date", "p_postcode", "namedplan_row"
)  # fmt: skip


def records(ret: Sen2Return, case: pl.DataFrame, table: str) -> pl.DataFrame:
    """One row a record of a table that stands below the cases: its items, its ``row``, and the case's columns."""
    parent = f"{BELOW[table]}_row"
    return ret.tables[table].drop("line").join(case, on=parent, how="inner", maintain_order="left")


def _prefixed(ret: Sen2Return, table: str) -> pl.DataFrame:
    items = {item.name: LETTER[table] + item.name for item in BY_NAME[table].items}
    return ret.tables[table].drop("line").rename({"row": f"{table}_row", **items})
