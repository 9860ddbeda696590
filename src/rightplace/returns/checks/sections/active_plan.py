"""Rules on active plans: where they came from, their reviews and their phase transfers."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.rule import ERROR, QUERY, Rule, documented, inferred, only, since
from rightplace.returns.checks.sources import (
    ANNUAL_REVIEW,
    GUIDE,
    MEANING,
    ONE_REVIEW,
    OPEN_READER,
    PHASE_TRANSFER,
    STATISTICS,
)
from rightplace.returns.checks.terms import c, day, days_between, given, is_one_of, missing, not_one_of, year_before
from rightplace.returns.checks.upn_areas import OTHER_AUTHORITIES
from rightplace.vocabulary.codes import Residential, ReviewOutcome, WorkBased

_rule = partial(Rule, table="activeplans")

FOUR_WEEKS: Final = 28
"""Days from a review meeting in which the family is told the decision."""

_review = partial(is_one_of, "review_outcome")
_PLAN_YEAR: Final = c("edition") - 1
_YEAR_AGO: Final = year_before(c("census_day"))
_DUE: Final = pl.when(c("year_group") == 12).then(day(_PLAN_YEAR, 3, 31)).otherwise(day(_PLAN_YEAR, 2, 15))
_CHANGED_PHASE: Final = c("year_group").is_in([0, 7, 12]) & (c("n_moved_autumn") > 0) & (c("start_date") < _DUE)
_TRANSFER_DAY: Final = (
    (c("phase_transfer_due_date").dt.month() == 2) & (c("phase_transfer_due_date").dt.day() == 15)
) | ((c("phase_transfer_due_date").dt.month() == 3) & (c("phase_transfer_due_date").dt.day() == 31))
_IN_2023: Final = c("edition") == 2023


def _disagree(named: str, attended: str, count: str) -> pl.Expr:
    attends = pl.when(_IN_2023).then(given(attended)).otherwise(c(count) > 0)
    return given(named) ^ attends


RULES: Final = (
    _rule(
        id="L01",
        severity=ERROR,
        title="TransferLA is another authority",
        message="TransferLA is {TransferLA}, which is not another authority's code or XXX.",
        action="Write the code of the authority the plan came from, or XXX when it is not known.",
        fields=("TransferLA",),
        basis=documented(GUIDE),
        when=not_one_of("transfer_la", OTHER_AUTHORITIES) | (c("transfer_la") == c("own_la")),
        note="That it may not be the returning authority is inferred. Codes of the past and of Wales are let through.",
    ),
    _rule(
        id="L02",
        severity=ERROR,
        title="Transferred plan is historical",
        message="The plan came from {TransferLA}; the request outcome is {request_outcome} and the assessment outcome {assessment_outcome}.",
        action="Write H for both: they were another authority's.",
        fields=("TransferLA", "RequestOutcome", "AssessmentOutcome"),
        basis=documented(GUIDE),
        when=given("transfer_la") & ((c("request_outcome") != "H") | (c("assessment_outcome") != "H")),
        note="A11 looks at the same from the assessment.",
    ),
    _rule(
        id="L03",
        severity=ERROR,
        title="Active plan has a placement",
        message="There is no placement.",
        action="Add where the person goes; someone with nowhere to go yet has SENSetting NIEO.",
        fields=("PlacementDetail",),
        basis=documented(OPEN_READER),
        when=c("n_placements") == 0,
        counts=("placementdetail",),
    ),
    _rule(
        id="L17",
        severity=QUERY,
        title="Active plan has a current placement",
        message="The plan is active on census day, and no placement is current (placements: {n_placements}).",
        action="Add the current placement, or correct its dates.",
        fields=("PlacementDetail", "EntryDate", "LeavingDate"),
        basis=documented(OPEN_READER),
        when=c("plan_is_active") & (c("n_placements") > 0) & (c("n_current") == 0) & (c("n_current_unknown") == 0),
        counts=("placementdetail",),
    ),
    _rule(
        id="L21",
        severity=QUERY,
        title="Residential and work-based items agree with the plan",
        message="What the plan names (PlanRes {plan_res}, PlanWBP {plan_wbp}) is not what is attended.",
        action="Check PlanRes against Res, and PlanWBP against WBP.",
        fields=("PlanRes", "PlanWBP", "Res", "WBP"),
        basis=inferred(MEANING),
        when=(c("n_plans") > 0)
        & (c("n_placements") > 0)
        & (_disagree("plan_res", "res", "n_placement_res") | _disagree("plan_wbp", "wbp", "n_placement_wbp")),
        value=pl.format(
            "PlanRes {}, PlanWBP {}", c("plan_res").fill_null("missing"), c("plan_wbp").fill_null("missing")
        ),
        counts=("placementdetail",),
        note="Compared with all placements of the record; in 2023 with the items of ActivePlans.",
    ),
    _rule(
        id="L26",
        severity=since(2024, "error"),
        title="Review outcome is a code",
        message="ReviewOutcome is {ReviewOutcome}; it must be M, A or C.",
        action="Write M maintain, A amend or C cease, or leave it out until there is a decision.",
        fields=("ReviewOutcome",),
        basis=documented(GUIDE),
        when=not_one_of("review_outcome", ReviewOutcome),
    ),
    _rule(
        id="L27",
        severity=since(2025, "error"),
        title="Plan over a year old has been reviewed",
        message="The plan started on {start_date}, more than 12 months before census day, and ReviewMeeting is missing.",
        action="Fill in the date of the latest review meeting.",
        fields=("ReviewMeeting", "StartDate"),
        basis=inferred(ANNUAL_REVIEW),
        when=c("plan_is_active") & (c("start_date") < _YEAR_AGO) & missing("review_meeting") & missing("transfer_la"),
        note="The item is mandatory once there has been a review; that there should have been one is the law's. "
        "Plans transferred in within the period are spared. A meeting of any year will do.",
    ),
    _rule(
        id="L28",
        severity=since(2025, "error"),
        title="Review decision and its date go together",
        message="ReviewOutcome is {ReviewOutcome} and LastReview is {LastReview}; one needs the other.",
        action="Fill in the one that is missing, or leave out both until there is a decision.",
        fields=("LastReview", "ReviewOutcome"),
        basis=inferred(ONE_REVIEW),
        when=missing("last_review") ^ missing("review_outcome"),
    ),
    _rule(
        id="L29",
        severity=ERROR,
        title="Review dates are in order",
        message="ReviewMeeting ({ReviewMeeting}) comes first, LastReview ({LastReview}) next, and neither is after census day ({census_day}).",
        action="Correct the date that is wrong. While the latest meeting awaits a decision, leave LastReview out.",
        fields=("ReviewMeeting", "LastReview"),
        basis=inferred(ONE_REVIEW),
        when=(c("last_review") < c("review_meeting"))
        | (c("last_review") > c("census_day"))
        | (c("review_meeting") > c("census_day")),
    ),
    _rule(
        id="L30",
        severity=since(2024, "query"),
        title="Decision within four weeks of the review",
        message="The family was told {value} days after the review meeting, more than four weeks.",
        action="Check the two dates.",
        fields=("ReviewMeeting", "LastReview"),
        basis=inferred(f"{STATISTICS}; SEND Regulations 2014, regulations 20 and 21"),
        when=days_between("review_meeting", "last_review") > FOUR_WEEKS,
        value=days_between("review_meeting", "last_review").cast(pl.String),
    ),
    _rule(
        id="L31",
        severity=only(2026, "error"),
        title="Amended plan has a draft date",
        message="The decision was to amend the plan, and ReviewDraft is missing.",
        action="Fill in the date the draft amended plan was issued.",
        fields=("ReviewDraft", "ReviewOutcome"),
        basis=inferred(GUIDE),
        when=_review("A") & missing("review_draft"),
        note="The item became mandatory in 2026.",
    ),
    _rule(
        id="L32",
        severity=since(2025, "query"),
        title="Draft date fits the review",
        message="ReviewDraft is {ReviewDraft}, ReviewOutcome {ReviewOutcome} and ReviewMeeting {ReviewMeeting}.",
        action="A draft goes with outcome A, and follows the meeting.",
        fields=("ReviewDraft", "ReviewOutcome", "ReviewMeeting"),
        basis=inferred(ONE_REVIEW),
        when=(given("review_draft") & _review("MC")) | (c("review_draft") < c("review_meeting")),
    ),
    _rule(
        id="L33",
        severity=QUERY,
        title="Review decision is of the last year",
        message="LastReview is {LastReview}, more than 12 months before census day, and the plan is active.",
        action="Check whether there has been a review since.",
        fields=("LastReview",),
        basis=inferred(ANNUAL_REVIEW),
        when=c("plan_is_active") & (c("last_review") < _YEAR_AGO),
    ),
    _rule(
        id="L34",
        severity=only(2026, "error"),
        title="Phase transfer has a due date",
        message="The person changed phase in September (year group {year_group} by age), and PhaseTransferDueDate is missing.",
        action="Fill in 15 February, or 31 March for a move from school to a post-16 setting.",
        fields=("PhaseTransferDueDate", "PersonBirthDate"),
        basis=inferred(PHASE_TRANSFER),
        when=c("plan_is_active") & missing("transfer_la") & _CHANGED_PHASE & missing("phase_transfer_due_date"),
        counts=("placementdetail",),
        note="Which transfers the item is for is unverified: taken to be those due in the year before census. Fires for year "
        "groups 0, 7 and 12 on census day, with a rank 1 placement entered from 1 July to 31 December of that year and a plan "
        "older than the due date. Infant, junior and middle school transfers cannot be told.",
    ),
    _rule(
        id="L35",
        severity=since(2025, "error"),
        title="Due date is the law's",
        message="PhaseTransferDueDate is {PhaseTransferDueDate}; it must be a 15 February or a 31 March.",
        action="Write the date by which the law wants the amended plan, not the date it was made.",
        fields=("PhaseTransferDueDate",),
        basis=inferred(PHASE_TRANSFER),
        when=~_TRANSFER_DAY & (c("year_group") < 12),
        note="From year group 12 on any date is taken, for moves between post-16 settings.",
    ),
    _rule(
        id="L36",
        severity=since(2025, "query"),
        title="Phase transfer on time",
        message="The final plan ({PhaseTransferFinalDate}) was later than due ({PhaseTransferDueDate}).",
        action="Check the two dates.",
        fields=("PhaseTransferFinalDate", "PhaseTransferDueDate"),
        basis=inferred(PHASE_TRANSFER),
        when=c("phase_transfer_final_date") > c("phase_transfer_due_date"),
    ),
    _rule(
        id="L37",
        severity=since(2025, "error"),
        title="Final date has a due date",
        message="PhaseTransferFinalDate is {PhaseTransferFinalDate} and PhaseTransferDueDate is missing.",
        action="Fill in the due date, or take out the final date.",
        fields=("PhaseTransferFinalDate", "PhaseTransferDueDate"),
        basis=inferred(GUIDE),
        when=given("phase_transfer_final_date") & missing("phase_transfer_due_date"),
    ),
    _rule(
        id="L46",
        severity=only(2023, "error"),
        title="Residential and work-based items are codes, 2023",
        message="Res ({Res}) must be A or B and WBP ({WBP}) A, T or S, where they are given.",
        action="Correct the code, or leave the item out.",
        fields=("Res", "WBP"),
        basis=documented(GUIDE),
        when=not_one_of("res", Residential) | not_one_of("wbp", WorkBased),
        note="In 2023 these items stand under ActivePlans. From 2024 see L20.",
    ),
    _rule(
        id="N30",
        severity=ERROR,
        title="ActivePlans has a plan",
        message="There is an ActivePlans and its request has no NamedPlan.",
        action="Add the plan under the assessment of the same request, or take out ActivePlans.",
        fields=("ActivePlans", "NamedPlan"),
        basis=documented(OPEN_READER),
        when=c("n_plans") == 0,
        counts=("assessment", "namedplan"),
        note="A warning in the source; severity inferred.",
    ),
)
