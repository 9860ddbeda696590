"""Rules on requests for an EHC needs assessment."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ERROR, QUERY, WHOLE, Rule, documented, inferred, since
from rightplace.returns.checks.shares import limit, share_over
from rightplace.returns.checks.sources import COLLECT, GUIDE, MEANING, OPEN_READER, TIME_LIMITS
from rightplace.returns.checks.terms import (
    age_on,
    c,
    days_between,
    given,
    is_one_of,
    missing,
    missing_or_not_one_of,
    not_one_of,
)
from rightplace.returns.checks.upn_areas import OTHER_AUTHORITIES
from rightplace.vocabulary.codes import RequestOutcome, RequestSource

_rule = partial(Rule, table="requests")

SIX_WEEKS: Final = 42
"""Days in which the authority decides whether to assess."""

_outcome = partial(is_one_of, "request_outcome")
_LIVE: Final = _outcome("YNAW")
_DECIDED: Final = _outcome("YN")
_BELOW: Final = (c("n_assessments") > 0) | (c("n_actives") > 0)
_OVERTURNED: Final = (c("request_mediation") | c("request_tribunal")).fill_null(value=False)
_AGE: Final = age_on(c("birth_date"), c("received_date"))


def _other_sources(frames: Frames) -> pl.DataFrame:
    sources = frames["requests"]["request_source"].drop_nulls()
    other = int((sources == RequestSource.OTHER.value).sum())
    share = limit("other_source_share", frames.census_day)
    return share_over(part=other, whole=sources.len(), at_least=50, share=share)


RULES: Final = (
    _rule(
        id="R01",
        severity=ERROR,
        title="Request outcome is a code",
        message="RequestOutcome is {RequestOutcome}; it must be Y, N, A, W or H.",
        action="Write the outcome: Y assess, N not assess, A awaiting a decision, W withdrawn, H decided before the period.",
        fields=("RequestOutcome",),
        basis=inferred(GUIDE),
        when=missing_or_not_one_of("request_outcome", RequestOutcome),
        note="The codes are documented; that the item must be there is inferred.",
    ),
    _rule(
        id="R02",
        severity=ERROR,
        title="Date received is there",
        message="ReceivedDate is missing, and the outcome is {RequestOutcome}.",
        action="Fill in the date the request was received. Only requests with outcome H go without it.",
        fields=("ReceivedDate", "RequestOutcome"),
        basis=documented(GUIDE),
        when=_LIVE & missing("received_date"),
    ),
    _rule(
        id="R03",
        severity=ERROR,
        title="Youth accommodation is stated",
        message="RYA is missing, and the outcome is {RequestOutcome}.",
        action="Write 1 if the person was in relevant youth accommodation when the request was made, else 0.",
        fields=("RYA", "RequestOutcome"),
        basis=documented(GUIDE),
        when=_LIVE & missing("rya"),
    ),
    _rule(
        id="R04",
        severity={2025: "advice", 2026: "error"},
        title="Source of request is a code",
        message="RequestSource is {RequestSource}; it must be 1 to 5.",
        action="Write who asked: 1 family, 2 school or setting, 3 health, 4 social care, 5 other.",
        fields=("RequestSource", "RequestOutcome"),
        basis=documented(GUIDE),
        when=(_LIVE & missing("request_source")) | not_one_of("request_source", RequestSource),
        note="Voluntary in 2025. That requests with outcome H go without it is inferred.",
    ),
    _rule(
        id="R05",
        severity=ERROR,
        title="Date of decision is there",
        message="The outcome is {RequestOutcome} and RequestOutcomeDate is missing.",
        action="Fill in the date the requester was told whether the authority would assess.",
        fields=("RequestOutcomeDate", "RequestOutcome"),
        basis=documented(GUIDE),
        when=_DECIDED & missing("request_outcome_date"),
    ),
    _rule(
        id="R06",
        severity=QUERY,
        title="No date of decision where none was made",
        message="The outcome is {RequestOutcome} and RequestOutcomeDate is {RequestOutcomeDate}.",
        action="Take out the date, or correct the outcome.",
        fields=("RequestOutcomeDate", "RequestOutcome"),
        basis=inferred(GUIDE),
        when=_outcome("AWH") & given("request_outcome_date"),
        note="The guide says the date is not required; that it should be left out is inferred, so this is a query.",
    ),
    _rule(
        id="R07",
        severity=ERROR,
        title="Mediation and tribunal on the decision are stated",
        message="The outcome is {RequestOutcome}; RequestMediation is {RequestMediation} and RequestTribunal {RequestTribunal}.",
        action="Write 1 or 0 for each.",
        fields=("RequestMediation", "RequestTribunal"),
        basis=inferred(GUIDE),
        when=_DECIDED & missing("request_mediation", "request_tribunal"),
    ),
    _rule(
        id="R08",
        severity=ERROR,
        title="Decision is not before the request",
        message="The decision ({RequestOutcomeDate}) is before the request ({ReceivedDate}).",
        action="Correct one of the two dates.",
        fields=("ReceivedDate", "RequestOutcomeDate"),
        basis=inferred(MEANING),
        when=c("request_outcome_date") < c("received_date"),
    ),
    _rule(
        id="R09",
        severity=ERROR,
        title="Request and decision are not after census day",
        message="ReceivedDate ({ReceivedDate}) or RequestOutcomeDate ({RequestOutcomeDate}) is after census day ({census_day}).",
        action="Correct the date, or leave the request for next year's return.",
        fields=("ReceivedDate", "RequestOutcomeDate"),
        basis=inferred(MEANING),
        when=(c("received_date") > c("census_day")) | (c("request_outcome_date") > c("census_day")),
    ),
    _rule(
        id="R10",
        severity=ERROR,
        title="Request is not before birth",
        message="The request ({ReceivedDate}) is before the date of birth ({birth_date}).",
        action="Correct one of the two dates.",
        fields=("ReceivedDate", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=c("received_date") < c("birth_date"),
    ),
    _rule(
        id="R11",
        severity=QUERY,
        title="Decision of an earlier year is historical",
        message="The outcome is {RequestOutcome} and the decision ({RequestOutcomeDate}) is before {period_start}.",
        action="If the date is right, the outcome is H, with no date of decision.",
        fields=("RequestOutcomeDate", "RequestOutcome"),
        basis=inferred(MEANING),
        when=_DECIDED & (c("request_outcome_date") < c("period_start")),
        note="Dates from 1 January to census day are accepted.",
    ),
    _rule(
        id="R12",
        severity=ERROR,
        title="Historical request is of an earlier year",
        message="The outcome is H (decided before the period) and the request was received on {ReceivedDate}.",
        action="Write the outcome as it happened: Y, N, A or W.",
        fields=("ReceivedDate", "RequestOutcome"),
        basis=inferred(MEANING),
        when=_outcome("H") & (c("received_date") >= c("period_start")),
    ),
    _rule(
        id="R13",
        severity=QUERY,
        title="Decision is not overdue",
        message="The request of {ReceivedDate} had waited more than six weeks for a decision on {period_end}.",
        action="Check that the decision has not been left out.",
        fields=("ReceivedDate", "RequestOutcome"),
        basis=inferred(TIME_LIMITS),
        when=_outcome("A") & (days_between("received_date", "period_end") > SIX_WEEKS),
    ),
    _rule(
        id="R14",
        severity=ERROR,
        title="Nothing follows a request that went no further",
        message="The outcome is {RequestOutcome}, and an assessment or an active plan follows.",
        action="Correct the outcome, or take out what follows. A refusal overturned has mediation or tribunal 1.",
        fields=("RequestOutcome", "RequestMediation", "RequestTribunal"),
        basis=documented(GUIDE),
        when=_BELOW & (_outcome("AW") | (_outcome("N") & ~_OVERTURNED)),
        note="That a refusal overturned by mediation or tribunal may carry an assessment is inferred.",
    ),
    _rule(
        id="R15",
        severity=ERROR,
        title="Agreed request has an assessment",
        message="The outcome is {RequestOutcome} and there is no assessment.",
        action="Add the assessment, or correct the outcome.",
        fields=("RequestOutcome", "Exported"),
        basis=inferred(MEANING),
        when=_outcome("YH") & missing("exported") & (c("n_assessments") == 0),
        counts=("assessment",),
    ),
    _rule(
        id="R16",
        severity=ERROR,
        title="Exported is another authority",
        message="Exported is {Exported}, which is not another authority's code or XXX.",
        action="Write the code of the authority the child moved to, or XXX when it is not known or outside the country.",
        fields=("Exported",),
        basis=documented(GUIDE),
        when=not_one_of("exported", OTHER_AUTHORITIES) | (c("exported") == c("own_la")),
        note="That it may not be the returning authority is inferred. Codes of the past and of Wales are let through.",
    ),
    _rule(
        id="R17",
        severity=ERROR,
        title="Exported child has no plan here",
        message="The child moved to {Exported} before the assessment was complete, and a decision to issue or a plan follows.",
        action="Take out Exported, or what follows it.",
        fields=("Exported", "AssessmentOutcome"),
        basis=documented(GUIDE),
        when=given("exported")
        & ((c("assessment_outcome") == "Y").fill_null(value=False) | (c("n_plans") > 0) | (c("n_actives") > 0)),
    ),
    _rule(
        id="R18",
        severity=QUERY,
        title="Youth accommodation fits the age",
        message="RYA is 1, and the person was {value} when the request was received.",
        action="Check RYA and the date of birth: relevant youth accommodation is for ages 10 to 18.",
        fields=("RYA", "PersonBirthDate", "ReceivedDate"),
        basis=inferred("Children and Families Act 2014, section 70"),
        when=c("rya") & ((_AGE < 10) | (_AGE > 18)),
        value=_AGE.cast(pl.String),
    ),
    _rule(
        id="R19",
        severity=QUERY,
        title="Tribunal on an agreed request",
        message="The authority agreed to assess, there was an appeal, and there was no mediation.",
        action="Check the three items: an appeal about the decision follows a refusal.",
        fields=("RequestOutcome", "RequestMediation", "RequestTribunal"),
        basis=inferred(MEANING),
        when=_outcome("Y") & c("request_tribunal") & ~c("request_mediation"),
    ),
    _rule(
        id="R20",
        severity=QUERY,
        title="One open request for a person",
        message="The person has {n_open_of_person} requests that are still open.",
        action="Check that they are not one request entered twice, and that earlier ones were closed.",
        fields=("RequestOutcome",),
        basis=inferred(OPEN_READER),
        when=c("is_open") & (c("n_open_of_person") >= 2),
        counts=("assessment",),
    ),
    _rule(
        id="R21",
        table=WHOLE,
        severity=since(2025, "query"),
        title="Few requests from other sources",
        message="{value} of requests have source 5 (other).",
        action="Look for requests that came from a family, setting, health or social care.",
        fields=("RequestSource",),
        basis=documented(COLLECT),
        over=_other_sources,
        note="COLLECT asks about a large share. Limit: sen2_other_source_share, of 50 or more.",
    ),
    _rule(
        id="R22",
        severity=ERROR,
        title="One assessment and one active plan for a request",
        message="Assessments: {n_assessments}; ActivePlans: {n_actives}. A request may have one of each.",
        action="Move what belongs to another request to that request.",
        fields=("Assessment", "ActivePlans"),
        basis=documented(GUIDE),
        when=(c("n_assessments") > 1) | (c("n_actives") > 1),
    ),
)
