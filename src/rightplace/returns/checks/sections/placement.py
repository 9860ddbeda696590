"""Rules on placements: where people are, and when."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ERROR, QUERY, WHOLE, Rule, documented, inferred, only, since
from rightplace.returns.checks.shares import failing, limit, share_over
from rightplace.returns.checks.sources import COLLECT, GUIDE, MEANING, OPEN_READER, SCHOOL_AGE
from rightplace.returns.checks.terms import (
    age_on,
    bad_rank,
    c,
    is_one_of,
    missing,
    missing_or_not_one_of,
    not_one_of,
)
from rightplace.vocabulary.codes import AttendancePattern, Residential, Sen2Setting, WorkBased
from rightplace.vocabulary.setting import SettingKind

_rule = partial(Rule, table="placementdetail")

_setting = partial(is_one_of, "sen_setting")
_AGE_LAST_DAY: Final = age_on(c("birth_date"), c("last_day"))
_AGE_ENTERED: Final = age_on(c("birth_date"), c("entry_date"))
_SCHOOL_AGE: Final = c("last_day").is_between(c("school_age_start"), c("school_age_end"))


def _other_settings(frames: Frames) -> pl.DataFrame:
    current = frames["placementdetail"].filter(c("is_current") & (c("placement_rank") == 1))
    part = int(current["sen_setting"].is_in(["OTH", "NIEO"]).sum())
    share = limit("other_setting_share", frames.census_day)
    return share_over(part=part, whole=current.height, at_least=10, share=share) if part >= 10 else failing()


def _thinly_filled(frames: Frames) -> pl.DataFrame:
    settings = frames.settings
    if settings is None:
        return failing()
    current = frames["placementdetail"].filter(c("is_current") & (c("placement_rank") == 1))
    placed = current.group_by("urn").agg(pl.len().alias("placed"))
    ours = settings.filter(
        (c("la_code") == frames.own_la)
        & (c("setting_kind") == SettingKind.SPECIAL_STATE.value)
        & (c("roll") >= 20)
        & (c("close_date").is_null() | (c("close_date") > frames.census_day))
        & c("urn").is_not_null()
    ).join(placed, on="urn", how="left")
    share = limit("placed_of_roll_share", frames.census_day)
    few = ours.with_columns(c("placed").fill_null(0)).filter(c("placed") < c("roll") * share).sort("urn")
    return few.select(pl.format("URN {}, {} placed of {} on roll", "urn", "placed", "roll").alias("value"))


RULES: Final = (
    _rule(
        id="L04",
        severity=ERROR,
        title="A placement is identified once",
        message="Of URN, UKPRN and SENSetting, {n_identifiers} are given; exactly one must be.",
        action="Keep the URN; if the setting has none, the UKPRN; if it has neither, the SENSetting code.",
        fields=("URN", "UKPRN", "SENSetting"),
        basis=documented(GUIDE),
        when=c("n_identifiers") > 1,
    ),
    _rule(
        id="L05",
        severity=ERROR,
        title="A placement is identified",
        message="The placement has no URN, no UKPRN and no SENSetting.",
        action="Give the URN; if the setting has none, the UKPRN; if it has neither, the SENSetting code.",
        fields=("URN", "UKPRN", "SENSetting"),
        basis=documented(OPEN_READER),
        when=c("n_identifiers") == 0,
    ),
    _rule(
        id="L06",
        severity=ERROR,
        title="Type of placement is a code",
        message="SENSetting is {SENSetting}, which is not a code for placements in the {edition} edition.",
        action="Write OLA, OPA, EHE, EYP, OTH (from 2024), NEET, NIEC or NIEO.",
        fields=("SENSetting",),
        basis=documented(GUIDE),
        when=not_one_of("sen_setting", Sen2Setting) | (_setting(["OTH"]) & (c("edition") < 2024)),
    ),
    _rule(
        id="L07",
        severity=ERROR,
        title="Other placement is described",
        message="SENSetting is {SENSetting} and SENSettingOther is missing.",
        action="Say in SENSettingOther what the arrangement is, without naming a person.",
        fields=("SENSetting", "SENSettingOther"),
        basis=documented(GUIDE),
        when=_setting(["OTH", "NIEO"]) & missing("sen_setting_other"),
        note="Documented for NIEO, inferred for OTH.",
    ),
    _rule(
        id="L08",
        severity=ERROR,
        title="NEET is from 16 to 25",
        message="SENSetting is NEET, and the person is under 16 when the placement ends or over 25 when it starts.",
        action="Correct the code or the date of birth; under 16 the code is NIEO.",
        fields=("SENSetting", "PersonBirthDate", "EntryDate", "LeavingDate"),
        basis=documented(GUIDE),
        when=_setting(["NEET"]) & ((_AGE_LAST_DAY < 16) | (_AGE_ENTERED > 25)),
        note="A placement ends on LeavingDate or census day, whichever is first.",
    ),
    _rule(
        id="L09",
        severity=since(2024, "query"),
        title="Notice to cease follows a review",
        message="SENSetting is NIEC (notice to cease issued), and the review outcome is not C.",
        action="Check the review outcome, or the code.",
        fields=("SENSetting", "ReviewOutcome"),
        basis=inferred(MEANING),
        when=_setting(["NIEC"]) & missing_or_not_one_of("review_outcome", ["C"]),
    ),
    _rule(
        id="L10",
        severity=QUERY,
        title="Early years provider is for under fives",
        message="SENSetting is EYP, and the person is of compulsory school age ({birth_date}).",
        action="Check the placement's dates, or give the school's URN.",
        fields=("SENSetting", "PersonBirthDate", "LeavingDate"),
        basis=inferred(SCHOOL_AGE),
        when=_setting(["EYP"]) & (c("last_day") >= c("school_age_start")),
    ),
    _rule(
        id="L11",
        severity=ERROR,
        title="Rank and entry date of a placement",
        message="PlacementRank is {PlacementRank} and EntryDate is {EntryDate}; the rank must be 1 or 2 and the date there.",
        action="Write 1 for the primary placement and 2 for the secondary, and the date the person started there.",
        fields=("PlacementRank", "EntryDate"),
        basis=documented(GUIDE),
        when=bad_rank("placement_rank") | missing("entry_date"),
        note="The rank is documented; that the date must be there is inferred.",
    ),
    _rule(
        id="L12",
        severity=ERROR,
        title="Placement dates are in order",
        message="EntryDate is {EntryDate} and LeavingDate {LeavingDate}; entry comes first, and not after census day ({census_day}).",
        action="Correct the date that is wrong; leave out placements that have not started.",
        fields=("EntryDate", "LeavingDate"),
        basis=inferred(MEANING),
        when=(c("leaving_date") < c("entry_date")) | (c("entry_date") > c("census_day")),
        note="For a LeavingDate after census day see L45.",
    ),
    _rule(
        id="L13",
        severity=QUERY,
        title="Placement was within the period",
        message="The placement ended on {LeavingDate}, before {period_start}.",
        action="Leave out placements that ended before the period.",
        fields=("LeavingDate",),
        basis=inferred(MEANING),
        when=c("leaving_date") < c("period_start"),
    ),
    _rule(
        id="L14",
        severity=ERROR,
        title="Placement is not before birth",
        message="The placement starts ({EntryDate}) before the date of birth ({birth_date}).",
        action="Correct one of the two dates.",
        fields=("EntryDate", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=c("entry_date") < c("birth_date"),
    ),
    _rule(
        id="L15",
        severity=ERROR,
        title="One primary placement at a time",
        message="The placement starts on {EntryDate}, when another primary placement of the plan goes on.",
        action="Give the earlier placement its LeavingDate, or give one of them rank 2.",
        fields=("PlacementRank", "EntryDate", "LeavingDate"),
        basis=inferred(GUIDE),
        when=c("is_overlapping"),
        note="Leaving one and entering the next on the same day is allowed. Found at the one entered later.",
    ),
    _rule(
        id="L16",
        severity=QUERY,
        title="Secondary placement has a primary one",
        message="This secondary placement is current, and no primary placement of the plan is.",
        action="Give the placement rank 1, or add the primary placement.",
        fields=("PlacementRank", "EntryDate", "LeavingDate"),
        basis=documented(OPEN_READER),
        when=c("is_current") & (c("placement_rank") == 2) & (c("n_first_current") == 0) & (c("n_current_unknown") == 0),
    ),
    _rule(
        id="L18",
        severity=QUERY,
        title="Placement ends with the plan",
        message="The plan ceased on {cease_date}, and the placement goes on (LeavingDate {LeavingDate}).",
        action="Fill in when the placement ended; a placement that went on without a plan ends here with the plan.",
        fields=("LeavingDate", "CeaseDate"),
        basis=inferred(MEANING),
        when=c("cease_date").is_not_null() & (missing("leaving_date") | (c("leaving_date") > c("cease_date"))),
    ),
    _rule(
        id="L20",
        severity=since(2024, "error"),
        title="Residential and work-based items are codes",
        message="Res ({Res}) must be A or B and WBP ({WBP}) A, T or S, where they are given.",
        action="Correct the code, or leave the item out.",
        fields=("Res", "WBP"),
        basis=documented(GUIDE),
        when=not_one_of("res", Residential) | not_one_of("wbp", WorkBased),
        note="For 2023 see L46.",
    ),
    _rule(
        id="L22",
        severity=only(2023, "error"),
        title="Attendance is full or part time",
        message="AttendancePattern is {AttendancePattern}; at compulsory school age it must be FT or PT.",
        action="Write FT or PT.",
        fields=("AttendancePattern", "PersonBirthDate"),
        basis=documented(GUIDE),
        when=(_SCHOOL_AGE & missing("attendance_pattern")) | not_one_of("attendance_pattern", AttendancePattern),
        note=f"Age on the last day of the placement. Compulsory school age: {SCHOOL_AGE}.",
    ),
    _rule(
        id="L38",
        table=WHOLE,
        severity=QUERY,
        title="Few other placements",
        message="{value} of current primary placements are OTH or NIEO.",
        action="Look for placements that have a URN, a UKPRN or another code.",
        fields=("SENSetting",),
        basis=documented(COLLECT),
        over=_other_settings,
        note="COLLECT asks about large counts. Limit: sen2_other_setting_share, with ten or more.",
    ),
    _rule(
        id="L39",
        table=WHOLE,
        severity=QUERY,
        title="Special schools have the pupils expected",
        message="A special school of the authority has few people placed: {value}.",
        action="Check that placements at this school carry its current URN.",
        fields=("URN",),
        basis=documented(OPEN_READER),
        over=_thinly_filled,
        needs="settings",
        note="Limit: sen2_placed_of_roll_share, of a roll of 20 or more. State special schools only.",
    ),
    _rule(
        id="L45",
        severity=QUERY,
        title="Leaving date is not in the future",
        message="LeavingDate is {LeavingDate}, after census day ({census_day}).",
        action="Leave the date out unless the person is known to leave then.",
        fields=("LeavingDate",),
        basis=inferred(MEANING),
        when=c("leaving_date") > c("census_day"),
        note="The part of L12 that may be right.",
    ),
)
