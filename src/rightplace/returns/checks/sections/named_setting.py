"""Rules on the settings a plan names."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks import setting_terms as at
from rightplace.returns.checks.rule import ERROR, QUERY, Rule, documented, inferred
from rightplace.returns.checks.sources import GUIDE, MEANING, OPEN_READER
from rightplace.returns.checks.terms import bad_rank, c, missing, not_one_of
from rightplace.vocabulary.codes import NAMED_IN_PLAN

_rule = partial(Rule, table="plandetail")

_IDENTIFIERS: Final = ("URN", "UKPRN", "SENSetting")
_FLAGS: Final = ("SENunitIndicator", "ResourcedProvisionIndicator")

RULES: Final = (
    _rule(
        id="N06",
        severity=ERROR,
        title="A named setting is identified once",
        message="Of URN, UKPRN and SENSetting, {n_identifiers} are given; exactly one must be.",
        action="Give the URN; if the setting has none, the UKPRN; if it has neither, the SENSetting code.",
        fields=_IDENTIFIERS,
        basis=documented(GUIDE),
        when=c("n_identifiers") != 1,
    ),
    _rule(
        id="N07",
        severity=ERROR,
        title="URN of a named setting exists",
        message="URN {URN} is not in the list of settings.",
        action="Look the setting up in Get Information about Schools; check that the list of settings covers all of England.",
        fields=("URN",),
        basis=inferred(GUIDE),
        when=at.NOT_LISTED,
        needs="settings",
    ),
    _rule(
        id="N08",
        severity=QUERY,
        title="Named setting is open",
        message="The named setting, URN {URN}, closed on {setting_closed}.",
        action="Check which setting the plan names now; a school that became an academy has a new URN.",
        fields=("URN", "StartDate"),
        basis=inferred(MEANING),
        when=(c("setting_closed") < c("start_date")) | at.LONG_CLOSED,
        needs="settings",
        note="Closed before the plan started, or more than a year before census day.",
    ),
    _rule(
        id="N09",
        severity=ERROR,
        title="Type of named setting is a code for plans",
        message="SENSetting is {SENSetting}; a plan may name OLA, OPA, EHE, EYP or OTH.",
        action="Correct the code. NEET, NIEC and NIEO are for placements only.",
        fields=("SENSetting",),
        basis=documented(GUIDE),
        when=not_one_of("sen_setting", sorted(NAMED_IN_PLAN)),
    ),
    _rule(
        id="N10",
        severity=ERROR,
        title="Other named setting is described",
        message="SENSetting is OTH and SENSettingOther is missing.",
        action="Say in SENSettingOther what kind of setting it is, without naming a person.",
        fields=("SENSetting", "SENSettingOther"),
        basis=documented(GUIDE),
        when=(c("sen_setting") == "OTH") & missing("sen_setting_other"),
    ),
    _rule(
        id="N11",
        severity=ERROR,
        title="Rank of a named setting is 1 or 2",
        message="PlacementRank is {PlacementRank}; it must be 1 or 2.",
        action="Write 1 for the primary setting and 2 for the secondary.",
        fields=("PlacementRank",),
        basis=documented(GUIDE),
        when=bad_rank("placement_rank"),
    ),
    _rule(
        id="N12",
        severity=ERROR,
        title="Unit and resourced provision are stated in the plan",
        message="SENunitIndicator is {SENunitIndicator} and ResourcedProvisionIndicator is {ResourcedProvisionIndicator}; with a URN both must be there.",
        action="Write 1 or 0 for each.",
        fields=_FLAGS,
        basis=documented(OPEN_READER),
        when=at.FLAG_MISSING,
        note="Severity inferred.",
    ),
    _rule(
        id="N13",
        severity=QUERY,
        title="Unit or resourced provision, not both, in the plan",
        message="The named place is said to be both in a SEN unit and in resourced provision.",
        action="Check which of the two it is.",
        fields=_FLAGS,
        basis=inferred(MEANING),
        when=at.BOTH_FLAGS,
    ),
    _rule(
        id="N14",
        severity=QUERY,
        title="Named setting has such provision",
        message="The named place is in a SEN unit or resourced provision that the list of settings does not show at URN {URN}.",
        action="Check the indicators; if they are right, ask the school to update Get Information about Schools.",
        fields=("URN", *_FLAGS),
        basis=documented(OPEN_READER),
        when=at.NO_SUCH_PROVISION,
        needs="settings",
    ),
    _rule(
        id="N15",
        severity=QUERY,
        title="Indicators fit the kind of named setting",
        message="URN {URN} is a special school, alternative provision or college, and an indicator is 1.",
        action="Write 0 for both: units and resourced provision are parts of mainstream schools.",
        fields=("URN", *_FLAGS),
        basis=inferred(MEANING),
        when=at.NOT_A_PLACE_FOR_UNITS,
        needs="settings",
    ),
    _rule(
        id="N16",
        severity=QUERY,
        title="Named setting is of an expected type",
        message="URN {URN} is of a type that plans seldom name: {value}.",
        action="Check the URN.",
        fields=("URN",),
        basis=documented(OPEN_READER),
        when=at.UNEXPECTED_TYPE,
        value=c("gias_type").replace_strict(at.UNEXPECTED_TYPES, default=None, return_dtype=pl.String),
        needs="settings",
    ),
    _rule(
        id="N32",
        severity=QUERY,
        title="Indicators go with a URN in the plan",
        message="An indicator is 1, and the named setting has no URN.",
        action="Give the school's URN, or write 0.",
        fields=("URN", *_FLAGS),
        basis=inferred(MEANING),
        when=at.FLAG_WITHOUT_URN,
        note="The part of N15 that needs no list of settings.",
    ),
)
