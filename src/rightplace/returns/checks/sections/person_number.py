"""Rules on the numbers a person is known by, and on why there is none."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.rule import ERROR, QUERY, Rule, documented, inferred
from rightplace.returns.checks.sources import (
    COLLECT,
    GUIDE,
    MEANING,
    OPEN_READER,
    SCHOOL_CENSUS_1510,
    SCHOOL_CENSUS_1520,
    SCHOOL_CENSUS_1530,
    SCHOOL_CENSUS_1575,
)
from rightplace.returns.checks.terms import c, given, missing, not_one_of
from rightplace.returns.checks.upn_areas import UPN_AREAS
from rightplace.vocabulary import identifier
from rightplace.vocabulary.codes import UpnUnknown

_rule = partial(Rule, table="person")

_WELL_FORMED_UPN: Final = c("upn").str.contains(identifier.UPN_PATTERN)
_EARLIEST_EVENT: Final = pl.min_horizontal("first_received", "first_plan")

RULES: Final = (
    _rule(
        id="P09",
        severity=ERROR,
        title="A number, or the reason there is none",
        message="There is no UPN, no ULN and no reason why.",
        action="Fill in the UPN or ULN, or the UPNunknown code that says why there is none.",
        fields=("UPN", "UniqueLearnerNumber", "UPNunknown"),
        basis=documented(OPEN_READER),
        when=missing("upn") & missing("uln") & missing("upn_unknown"),
        note="Severity inferred.",
    ),
    _rule(
        id="P10",
        severity=ERROR,
        title="No reason beside a number",
        message="UPNunknown is {UPNunknown}, and there is a UPN or ULN.",
        action="Take out UPNunknown, or the number if it is not this person's.",
        fields=("UPNunknown", "UPN", "UniqueLearnerNumber"),
        basis=inferred(GUIDE),
        when=given("upn_unknown") & (given("upn") | given("uln")),
    ),
    _rule(
        id="P11",
        severity=ERROR,
        title="UPNunknown is a code",
        message="UPNunknown is {UPNunknown}, which is not a code of the SEN2 return.",
        action="Write UN1, UN2, UN3, UN5, UN8, UN9 or UN10.",
        fields=("UPNunknown",),
        basis=documented(GUIDE),
        when=not_one_of("upn_unknown", UpnUnknown),
    ),
    _rule(
        id="P12",
        severity=ERROR,
        title="UN1 is for children under 6",
        message="UPNunknown is UN1 (under 6 and no UPN yet), and the person is {age_census} on census day.",
        action="Find the UPN, or give the reason that fits.",
        fields=("UPNunknown", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=(c("upn_unknown") == "UN1") & (c("age_census") >= 6),
    ),
    _rule(
        id="P13",
        severity=ERROR,
        title="UN9 is for young people",
        message="UPNunknown is UN9 (young person never in a state-funded school or college), and the person is {age_census}.",
        action="Find the UPN, or give the reason that fits.",
        fields=("UPNunknown", "PersonBirthDate"),
        basis=inferred(MEANING),
        when=(c("upn_unknown") == "UN9") & (c("age_census") < 16),
        note="Young person is read as 16 or over on census day.",
    ),
    _rule(
        id="P14",
        severity=ERROR,
        title="UN10 is for requests that went no further",
        message="UPNunknown is UN10 (request led to no further action), and there is an assessment or a plan.",
        action="Find the UPN, or give the reason that fits.",
        fields=("UPNunknown",),
        basis=inferred(MEANING),
        when=(c("upn_unknown") == "UN10") & (c("n_reached") > 0),
        counts=("requests", "assessment", "activeplans"),
    ),
    _rule(
        id="P15",
        severity=QUERY,
        title="UN8 is for people new in the last week",
        message="UPNunknown is UN8 (new in the last week of the period), and a request or plan dates from {value}.",
        action="Find the UPN, or give the reason that fits.",
        fields=("UPNunknown", "ReceivedDate", "StartDate"),
        basis=inferred(MEANING),
        when=(c("upn_unknown") == "UN8") & (c("period_end").dt.offset_by("-7d") > _EARLIEST_EVENT),
        value=_EARLIEST_EVENT.cast(pl.String),
        note="The start date of a plan that was transferred in is not looked at.",
    ),
    _rule(
        id="P16",
        severity=ERROR,
        title="UPN has the form of one",
        message="The UPN {UPN} does not have the form of one: a capital letter and 12 digits, or 11 digits and a letter.",
        action="Copy the UPN from the school's records, in capitals and without spaces.",
        fields=("UPN",),
        basis=documented(GUIDE),
        when=~_WELL_FORMED_UPN,
    ),
    _rule(
        id="P17",
        severity=ERROR,
        title="UPN has the right check letter",
        message="The UPN {UPN} has the wrong first letter for its digits, so one of its characters is wrong.",
        action="Copy the UPN from the school's records again.",
        fields=("UPN",),
        basis=documented(SCHOOL_CENSUS_1510),
        when=_WELL_FORMED_UPN & ~identifier.upn_valid_expr(c("upn")),
        note="Documented for the school census; inferred here.",
    ),
    _rule(
        id="P18",
        severity=QUERY,
        title="UPN was issued by an authority that exists",
        message="Characters 2 to 4 of the UPN {UPN} are not the code of an authority.",
        action="Check the UPN with the school.",
        fields=("UPN",),
        basis=documented(SCHOOL_CENSUS_1530),
        when=_WELL_FORMED_UPN & ~c("upn").str.slice(1, 3).is_in(list(UPN_AREAS)),
        note="Documented for the school census. Authorities of the past, of Wales and pseudo codes are let through.",
    ),
    _rule(
        id="P19",
        severity=ERROR,
        title="UPN is one person's",
        message="The UPN {UPN} is on more than one person.",
        action="Find out which person it belongs to; merge the records if they are one person.",
        fields=("UPN",),
        basis=documented(SCHOOL_CENSUS_1520),
        when=c("is_upn_repeated"),
        note="Documented for the school census and for Annex A; inferred here.",
    ),
    _rule(
        id="P20",
        severity=QUERY,
        title="UPN is permanent",
        message="The UPN {UPN} is a temporary one.",
        action="Ask the school for the permanent UPN.",
        fields=("UPN",),
        basis=inferred("DfE guide to unique pupil numbers"),
        when=_WELL_FORMED_UPN & c("upn").str.contains(r"[A-Z]$"),
    ),
    _rule(
        id="P21",
        severity=ERROR,
        title="ULN has the right form and check digit",
        message="The ULN {UniqueLearnerNumber} is not 10 digits with the right last digit.",
        action="Look the number up in the Learning Records Service.",
        fields=("UniqueLearnerNumber",),
        basis=documented(SCHOOL_CENSUS_1575),
        when=~identifier.uln_valid_expr(c("uln")),
        note="Documented for the school census.",
    ),
    _rule(
        id="P22",
        severity=ERROR,
        title="ULN is one person's",
        message="The ULN {UniqueLearnerNumber} is on more than one person.",
        action="Find out which person it belongs to; merge the records if they are one person.",
        fields=("UniqueLearnerNumber",),
        basis=inferred(COLLECT),
        when=c("is_uln_repeated"),
    ),
)
