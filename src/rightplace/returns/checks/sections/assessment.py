"""Rules on EHC needs assessments."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ERROR, QUERY, WHOLE, Rule, documented, inferred
from rightplace.returns.checks.shares import share_over
from rightplace.returns.checks.sources import GUIDE, MEANING, STATISTICS, TIME_LIMITS
from rightplace.returns.checks.terms import c, day, days_between, given, is_one_of, missing, missing_or_not_one_of
from rightplace.vocabulary.codes import AssessmentOutcome

_rule = partial(Rule, table="assessment")

SIXTEEN_WEEKS: Final = 112
"""Days from request in which a family is told there will be no plan."""

TWENTY_WEEKS: Final = 140
"""Days from request in which a plan is issued."""

FIFTY_TWO_WEEKS: Final = 364

_outcome = partial(is_one_of, "assessment_outcome")
_DECIDED: Final = _outcome("YN")
_WAITED: Final = days_between("received_date", "assessment_outcome_date")
_DISPUTE_ITEMS: Final = ("assessment_mediation", "assessment_tribunal", "other_mediation", "other_tribunal")


def _all_exceptions(frames: Frames) -> pl.DataFrame:
    issued = frames["assessment"].filter(_outcome("Y") & c("assessment_outcome_date").is_not_null())
    return share_over(part=int(issued["week20"].sum()), whole=issued.height, at_least=10, share=0.999)


RULES: Final = (
    _rule(
        id="A01",
        severity=ERROR,
        title="Assessment outcome is a code",
        message="AssessmentOutcome is {AssessmentOutcome}; it must be Y, N, A, W or H.",
        action="Write the outcome: Y issue, N not issue, A awaiting a decision, W withdrawn, H before the period.",
        fields=("AssessmentOutcome",),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("assessment_outcome", AssessmentOutcome),
    ),
    _rule(
        id="A02",
        severity=ERROR,
        title="Date of outcome is there",
        message="The outcome is {AssessmentOutcome} and AssessmentOutcomeDate is missing.",
        action="Fill in the date the plan was issued, or the date the family was told there would be none.",
        fields=("AssessmentOutcomeDate", "AssessmentOutcome"),
        basis=documented(GUIDE),
        when=(_outcome("N") | (_outcome("Y") & (c("n_plans") > 0))) & missing("assessment_outcome_date"),
        note="With outcome Y the date may wait until the plan is issued.",
    ),
    _rule(
        id="A03",
        severity=ERROR,
        title="No date where there is no outcome",
        message="The outcome is {AssessmentOutcome} and AssessmentOutcomeDate is {AssessmentOutcomeDate}.",
        action="Take out the date, or correct the outcome.",
        fields=("AssessmentOutcomeDate", "AssessmentOutcome"),
        basis=inferred(GUIDE),
        when=_outcome("AWH") & given("assessment_outcome_date"),
    ),
    _rule(
        id="A04",
        severity=ERROR,
        title="Outcome is after the decision to assess",
        message="The outcome ({AssessmentOutcomeDate}) is before the decision to assess ({RequestOutcomeDate}) or after census day ({census_day}).",
        action="Correct the date that is wrong.",
        fields=("RequestOutcomeDate", "AssessmentOutcomeDate"),
        basis=inferred(MEANING),
        when=(c("assessment_outcome_date") < c("request_outcome_date"))
        | (c("assessment_outcome_date") > c("census_day")),
    ),
    _rule(
        id="A05",
        severity=ERROR,
        title="Mediation and tribunal are stated",
        message="The outcome is {AssessmentOutcome}, and not all four mediation and tribunal items are there.",
        action="Write 1 or 0 for each.",
        fields=("AssessmentMediation", "AssessmentTribunal", "OtherMediation", "OtherTribunal"),
        basis=inferred(GUIDE),
        when=_DECIDED & missing(*_DISPUTE_ITEMS),
    ),
    _rule(
        id="A06",
        severity=ERROR,
        title="Exceptions to 20 weeks are stated",
        message="The outcome is Y and Week20 is missing.",
        action="Write 1 if an exception to the 20-week limit applied, else 0.",
        fields=("Week20", "AssessmentOutcome"),
        basis=inferred(GUIDE),
        when=_outcome("Y") & missing("week20"),
    ),
    _rule(
        id="A07",
        severity=ERROR,
        title="No plan follows an assessment without an outcome",
        message="The outcome is {AssessmentOutcome}, and a plan follows.",
        action="Correct the outcome, or take out the plan.",
        fields=("AssessmentOutcome",),
        basis=documented(GUIDE),
        when=_outcome("AW") & ((c("n_plans") > 0) | (c("n_actives") > 0)),
    ),
    _rule(
        id="A08",
        severity=ERROR,
        title="No plan follows a refusal",
        message="The authority decided not to issue a plan, nothing overturned it, and there is a NamedPlan.",
        action="Correct the outcome, take out the plan, or state the mediation or tribunal that overturned the decision.",
        fields=("AssessmentOutcome", "AssessmentMediation", "AssessmentTribunal"),
        basis=inferred(GUIDE),
        when=_outcome("N")
        & (c("n_plans") > 0)
        & ~(c("assessment_mediation") | c("assessment_tribunal")).fill_null(value=False),
    ),
    _rule(
        id="A09",
        severity=ERROR,
        title="Historical assessment has a plan",
        message="The outcome is H (decided before the period, or plan transferred in) and there is no NamedPlan.",
        action="Add the plan, or correct the outcome.",
        fields=("AssessmentOutcome",),
        basis=documented(GUIDE),
        when=_outcome("H") & (c("n_plans") == 0),
        counts=("namedplan",),
    ),
    _rule(
        id="A10",
        severity=QUERY,
        title="Issued plan is there",
        message="A plan was issued on {AssessmentOutcomeDate} and there is no NamedPlan.",
        action="Add the plan; leave the date out if the plan has not been issued yet.",
        fields=("AssessmentOutcome", "AssessmentOutcomeDate"),
        basis=inferred(GUIDE),
        when=_outcome("Y") & c("assessment_outcome_date").is_not_null() & (c("n_plans") == 0),
        counts=("namedplan",),
    ),
    _rule(
        id="A11",
        severity=ERROR,
        title="Transferred plan has a historical assessment",
        message="The plan was transferred in from {transfer_la}, and the assessment outcome is {AssessmentOutcome}.",
        action="Write H: the assessment was another authority's.",
        fields=("AssessmentOutcome", "TransferLA"),
        basis=documented(GUIDE),
        when=c("transfer_la").is_not_null() & (c("assessment_outcome") != "H"),
        note="L02 looks at the same from the ActivePlans.",
    ),
    _rule(
        id="A12",
        severity=QUERY,
        title="Historical request with a late outcome",
        message="The request was decided before the period, and its assessment ended as late as {AssessmentOutcomeDate}.",
        action="Check the request: it may have been decided within the period (Y).",
        fields=("RequestOutcome", "AssessmentOutcomeDate"),
        basis=inferred(TIME_LIMITS),
        when=(c("request_outcome") == "H") & _DECIDED & (c("assessment_outcome_date") >= day(c("edition") - 1, 7, 1)),
        note="Late is on or after 1 July, six months into the period.",
    ),
    _rule(
        id="A13",
        severity=QUERY,
        title="Plan within 20 weeks",
        message="The plan was issued {value} days after the request, more than 20 weeks, and no exception is stated.",
        action="Check the dates, and Week20 if an exception applied.",
        fields=("ReceivedDate", "AssessmentOutcomeDate", "Week20"),
        basis=inferred(TIME_LIMITS),
        when=_outcome("Y") & ~c("week20") & (_WAITED > TWENTY_WEEKS) & (_WAITED <= FIFTY_TWO_WEEKS),
        value=_WAITED.cast(pl.String),
        note="Above 52 weeks see A16.",
    ),
    _rule(
        id="A14",
        severity=QUERY,
        title="Refusal within 16 weeks",
        message="The family was told {value} days after the request that there would be no plan, more than 16 weeks.",
        action="Check the dates.",
        fields=("ReceivedDate", "AssessmentOutcomeDate"),
        basis=inferred(TIME_LIMITS),
        when=_outcome("N") & (_WAITED > SIXTEEN_WEEKS),
        value=_WAITED.cast(pl.String),
    ),
    _rule(
        id="A15",
        table=WHOLE,
        severity=QUERY,
        title="Not every plan is an exception",
        message="{value} of new plans state an exception to the 20-week limit.",
        action="Check how Week20 is filled: 1 is for a plan to which an exception applied.",
        fields=("Week20",),
        basis=inferred(STATISTICS),
        over=_all_exceptions,
        note="Looked at when ten or more plans were issued.",
    ),
    _rule(
        id="A16",
        severity=QUERY,
        title="Plan within a year",
        message="The plan was issued {value} days after the request, more than 52 weeks.",
        action="Check the dates.",
        fields=("ReceivedDate", "AssessmentOutcomeDate"),
        basis=inferred(STATISTICS),
        when=_outcome("Y") & (_WAITED > FIFTY_TWO_WEEKS),
        value=_WAITED.cast(pl.String),
        note="Whatever Week20 says.",
    ),
)
