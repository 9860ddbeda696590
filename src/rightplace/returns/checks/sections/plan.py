"""Rules on the plan and its dates, and on why it ceased."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import polars as pl

from rightplace.calendar.academic import age_expr
from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ERROR, QUERY, WHOLE, Rule, documented, inferred
from rightplace.returns.checks.shares import limit, share_over
from rightplace.returns.checks.sources import (
    AGE_LIMIT,
    COLLECT,
    GUIDE,
    MEANING,
    OPEN_READER,
    PERSONAL_BUDGET,
    PLANS_BEGAN,
)
from rightplace.returns.checks.terms import age_on, c, given, is_one_of, missing, not_one_of
from rightplace.vocabulary.codes import CeaseReason, DirectPayment, Residential, WorkBased

_rule = partial(Rule, table="namedplan")

FIRST_PLAN_DAY: Final = date(2014, 9, 1)
"""Day from which there are EHC plans."""

_reason = partial(is_one_of, "cease_reason")
_AGE_CEASED: Final = age_on(c("birth_date"), c("cease_date"))
_AGE_AT_YEAR_END: Final = age_expr(c("birth_date"), c("cease_date")) + 1


def _other_reasons(frames: Frames) -> pl.DataFrame:
    reasons = frames["namedplan"]["cease_reason"].drop_nulls()
    other = int((reasons == CeaseReason.OTHER.value).sum())
    share = limit("other_reason_share", frames.census_day)
    return share_over(part=other, whole=reasons.len(), at_least=20, share=share)


RULES: Final = (
    _rule(
        id="N01",
        severity=ERROR,
        title="Start date is there and possible",
        message="StartDate is {StartDate}; it must be there, not before the date of birth ({birth_date}) and not after census day ({census_day}).",
        action="Correct or fill in the date the plan started.",
        fields=("StartDate", "PersonBirthDate"),
        basis=inferred(GUIDE),
        when=missing("start_date") | (c("start_date") > c("census_day")) | (c("start_date") < c("birth_date")),
    ),
    _rule(
        id="N02",
        severity=ERROR,
        title="Start date is not before plans began",
        message="StartDate is {StartDate}; there were no EHC plans before 1 September 2014.",
        action="Write the date of the EHC plan, not of a statement before it.",
        fields=("StartDate",),
        basis=inferred(PLANS_BEGAN),
        when=c("start_date") < FIRST_PLAN_DAY,
    ),
    _rule(
        id="N03",
        severity=QUERY,
        title="Start date is the date of issue",
        message="The plan starts on {StartDate} and was issued on {assessment_outcome_date}.",
        action="Check the two dates: for a new plan they are the same.",
        fields=("StartDate", "AssessmentOutcomeDate"),
        basis=inferred(MEANING),
        when=(c("assessment_outcome") == "Y") & (c("start_date") != c("assessment_outcome_date")),
    ),
    _rule(
        id="N04",
        severity=QUERY,
        title="Historical plan started in an earlier year",
        message="The assessment ended before the period, the plan was not transferred in, and it starts on {StartDate}.",
        action="Check the date and the assessment outcome. A plan that was amended keeps its first date.",
        fields=("StartDate", "AssessmentOutcome", "TransferLA"),
        basis=inferred(MEANING),
        when=(c("assessment_outcome") == "H") & c("transfer_la").is_null() & (c("start_date") >= c("period_start")),
        note="Whether DfE wants the first or the latest date of an amended plan is unverified.",
    ),
    _rule(
        id="N05",
        severity=ERROR,
        title="One or two settings are named",
        message="Settings named: {n_ranked}, of which {n_rank_one} of rank 1; there must be one of rank 1 and at most one other.",
        action="Give one PlanDetail rank 1 and, if there is a second, rank 2.",
        fields=("PlanDetail", "PlacementRank"),
        basis=documented(GUIDE),
        when=~c("n_ranked").is_between(1, 2)
        | ((c("n_rank_one") != 1) & (c("n_rank_one") + c("n_rank_two") == c("n_ranked"))),
        counts=("plandetail",),
        note="The count is documented; the ranks are inferred. Ranks other than 1 and 2 are left to N11.",
    ),
    _rule(
        id="N17",
        severity=ERROR,
        title="Residential and work-based items are codes",
        message="PlanRes ({PlanRes}) must be A or B and PlanWBP ({PlanWBP}) A, T or S, where they are given.",
        action="Correct the code, or leave the item out.",
        fields=("PlanRes", "PlanWBP"),
        basis=documented(GUIDE),
        when=not_one_of("plan_res", Residential) | not_one_of("plan_wbp", WorkBased),
    ),
    _rule(
        id="N18",
        severity=QUERY,
        title="Work-based learning is from 16",
        message="PlanWBP is {PlanWBP}, and the person is {age_census} on census day.",
        action="Check the item and the date of birth.",
        fields=("PlanWBP", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=given("plan_wbp") & (c("age_census") < 16),
    ),
    _rule(
        id="N19",
        severity=ERROR,
        title="Personal budget is stated",
        message="PB ({PB}) must be 1 or 0, OA ({OA}) must be there when PB is 1, and DP ({DP}) must be E, S, H or I where given.",
        action="Fill in or correct the items on the personal budget.",
        fields=("PB", "OA", "DP"),
        basis=documented(GUIDE),
        when=missing("pb") | (c("pb") & missing("oa")) | not_one_of("dp", DirectPayment),
        note="That OA goes with PB 1 is inferred.",
    ),
    _rule(
        id="N20",
        severity=ERROR,
        title="Personal budget items agree",
        message="PB is {PB}, OA is {OA} and DP is {DP}, which do not agree.",
        action="With PB 0 leave out DP and write OA 0; with PB 1 there is an organised arrangement, a direct payment or both.",
        fields=("PB", "OA", "DP"),
        basis=inferred(PERSONAL_BUDGET),
        when=(~c("pb") & (c("oa") | given("dp"))) | (c("pb") & ~c("oa") & missing("dp")),
    ),
    _rule(
        id="N21",
        severity=ERROR,
        title="Cease date and reason go together",
        message="CeaseDate is {CeaseDate} and CeaseReason is {CeaseReason}; one needs the other.",
        action="Fill in the one that is missing, or take out both if the plan has not ceased.",
        fields=("CeaseDate", "CeaseReason"),
        basis=inferred(GUIDE),
        when=missing("cease_date") ^ missing("cease_reason"),
    ),
    _rule(
        id="N22",
        severity=ERROR,
        title="Cease reason is a code",
        message="CeaseReason is {CeaseReason}; it must be 1 to 9.",
        action="Correct the code.",
        fields=("CeaseReason",),
        basis=documented(GUIDE),
        when=not_one_of("cease_reason", CeaseReason),
    ),
    _rule(
        id="N23",
        severity=ERROR,
        title="Cease date is within the period",
        message="CeaseDate is {CeaseDate}; it must be from {period_start} to census day ({census_day}) and not before StartDate ({StartDate}).",
        action="Correct the date. A plan that ceased before the period is left out of the return.",
        fields=("CeaseDate", "StartDate"),
        basis=inferred(MEANING),
        when=(c("cease_date") < c("start_date"))
        | (c("cease_date") < c("period_start"))
        | (c("cease_date") > c("census_day")),
        note="Dates from 1 January to census day are accepted.",
    ),
    _rule(
        id="N24",
        severity=QUERY,
        title="Maximum age is reached",
        message="The reason is maximum age, and the person is {value} at the end of that academic year.",
        action="Check the reason and the date of birth.",
        fields=("CeaseReason", "CeaseDate", "PersonBirthDate"),
        basis=inferred(AGE_LIMIT),
        when=_reason("1") & (_AGE_AT_YEAR_END < 25) & (_AGE_CEASED != 19),
        value=_AGE_AT_YEAR_END.cast(pl.String),
        note="Someone aged 19 on CeaseDate may be entering the adult estate, which is the same reason from 2024.",
    ),
    _rule(
        id="N25",
        severity=QUERY,
        title="Reason fits a young person",
        message="The reason is {CeaseReason}, and the person was {value} when the plan ceased.",
        action="Check the reason and the date of birth: higher education, employment and not engaging are from 16.",
        fields=("CeaseReason", "CeaseDate", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=_reason("346") & (_AGE_CEASED < 16),
        value=_AGE_CEASED.cast(pl.String),
    ),
    _rule(
        id="N27",
        table=WHOLE,
        severity=QUERY,
        title="Few plans cease for other reasons",
        message="{value} of ceased plans have reason 9 (other).",
        action="Look for plans that fit one of the other reasons.",
        fields=("CeaseReason",),
        basis=documented(COLLECT),
        over=_other_reasons,
        note="COLLECT asks about a large share. Limit: sen2_other_reason_share, of 20 or more.",
    ),
    _rule(
        id="N28",
        severity=ERROR,
        title="No plan runs past the age limit",
        message="The person was {age_31_august} on 31 August before census day, and the plan has no CeaseDate.",
        action="Give the plan its CeaseDate and CeaseReason, or correct the date of birth.",
        fields=("StartDate", "CeaseDate", "PersonBirthDate"),
        basis=inferred(AGE_LIMIT),
        when=missing("cease_date") & (c("age_31_august") > 24),
        note="A plan may run to the end of the academic year of the 25th birthday.",
    ),
    _rule(
        id="N29",
        severity=ERROR,
        title="Active plan has ActivePlans",
        message="The plan is active on census day, and its request has no ActivePlans.",
        action="Add ActivePlans to the request, or the CeaseDate if the plan has ceased.",
        fields=("ActivePlans", "CeaseDate"),
        basis=documented(OPEN_READER),
        when=c("is_active") & (c("n_actives") == 0),
        counts=("activeplans",),
        note="A warning in the source; severity inferred.",
    ),
    _rule(
        id="N31",
        severity=ERROR,
        title="One active plan for a person",
        message="The person has {n_active_of_person} plans that are active on census day.",
        action="Keep the plan that is in force, and give the others their CeaseDate or take them out.",
        fields=("StartDate", "CeaseDate"),
        basis=documented(OPEN_READER),
        when=c("is_active") & (c("n_active_of_person") >= 2),
        note="Severity inferred.",
    ),
)
