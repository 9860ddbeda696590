"""An area's record as it was known in an earlier January."""

from __future__ import annotations

from datetime import date

import polars as pl

from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.calendar.census import census_day
from rightplace.forecast.people.funnel import ASSESSED_WITHIN, DECIDED_WITHIN
from rightplace.vocabulary.codes import AssessmentOutcome, RequestOutcome

_ABOUT_PEOPLE = ("person_id", "birth_date", "sex")


def known_in(area: Area, january: int) -> Area:
    """The record with nothing later than a January's census day, in the tables that a forecast reads; the others are empty.

    Census rows to that January; requests received by its census day, decisions told by it, plans begun by it and
    ends of plans by it: what has a later date is as if it had not happened. Yearly counts of plans are those to the January and of
    what happens in a year those to the year before; population estimates those of mid-years before it. Projections of population are left out: which
    were published when is not known. Columns that a later return may have changed and no forecast reads are empty.

    A request or an assessment that is known to have been withdrawn, and not when, counts as withdrawn once the law's time
    for it was over (six weeks, twenty weeks), and as open before.
    """
    day = census_day(january)
    year = pl.col("year")
    stock = pl.col("measure") == "plans"
    census = area["census"].filter(pl.col("census_year") <= january)
    plans = _plans(area["plans"], census, day, january)
    requests = _requests(area["requests"], plans, day)
    about = pl.concat([frame.select("person_id") for frame in (census, plans, requests)]).unique()
    return build(
        la_code=area.la_code,
        name=area.name,
        tables={
            "census": census,
            "people": _only("people", area["people"].join(about, on="person_id", how="semi"), _ABOUT_PEOPLE),
            "requests": requests,
            "assessments": _assessments(area["assessments"], requests, plans, day),
            "plans": plans,
            "history": area["history"].filter((stock & (year <= january)) | (year < january)),
            "population": area["population"].filter((year < january) & ~pl.col("projected").fill_null(value=True)),
        },
    )


def _plans(plans: pl.DataFrame, census: pl.DataFrame, day: date, january: int) -> pl.DataFrame:
    """Plans of the authority begun by a day, without an end after it.

    A plan without a start date, or from another authority (whose first date is not when it came), was known if it is in a return.
    """
    returned = census.select("plan_id").drop_nulls().unique().with_columns(returned=pl.lit(value=True))
    last = census.filter(pl.col("census_year") == january).select("plan_id").drop_nulls().unique()
    rows = plans.join(returned, on="plan_id", how="left").join(
        last.with_columns(in_place=pl.lit(value=True)), on="plan_id", how="left"
    )
    dated = pl.col("start_date").is_not_null() & pl.col("transferred_from").is_null()
    ended = pl.col("cease_date") <= day
    known = pl.when(dated).then(pl.col("start_date") <= day).otherwise(ended.fill_null(value=False))
    rows = rows.filter(known | pl.col("returned").fill_null(value=False))
    # An end without a date is known only where the plan is no longer in the return.
    over = ended | (pl.col("cease_date").is_null() & pl.col("in_place").is_null())
    rows = rows.with_columns(
        cease_date=pl.when(ended).then("cease_date"), cease_reason=pl.when(over).then("cease_reason")
    )
    kept = ("plan_id", "person_id", "request_id", "start_date", "cease_date", "cease_reason", "transferred_from")
    return _only("plans", rows, kept)


def _requests(requests: pl.DataFrame, plans: pl.DataFrame, day: date) -> pl.DataFrame:
    """Requests received by a day, decided if the decision had been told; one with no date of receipt is known by its plan."""
    planned = requests.filter(pl.col("received_date").is_null()).join(plans, on="request_id", how="semi")
    rows = pl.concat([requests.filter(pl.col("received_date") <= day), planned]).sort("request_id")
    withdrawn = (pl.col("outcome") == RequestOutcome.WITHDRAWN) & pl.col("outcome_date").is_null()
    waits = (pl.col("outcome_date") > day) | (withdrawn & (pl.col("received_date") + DECIDED_WITHIN > day))
    gone = pl.col("received_date") + ASSESSED_WITHIN <= day
    rows = rows.with_columns(exported_to=pl.when(gone).then("exported_to"))
    kept = ("request_id", "person_id", "received_date", "source", "outcome", "outcome_date", "exported_to")
    return _awaited(_only("requests", rows, kept), waits, RequestOutcome.AWAITED)


def _assessments(assessments: pl.DataFrame, requests: pl.DataFrame, plans: pl.DataFrame, day: date) -> pl.DataFrame:
    """Assessments of requests that it had been decided to assess by a day, ended if that had been told.

    That a plan would be issued, with no date of it, was known if the plan had begun.
    """
    to_assess = [str(RequestOutcome.ASSESS), str(RequestOutcome.HISTORICAL)]
    asked = requests.select("request_id", "received_date", decided=pl.col("outcome").is_in(to_assess))
    begun = plans.select("request_id", begun=pl.lit(value=True)).drop_nulls("request_id").unique("request_id")
    rows = assessments.join(asked, on="request_id", how="inner").join(begun, on="request_id", how="left")
    rows = rows.filter(pl.col("decided") | (pl.col("outcome_date") <= day) | pl.col("begun"))
    undated = pl.col("outcome_date").is_null()
    withdrawn = (pl.col("outcome") == AssessmentOutcome.WITHDRAWN) & undated
    issued = (pl.col("outcome") == AssessmentOutcome.ISSUE) & undated & pl.col("begun").is_null()
    waits = (pl.col("outcome_date") > day) | (withdrawn & (pl.col("received_date") + ASSESSED_WITHIN > day)) | issued
    rows = _awaited(rows, waits, AssessmentOutcome.AWAITED).sort("request_id")
    return _only("assessments", rows, ("request_id", "person_id", "outcome", "outcome_date"))


def _awaited(rows: pl.DataFrame, waits: pl.Expr, outcome: RequestOutcome | AssessmentOutcome) -> pl.DataFrame:
    """Rows that ``waits`` are told of no decision yet."""
    still = waits.fill_null(value=False)
    return rows.with_columns(
        outcome=pl.when(still).then(pl.lit(str(outcome))).otherwise("outcome"),
        outcome_date=pl.when(~still).then("outcome_date"),
    )


def _only(table: str, rows: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Rows in the columns of a table; those not named are empty."""
    schema = BY_NAME[table].schema
    return rows.select(
        (pl.col(name) if name in columns else pl.lit(None, dtype).alias(name)) for name, dtype in schema.items()
    )
