"""One plan through several returns, and the requests, assessments, placements, needs and reviews that belong to it."""

from __future__ import annotations

import polars as pl

_LATEST = ("census_year", "row")


def plan_rows(namedplan: pl.DataFrame, activeplans: pl.DataFrame, assessment: pl.DataFrame) -> pl.DataFrame:
    """Every returned plan with its person and a ``plan_id`` that is the same in every return.

    A return has no number for a plan. Two returned plans of one person are the same plan when they
    start on the same day, or when the earlier return did not say that the first had ceased: an amended plan is
    sometimes returned with the date of its amendment. Keys: ``census_year``, ``requests_row``.
    """
    transfers = activeplans.select("census_year", "requests_row", "transfer_la")
    rows = (
        namedplan.join(transfers, on=["census_year", "requests_row"], how="left")
        .join(
            assessment.select("census_year", pl.col("row").alias("assessment_row"), "assessment_outcome"),
            on=["census_year", "assessment_row"],
            how="left",
        )
        .sort("person_id", "census_year", pl.col("start_date"), "row", nulls_last=True)
    )
    before = pl.col("cease_date").shift(1).over("person_id")
    same_return = (pl.col("census_year") == pl.col("census_year").shift(1)).over("person_id")
    same_start = (pl.col("start_date") == pl.col("start_date").shift(1)).over("person_id").fill_null(value=False)
    begins = ~same_start & (before.is_not_null() | same_return).fill_null(value=True)
    episode = begins.cast(pl.Int32).cum_sum().over("person_id")
    return rows.with_columns(plan_id=pl.col("person_id") + "." + episode.cast(pl.String))


def plans_table(rows: pl.DataFrame, request_ids: pl.DataFrame) -> pl.DataFrame:
    """The ``plans`` table: the first start date, and the latest of everything else."""
    dated = rows.join(request_ids, on=["census_year", "requests_row"], how="left").sort(*_LATEST)
    return dated.group_by("plan_id", maintain_order=True).agg(
        pl.col("person_id").first(),
        # The request as first returned has its dates; later returns call it historical.
        pl.col("request_id").first(),
        pl.col("start_date").min(),
        pl.col("cease_date").last(),
        pl.col("cease_reason").last(),
        pl.col("transfer_la").drop_nulls().first().alias("transferred_from"),
        pl.col("plan_res").last().alias("residential"),
        pl.col("plan_wbp").last().alias("work_based"),
        pl.col("pb").last().alias("personal_budget"),
    )


def request_ids(requests: pl.DataFrame) -> pl.DataFrame:
    """``census_year``, ``requests_row``, ``request_id``: one identity for a request returned in several years.

    A request is known by its person and the day it was received. Those returned as historical, with
    no date, share one identity a person and position.
    """
    undated = pl.col("received_date").is_null()
    order = pl.int_range(pl.len()).over("census_year", "person_id", undated)
    name = pl.when(undated).then("H" + (order + 1).cast(pl.String)).otherwise(pl.col("received_date").cast(pl.String))
    return requests.sort(*_LATEST).select(
        "census_year", pl.col("row").alias("requests_row"), (pl.col("person_id") + "/" + name).alias("request_id")
    )


def requests_table(requests: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The ``requests`` table: the latest return that gave an outcome of its own, not "historical"."""
    rows = requests.rename({"row": "requests_row"}).join(ids, on=["census_year", "requests_row"], how="left")
    return _latest(
        rows.with_columns(own=pl.col("request_outcome") != "H"),
        "request_id",
        {
            "person_id": "person_id", "received_date": "received_date", "source": "request_source",
            "outcome": "request_outcome", "outcome_date": "request_outcome_date", "mediation": "request_mediation",
            "tribunal": "request_tribunal", "exported_to": "exported",
        },
    )  # fmt: skip


def assessments_table(assessment: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The ``assessments`` table: the latest return that gave an outcome of its own, not "historical"."""
    rows = assessment.join(ids, on=["census_year", "requests_row"], how="left")
    return _latest(
        rows.with_columns(own=pl.col("assessment_outcome") != "H"),
        "request_id",
        {
            "person_id": "person_id", "outcome": "assessment_outcome", "outcome_date": "assessment_outcome_date",
            "mediation": "assessment_mediation", "tribunal": "assessment_tribunal", "exception": "week20",
        },
    )  # fmt: skip


def placements_table(placement: pl.DataFrame, plan_keys: pl.DataFrame) -> pl.DataFrame:
    """The ``placements`` table: one row a stay, with the leaving date of the latest return that has it."""
    rows = placement.join(plan_keys, on=["census_year", "requests_row"], how="inner").sort(*_LATEST)
    where = pl.coalesce("setting_id", "sen_setting", pl.lit("unknown"))
    stay = pl.concat_str(
        pl.col("plan_id"),
        where,
        pl.col("placement_rank").fill_null(1),
        pl.col("entry_date").cast(pl.String).fill_null("start"),
        separator="/",
    )
    return (
        rows.with_columns(placement_id=stay)
        .group_by("placement_id", maintain_order=True)
        .agg(
            pl.col("plan_id", "person_id", "setting_id", "setting_kind").last(),
            pl.col("placement_rank").fill_null(1).last().alias("rank"),
            pl.col("entry_date", "leaving_date").last(),
            pl.col("res").last().alias("residential"),
            pl.col("wbp").last().alias("work_based"),
        )
    )


def named_settings_table(plandetail: pl.DataFrame, plan_keys: pl.DataFrame) -> pl.DataFrame:
    """The ``named_settings`` table: section I as the latest return has it."""
    rows = plandetail.join(plan_keys, on=["census_year", "requests_row"], how="inner")
    latest = pl.col("census_year") == pl.col("census_year").max().over("plan_id")
    return (
        rows.filter(latest)
        .with_columns(rank=pl.col("placement_rank").fill_null(1))
        .sort(*_LATEST)
        .unique(["plan_id", "rank"], keep="first", maintain_order=True)
        .select("plan_id", "person_id", "setting_id", "setting_kind", "rank")
    )


def needs_table(senneed: pl.DataFrame, plan_keys: pl.DataFrame) -> pl.DataFrame:
    """The ``needs`` table: primary and secondary need at each census."""
    return (
        senneed.join(plan_keys, on=["census_year", "requests_row"], how="inner")
        .with_columns(rank=pl.col("sen_type_rank").fill_null(1), need=pl.col("sen_type").str.to_uppercase())
        .sort(*_LATEST)
        .unique(["plan_id", "census_year", "rank"], keep="first", maintain_order=True)
        .select("plan_id", "person_id", "census_year", "need", "rank")
    )


def reviews_table(activeplans: pl.DataFrame, plan_keys: pl.DataFrame) -> pl.DataFrame:
    """The ``reviews`` table: plans with anything returned of a review or a phase transfer."""
    dates = {
        "meeting_date": "review_meeting", "decision_date": "last_review", "outcome": "review_outcome",
        "draft_date": "review_draft", "transfer_due_date": "phase_transfer_due_date",
        "transfer_final_date": "phase_transfer_final_date",
    }  # fmt: skip
    return (
        activeplans.join(plan_keys, on=["census_year", "requests_row"], how="inner")
        .sort(*_LATEST)
        .unique(["plan_id", "census_year"], keep="first", maintain_order=True)
        .select("plan_id", "person_id", "census_year", **{name: pl.col(column) for name, column in dates.items()})
        .filter(pl.any_horizontal(pl.col(name).is_not_null() for name in dates))
    )


def _latest(rows: pl.DataFrame, key: str, columns: dict[str, str]) -> pl.DataFrame:
    chosen = rows.sort(pl.col("own").fill_null(value=False), "census_year").group_by(key, maintain_order=True)
    return chosen.agg(pl.col(column).last().alias(name) for name, column in columns.items())
