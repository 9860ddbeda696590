"""What each record is given from the records above, beside and below it, and from the list of settings."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rightplace.returns.checks import below
from rightplace.returns.checks.terms import age_on, c, given, missing, school_age_ends, school_age_starts

_PERSON = ("birth_date", "age_31_august", "age_census", "year_group", "school_age_start", "school_age_end")

Tables = Mapping[str, pl.DataFrame]


def widen(base: Tables, settings: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """The wide frame of every table, from frames that hold items and constants only.

    Columns added, beside those of the person (ages, ``year_group`` on census day, compulsory school
    age) and the items of the records above: ``n_...`` counts, ``is_...`` marks; each is described
    where it is made, in this file and in :mod:`rightplace.returns.checks.below`.
    """
    linked = below.link(base)
    people = _person(linked)
    about = people.select(pl.col("row").alias("person_row"), *_PERSON)
    with_person = {
        name: attach(frame, about, "person_row") for name, frame in linked.items() if name not in ("sen2", "person")
    }
    tables = {"sen2": linked["sen2"], "person": people, **with_person}
    tables["requests"] = _requests(tables)
    tables["assessment"] = _assessment(tables)
    tables["namedplan"] = _named_plan(tables)
    tables["activeplans"] = _active_plans(tables)
    tables["plandetail"] = with_settings(_plan_detail(tables), settings)
    tables["placementdetail"] = with_settings(_placement(tables), settings)
    tables["senneed"] = _need(tables)
    tables["person"] = attach(people, below.person_totals(tables), "row", "person_row").with_columns(_zero_counts())
    return tables


def attach(frame: pl.DataFrame, about: pl.DataFrame, key: str, other: str | None = None) -> pl.DataFrame:
    """A frame with the columns of ``about`` beside each record that has the key; order kept."""
    return frame.join(about, left_on=key, right_on=other or key, how="left", maintain_order="left")


def _zero_counts() -> pl.Expr:
    return pl.col("^n_.*$").fill_null(0)


def _person(tables: Tables) -> pl.DataFrame:
    """Adds ages and, for numbers and people met twice, ``is_..._repeated``."""
    birth = c("birth_date")
    names = [c(name).str.to_lowercase().str.replace_all(r"\s", "") for name in ("surname", "forename")]
    postcode = c("postcode").fill_null("").str.to_uppercase().str.replace_all(r"\s", "")
    august = c("edition") - 1 - birth.dt.year() - (birth.dt.month() >= 9).cast(pl.Int32)
    return tables["person"].with_columns(
        c("row").alias("person_row"),
        pl.when(c("edition") == 2023).then(c("gender_current")).otherwise(c("sex")).alias("sex_item"),
        august.alias("age_31_august"),
        age_on(birth, c("census_day")).alias("age_census"),
        (august - 4).alias("year_group"),
        school_age_starts(birth).alias("school_age_start"),
        school_age_ends(birth).alias("school_age_end"),
        *((c(name).is_not_null() & c(name).is_duplicated()).alias(f"is_{name}_repeated") for name in ("upn", "uln")),
        (
            given("surname", "forename")
            & birth.is_not_null()
            & pl.struct(*names, "birth_date", postcode.alias("postcode")).is_duplicated()
        ).alias("is_person_repeated"),
    )


def _requests(tables: Tables) -> pl.DataFrame:
    """Adds counts of what stands below, the first assessment's outcome, and whether the request is open."""
    frame = attach(tables["requests"], below.of_request(tables), "row", "requests_row").with_columns(_zero_counts())
    outcome = c("request_outcome")
    under_way = outcome.is_in(["Y", "H"]) & (c("assessment_outcome") == "A")
    is_open = (missing("exported") & ((outcome == "A") | under_way)).fill_null(value=False)
    return frame.with_columns(is_open.alias("is_open")).with_columns(
        pl.col("is_open").sum().over("person_row").alias("n_open_of_person")
    )


def _assessment(tables: Tables) -> pl.DataFrame:
    """Adds the request's items, the counts of the request, and its ``transfer_la``."""
    about = tables["requests"].select(
        pl.col("row").alias("requests_row"),
        *("request_outcome", "request_outcome_date", "received_date", "received_date_raw", "request_outcome_date_raw"),
        "n_actives",
        "transfer_la",
    )
    plans = tables["namedplan"].group_by("assessment_row").agg(pl.len().alias("n_plans"))
    frame = attach(tables["assessment"], about, "requests_row")
    return attach(frame, plans, "row", "assessment_row").with_columns(_zero_counts())


def _named_plan(tables: Tables) -> pl.DataFrame:
    """Adds the assessment's outcome, the settings counted, whether the plan is active, and how many are."""
    about = tables["assessment"].select(
        pl.col("row").alias("assessment_row"),
        *("assessment_outcome", "assessment_outcome_date", "assessment_outcome_date_raw", "n_actives", "transfer_la"),
    )
    frame = attach(tables["namedplan"], about, "assessment_row")
    frame = attach(frame, below.ranks(tables["plandetail"], "namedplan_row", "placement_rank"), "row", "namedplan_row")
    return frame.with_columns(_zero_counts(), below.plan_is_active().alias("is_active")).with_columns(
        pl.col("is_active").sum().over("person_row").alias("n_active_of_person")
    )


def _plan_detail(tables: Tables) -> pl.DataFrame:
    about = tables["namedplan"].select(
        pl.col("row").alias("namedplan_row"), "start_date", "cease_date", "start_date_raw", "cease_date_raw"
    )
    return attach(tables["plandetail"], about, "namedplan_row").with_columns(below.n_identifiers())


def _active_plans(tables: Tables) -> pl.DataFrame:
    """Adds the request's and assessment's outcomes, the plan of the record, and its placements and needs counted."""
    request = tables["requests"].select(
        pl.col("row").alias("requests_row"), "request_outcome", "assessment_outcome", "n_plans"
    )
    frame = attach(tables["activeplans"], request, "requests_row")
    frame = attach(frame, below.plan_of_request(tables), "requests_row")
    frame = attach(frame, below.placements(tables["placementdetail"]), "row", "activeplans_row")
    frame = attach(frame, below.ranks(tables["senneed"], "activeplans_row", "sen_type_rank"), "row", "activeplans_row")
    return frame.with_columns(_zero_counts())


def _placement(tables: Tables) -> pl.DataFrame:
    """Adds the plan's end, the record's review outcome and counts, ``last_day``, and overlaps."""
    about = tables["activeplans"].select(
        pl.col("row").alias("activeplans_row"),
        *("review_outcome", "cease_date", "cease_date_raw", "n_first_current", "n_current_unknown"),
    )
    unreadable = c("leaving_date").is_null() & given("leaving_date")
    last_day = pl.when(~unreadable).then(pl.min_horizontal("leaving_date", "census_day"))
    frame = attach(tables["placementdetail"], about, "activeplans_row").with_columns(
        below.n_identifiers(),
        below.placement_is_current().alias("is_current"),
        last_day.alias("last_day"),
    )
    return frame.join(below.overlapping(frame), on="row", how="left", maintain_order="left")


def _need(tables: Tables) -> pl.DataFrame:
    """Adds whether an earlier need of the record has the same type."""
    first = pl.struct("activeplans_row", "sen_type").is_first_distinct()
    return tables["senneed"].with_columns((c("sen_type").is_not_null() & ~first).alias("is_need_repeated"))


def with_settings(frame: pl.DataFrame, settings: pl.DataFrame | None) -> pl.DataFrame:
    """Adds ``setting_kind``, ``gias_type``, ``close_date``, places and pupils, and ``is_listed``, matched by URN."""
    if settings is None:
        return frame
    listed = settings.filter(pl.col("urn").is_not_null()).unique("urn", keep="first", maintain_order=True)
    about = listed.select(
        "urn",
        "setting_kind",
        "gias_type",
        pl.col("close_date").alias("setting_closed"),
        pl.sum_horizontal("unit_capacity", "unit_roll").alias("unit_size"),
        pl.sum_horizontal("resourced_capacity", "resourced_roll").alias("resourced_size"),
        pl.lit(value=True).alias("is_listed"),
    )
    return attach(frame, about, "urn").with_columns(pl.col("is_listed").fill_null(value=False))
