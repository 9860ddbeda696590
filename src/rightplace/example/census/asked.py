"""Requests, assessments and plans as one January's return shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from rightplace.calendar.census import census_day
from rightplace.example.life.asking import ASSESS, EXPORT, HISTORICAL, ISSUE, NOT_ISSUE, REFUSE, STOP, WITHDRAW
from rightplace.example.life.record import Life

c = pl.col
_SETTLED = timedelta(days=28)
"""How long before a plan is issued the decision to issue it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days a return looks at: from 1 January of the year before to census day."""

    year: int

    @property
    def first(self) -> date:
        """The first day of the collection period."""
        return date(self.year - 1, 1, 1)

    @property
    def census(self) -> date:
        """Census day."""
        return census_day(self.year)

    def seen(self, day: pl.Expr) -> pl.Expr:
        """Whether a day had come by census day. False for a day that never comes."""
        return day.is_not_null() & (day <= self.census)

    def within(self, day: pl.Expr) -> pl.Expr:
        """Whether a day had come by census day and not before the collection period."""
        return self.seen(day) & (day >= self.first)

    def shown(self, day: str) -> pl.Expr:
        """A date once it has come."""
        return pl.when(self.seen(c(day))).then(c(day))


def asked(life: Life, window: Window) -> pl.DataFrame:
    """Every request in the return, in the order of people, with its outcomes and its plan.

    Beside the items of the requests and assessment tables: ``has_assessment`` and ``has_plan``.
    """
    plans = life.plans.select("plan", "start_date", "arrived", "arrived_from", "cease_date", "cease_reason")
    rows = life.requests.join(plans, on="plan", how="left", maintain_order="left")
    began = window.seen(c("start_date")) & (c("arrived").is_null() | window.seen(c("arrived")))
    rows = rows.with_columns(began=began)
    rows = rows.filter(_belongs(window)).sort("person", "request")
    return (
        rows.with_columns(_request(window))
        .with_columns(_assessment(window))
        .with_columns(
            has_plan=c("began"),
            transfer_la=pl.when(window.within(c("arrived"))).then("arrived_from"),
        )
    )


def _belongs(window: Window) -> pl.Expr:
    """Plans not ceased before the period, requests under way on census day, and those that ended in the period."""
    in_force = c("cease_date").is_null() | (c("cease_date") >= window.first)
    last = (
        pl.when(c("outcome").is_in([REFUSE, WITHDRAW]) & c("reversed").is_null())
        .then("decided")
        .when(c("reversed").is_not_null() & ~window.seen(c("reversed")))
        .then("decided")
        .when(c("result").is_in([NOT_ISSUE, STOP]) | (c("outcome") == EXPORT))
        .then("ended")
    )
    open_or_recent = last.is_null() | (last >= window.first)
    return (
        pl.when(c("began"))
        .then(in_force)
        .when(c("outcome") == HISTORICAL)
        .then(pl.lit(value=False))
        .otherwise((c("received") <= window.census) & open_or_recent)
    )


def _request(window: Window) -> list[pl.Expr]:
    awaited = ~window.seen(c("decided"))
    outcome = (
        pl.when(c("outcome") == HISTORICAL)
        .then(pl.lit("H"))
        .when(awaited)
        .then(pl.lit("A"))
        .when(c("outcome") == WITHDRAW)
        .then(pl.lit("W"))
        .when(c("decided") < window.first)
        .then(pl.lit("H"))
        .when(c("outcome") == REFUSE)
        .then(pl.lit("N"))
        .otherwise(pl.lit("Y"))
    )
    told = outcome.is_in(["Y", "N"])
    mentioned = outcome != "H"
    return [
        outcome.alias("request_outcome"),
        c("received").alias("received_date"),
        pl.when(mentioned).then("source").alias("request_source"),
        pl.when(mentioned).then(flag(c("custody"))).alias("rya"),
        pl.when(told).then("decided").alias("request_outcome_date"),
        pl.when(told).then(flag(window.seen(c("mediated")))).alias("request_mediation"),
        pl.when(told).then(flag(window.seen(c("appealed")))).alias("request_tribunal"),
        pl.when((c("outcome") == EXPORT) & window.seen(c("ended"))).then("moved_to").alias("exported"),
    ]


def _assessment(window: Window) -> list[pl.Expr]:
    going = (c("outcome").is_in([ASSESS, EXPORT])) & window.seen(c("decided")) & c("exported").is_null()
    present = (c("outcome") == HISTORICAL) | going | window.seen(c("reversed"))
    ended = window.seen(c("ended"))
    settled = (c("result") == ISSUE) & window.seen(c("ended") - _SETTLED)
    outcome = (
        pl.when(c("outcome") == HISTORICAL)
        .then(pl.lit("H"))
        .when(ended & (c("result") == NOT_ISSUE))
        .then(pl.lit("N"))
        .when(ended & (c("result") == STOP))
        .then(pl.lit("W"))
        .when(ended & (c("ended") < window.first))
        .then(pl.lit("H"))
        .when(settled)
        .then(pl.lit("Y"))
        .otherwise(pl.lit("A"))
    )
    told = outcome.is_in(["Y", "N"])
    return [
        present.alias("has_assessment"),
        outcome.alias("assessment_outcome"),
        pl.when(told & ended).then("ended").alias("assessment_outcome_date"),
        pl.when(told).then(flag(window.seen(c("result_mediated")))).alias("assessment_mediation"),
        pl.when(told).then(flag(window.seen(c("result_appealed")))).alias("assessment_tribunal"),
        pl.when(told).then(flag(window.seen(c("other_mediated")))).alias("other_mediation"),
        pl.when(told).then(flag(window.seen(c("other_appealed")))).alias("other_tribunal"),
        pl.when(outcome == "Y").then(flag(c("exception"))).alias("week20"),
    ]


def flag(value: pl.Expr) -> pl.Expr:
    """A yes or no as the return writes it."""
    return pl.when(value).then(pl.lit("1")).otherwise(pl.lit("0"))
