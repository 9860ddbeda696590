"""Rules on the return as a whole, beside last year's and beside the country's figures."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks import yearly
from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ADVICE, QUERY, WHOLE, Rule, inferred, since
from rightplace.returns.checks.shares import failing, limit, share_over
from rightplace.returns.checks.sources import OWN
from rightplace.returns.checks.terms import c, is_one_of, year_before

_rule = partial(Rule, table=WHOLE, severity=ADVICE, basis=inferred(OWN))

COMMON_NEEDS: Final = ("ASD", "SLCN", "SEMH", "MLD", "SLD", "PD", "SPLD", "HI", "PMLD")
"""Primary needs of one plan in a hundred or more. Source: DfE, Education, health and care plans, January 2025."""

_ELSEWHERE: Final = ("OLA", "OPA", "EHE", "NEET", "NIEC", "NIEO")


def _active(frames: Frames) -> pl.DataFrame:
    return frames["activeplans"].filter(c("plan_is_active"))


def _no_placement(frames: Frames) -> pl.DataFrame:
    plans = _active(frames)
    without = plans.filter((c("n_current") == 0) & (c("n_current_unknown") == 0)).height
    share = limit("no_placement_share", frames.census_day)
    return share_over(part=without, whole=plans.height, at_least=50, share=share)


def _no_review(frames: Frames) -> pl.DataFrame:
    year_ago = year_before(c("census_day"))
    due = _active(frames).filter(c("start_date") < year_ago)
    recent = int((due.select(c("review_meeting") >= year_ago).to_series()).sum())
    share = limit("no_review_share", frames.census_day)
    return share_over(part=due.height - recent, whole=due.height, at_least=50, share=share)


def _elsewhere(frames: Frames) -> pl.DataFrame:
    current = frames["placementdetail"].filter(c("is_current") & (c("placement_rank") == 1))
    part = current.filter(is_one_of("sen_setting", _ELSEWHERE)).height
    share = limit("out_of_school_share", frames.census_day)
    return share_over(part=part, whole=current.height, at_least=50, share=share)


def _rate(frames: Frames) -> pl.DataFrame:
    people = frames.population
    if people is None:
        return failing()
    latest = people.filter((c("year") < frames.edition) & c("age").is_between(0, 25))
    latest = latest.filter(c("year") == c("year").max())
    residents = float(latest["people"].sum())
    plans = yearly.active_plans(frames)
    rate = 1000 * plans / residents if residents else 0.0
    low, high = (limit(f"plans_per_1000_{end}", frames.census_day) for end in ("least", "most"))
    return failing() if low <= rate <= high or not residents else failing(f"{rate:.1f}")


def _never_used(frames: Frames) -> pl.DataFrame:
    needs = frames["senneed"].filter(c("sen_type_rank") == 1)["sen_type"]
    outcomes = frames["requests"]["request_outcome"].drop_nulls()
    absent_needs = [code for code in COMMON_NEEDS if code not in set(needs.to_list())]
    absent_outcomes = [code for code in "YNA" if code not in set(outcomes.to_list())]
    many_plans = _active(frames).height >= 500
    many_requests = int((outcomes != "H").sum()) >= 200
    return failing(
        *(f"primary need {code}" for code in absent_needs if many_plans),
        *(f"request outcome {code}" for code in absent_outcomes if many_requests),
    )


def _no_number(frames: Frames) -> pl.DataFrame:
    people = frames["person"]
    share = limit("upn_unknown_share", frames.census_day)
    return share_over(part=people["upn_unknown"].count(), whole=people.height, at_least=50, share=share)


def _ethnicity_not_obtained(frames: Frames) -> pl.DataFrame:
    people = frames["person"]
    share = limit("ethnicity_not_obtained_share", frames.census_day)
    unknown = int((people["ethnicity"] == "NOBT").sum())
    return share_over(part=unknown, whole=people.height, at_least=50, share=share)


RULES: Final = (
    _rule(
        id="Y01",
        title="As many plans as last year",
        message="Active plans: {value}.",
        action="Check that the extract is complete, and that plans that ended were ceased.",
        fields=("StartDate", "CeaseDate"),
        over=lambda frames: yearly.compare(frames, yearly.active_plans, limit_name="stock_change_share"),
        needs="previous",
        note="Limit: sen2_stock_change_share, up or down, with 30 or more in either year.",
    ),
    _rule(
        id="Y02",
        title="As many new plans as last year",
        message="Plans that started in the period: {value}.",
        action="Check that new plans are complete and their start dates right.",
        fields=("StartDate",),
        over=lambda frames: yearly.compare(frames, yearly.new_plans, limit_name="flow_change_share"),
        needs="previous",
        note="Limit: sen2_flow_change_share, up or down, with 30 or more in either year.",
    ),
    _rule(
        id="Y03",
        title="As many ceased plans as last year",
        message="Plans that ceased: {value}.",
        action="Check that plans that ended in the period are in the return with their CeaseDate.",
        fields=("CeaseDate",),
        over=lambda frames: yearly.compare(frames, yearly.ceased_plans, limit_name="flow_change_share"),
        needs="previous",
        note="Limit: sen2_flow_change_share, up or down, with 30 or more in either year.",
    ),
    _rule(
        id="Y04",
        title="Few plans without a placement",
        message="{value} of active plans have no current placement.",
        action="Check that placements were extracted with their dates.",
        fields=("PlacementDetail",),
        over=_no_placement,
        counts=("placementdetail",),
        note="Limit: sen2_no_placement_share, of 50 or more. England in 2025: 3 % not recorded.",
    ),
    _rule(
        id="Y05",
        severity=since(2025, "advice"),
        title="Most plans were reviewed in the year",
        message="{value} of active plans over a year old had no review meeting in the 12 months before census day.",
        action="Check that reviews were extracted.",
        fields=("ReviewMeeting",),
        over=_no_review,
        note="Limit: sen2_no_review_share, of 50 or more. England in 2024: 13.5 % of plans due a review had no meeting.",
    ),
    _rule(
        id="Y06",
        title="Few people out of school and college",
        message="{value} of current primary placements are OLA, OPA, EHE, NEET, NIEC or NIEO.",
        action="Check that placements with a URN or UKPRN were extracted with it.",
        fields=("SENSetting",),
        over=_elsewhere,
        note="Limit: sen2_out_of_school_share, of 50 or more. England in 2025: 7.8 %, with nine in ten authorities under 11 %.",
    ),
    _rule(
        id="Y07",
        title="Plans per head are like other areas'",
        message="There are {value} active plans for each 1,000 residents aged 0 to 25.",
        action="Check that the extract is complete and holds no plan twice.",
        fields=("StartDate",),
        over=_rate,
        needs="population",
        note="Limits: sen2_plans_per_1000_least and _most, with the latest population before the census. Eight in ten "
        "authorities were between 29 and 45 in 2025.",
    ),
    _rule(
        id="Y08",
        title="Common codes occur",
        message="Nobody has {value}.",
        action="Check how the code is mapped in the system the return came from.",
        fields=("SENtype", "RequestOutcome"),
        over=_never_used,
        counts=("senneed", "requests"),
        note="Primary needs with 500 or more active plans; request outcomes Y, N and A with 200 or more that are not H.",
    ),
    _rule(
        id="Y09",
        title="Few people without a number",
        message="{value} of people have UPNunknown.",
        action="Look for UPNs in the school census and ULNs in the Learning Records Service.",
        fields=("UPNunknown",),
        over=_no_number,
        note="Limit: sen2_upn_unknown_share, of 50 or more people.",
    ),
    _rule(
        id="Y10",
        title="Ethnicity is known for most",
        message="{value} of people have ethnicity NOBT (not yet obtained).",
        action="Look for ethnicity in the school census.",
        fields=("Ethnicity",),
        over=_ethnicity_not_obtained,
        note="Limit: sen2_ethnicity_not_obtained_share, of 50 or more people.",
    ),
    _rule(
        id="Y11",
        severity=QUERY,
        title="A plan does not vanish",
        message="Had an active plan in last year's return, and is not in this one with an active or a ceased plan ({value}).",
        action="Add the plan: as ceased, if it ended.",
        fields=("UPN", "UniqueLearnerNumber", "CeaseDate"),
        over=yearly.vanished,
        needs="previous",
        note="People are matched by UPN, else ULN; those without either cannot be followed.",
    ),
    _rule(
        id="Y12",
        severity=QUERY,
        title="A date of birth does not change",
        message="The date of birth is {value}.",
        action="Check the date of birth, and whether the UPN or ULN is this person's.",
        fields=("PersonBirthDate",),
        over=yearly.born_again,
        needs="previous",
        note="People are matched by UPN, else ULN.",
    ),
)
