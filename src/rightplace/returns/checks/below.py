"""Records counted and found for the record above them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rightplace.returns.checks.terms import as_returned, c, given, missing
from rightplace.returns.sen2.layout import TABLES

Tables = Mapping[str, pl.DataFrame]


def link(base: Tables) -> dict[str, pl.DataFrame]:
    """The frames with ``requests_row`` and ``person_row`` carried down to every table under them."""
    linked = dict(base)
    for table in TABLES:
        if table.parent in (None, "sen2"):
            continue
        key = f"{table.parent}_row"
        parent = linked[str(table.parent)]
        above = [name for name in ("requests_row", "person_row") if name in parent.columns and name != key]
        if above:
            about = parent.select(pl.col("row").alias(key), *above)
            linked[table.name] = linked[table.name].join(about, on=key, how="left", maintain_order="left")
    return linked


def plan_is_active() -> pl.Expr:
    """A plan is active: started by census day, and not ceased before it. Null when a date it needs is not known."""
    ceased_later = missing("cease_date") | (c("cease_date") >= c("census_day"))
    return (c("start_date") <= c("census_day")) & ceased_later


def placement_is_current() -> pl.Expr:
    """A placement is current: entered by census day, and not left before it. Null when a date it needs is not known."""
    left_later = missing("leaving_date") | (c("leaving_date") >= c("census_day"))
    return (c("entry_date") <= c("census_day")) & left_later


def n_identifiers() -> pl.Expr:
    """How many of URN, UKPRN and setting type are given."""
    return pl.sum_horizontal(given(item).cast(pl.Int8) for item in ("urn", "ukprn", "sen_setting")).alias(
        "n_identifiers"
    )


def of_request(tables: Tables) -> pl.DataFrame:
    """For each request: ``n_assessments``, ``n_actives``, ``n_plans``, and the first assessment's outcome and transfer."""
    assessments = (
        tables["assessment"]
        .group_by("requests_row", maintain_order=True)
        .agg(pl.len().alias("n_assessments"), pl.col("assessment_outcome").first())
    )
    actives = (
        tables["activeplans"]
        .group_by("requests_row", maintain_order=True)
        .agg(pl.len().alias("n_actives"), pl.col("transfer_la").first())
    )
    plans = tables["namedplan"].group_by("requests_row").agg(pl.len().alias("n_plans"))
    both = assessments.join(actives, on="requests_row", how="full", coalesce=True)
    return both.join(plans, on="requests_row", how="left")


def plan_of_request(tables: Tables) -> pl.DataFrame:
    """For each request, the first plan under its first assessment: dates, what it names, and ``plan_is_active``."""
    first_assessment = tables["assessment"].unique("requests_row", keep="first", maintain_order=True)
    first = tables["namedplan"].unique("assessment_row", keep="first", maintain_order=True)
    mine = first.join(first_assessment.select(pl.col("row").alias("assessment_row")), on="assessment_row", how="semi")
    return mine.select(
        "requests_row",
        *("start_date", "start_date_raw", "cease_date", "cease_date_raw", "plan_res", "plan_wbp"),
        pl.col("is_active").alias("plan_is_active"),
    )


def ranks(child: pl.DataFrame, key: str, rank: str) -> pl.DataFrame:
    """For each record above: ``n_ranked`` records, ``n_rank_one``, ``n_rank_two``, ``n_rank_unreadable``."""
    return child.group_by(key).agg(
        pl.len().alias("n_ranked"),
        (c(rank) == 1).sum().alias("n_rank_one"),
        (c(rank) == 2).sum().alias("n_rank_two"),
        (c(rank).is_null() & c(as_returned(rank)).is_not_null()).sum().alias("n_rank_unreadable"),
    )


def placements(child: pl.DataFrame) -> pl.DataFrame:
    """For each ActivePlans: its placements counted - all, current, current with rank 1, not known, and more.

    ``n_moved_autumn`` are rank 1 placements entered from 1 July to 31 December of the year before census.
    """
    current = placement_is_current()
    first = c("placement_rank") == 1
    autumn = c("entry_date").is_between(pl.date(c("edition") - 1, 7, 1), c("period_end"))
    return child.group_by("activeplans_row").agg(
        pl.len().alias("n_placements"),
        current.sum().alias("n_current"),
        (current & first).sum().alias("n_first_current"),
        (current.is_null() | ~c("placement_rank").is_in([1, 2]).fill_null(value=False))
        .sum()
        .alias("n_current_unknown"),
        c("res").is_not_null().sum().alias("n_placement_res"),
        c("wbp").is_not_null().sum().alias("n_placement_wbp"),
        (first & autumn).sum().alias("n_moved_autumn"),
    )


def overlapping(child: pl.DataFrame) -> pl.DataFrame:
    """For each rank 1 placement with readable dates, whether an earlier one of its record is left after it is entered.

    An open placement is never left. Change on one day is no overlap.
    """
    far = pl.date(9999, 12, 31)
    left = pl.when(missing("leaving_date")).then(far).otherwise(c("leaving_date"))
    usable = child.filter((c("placement_rank") == 1) & c("entry_date").is_not_null()).with_columns(left.alias("left"))
    ordered = usable.filter(c("left").is_not_null()).sort("activeplans_row", "entry_date", "left", "row")
    before = c("left").cum_max().shift(1).over("activeplans_row")
    return ordered.select("row", (c("entry_date") < before).fill_null(value=False).alias("is_overlapping"))


def person_totals(tables: Tables) -> pl.DataFrame:
    """For each person: requests counted, how many got as far as an assessment or plan, active plans, earliest date."""
    requests = (
        tables["requests"]
        .group_by("person_row")
        .agg(
            pl.len().alias("n_requests"),
            (c("n_assessments") + c("n_actives")).sum().alias("n_reached"),
            c("received_date").min().alias("first_received"),
        )
    )
    own = c("start_date").filter(c("transfer_la").is_null())
    plans = (
        tables["namedplan"]
        .group_by("person_row")
        .agg(c("is_active").sum().alias("n_active_plans"), own.min().alias("first_plan"))
    )
    both = requests.join(plans, on="person_row", how="left")
    return both.filter(c("person_row").is_not_null())
