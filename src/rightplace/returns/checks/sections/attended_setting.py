"""Rules on the settings people attend, held against themselves and against the list of settings."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks import setting_terms as at
from rightplace.returns.checks.rule import ERROR, QUERY, Rule, documented, inferred
from rightplace.returns.checks.sources import GUIDE, MEANING, OPEN_READER, OPEN_READER_SAME
from rightplace.returns.checks.terms import c

_rule = partial(Rule, table="placementdetail")

_FLAGS: Final = ("SENunitIndicator", "ResourcedProvisionIndicator")
_WHAT: Final = (
    pl.when(at.UNEXPECTED_TYPE)
    .then(c("gias_type").replace_strict(at.UNEXPECTED_TYPES, default=None, return_dtype=pl.String))
    .when(at.NOT_A_PLACE_FOR_UNITS)
    .then(pl.lit("not a mainstream school, yet an indicator is 1"))
    .otherwise(pl.lit("an indicator is 1, yet the list of settings shows no such provision"))
)

RULES: Final = (
    _rule(
        id="L19",
        severity=QUERY,
        title="Placement fits what is known of the setting",
        message="URN {URN} does not fit the placement: {value}.",
        action="Check the URN and the indicators.",
        fields=("URN", *_FLAGS),
        basis=documented(OPEN_READER),
        when=at.UNEXPECTED_TYPE | at.NOT_A_PLACE_FOR_UNITS | at.NO_SUCH_PROVISION,
        value=_WHAT,
        needs="settings",
        note="The conditions of N14, N15 and N16 on a placement.",
    ),
    _rule(
        id="L40",
        severity=QUERY,
        title="Unit and resourced provision are stated",
        message="SENunitIndicator is {SENunitIndicator} and ResourcedProvisionIndicator is {ResourcedProvisionIndicator}; with a URN both must be there.",
        action="Write 1 or 0 for each.",
        fields=_FLAGS,
        basis=documented(OPEN_READER_SAME),
        when=at.FLAG_MISSING,
        note="N12 on a placement.",
    ),
    _rule(
        id="L41",
        severity=QUERY,
        title="Unit or resourced provision, not both",
        message="The placement is said to be both in a SEN unit and in resourced provision.",
        action="Check which of the two it is.",
        fields=_FLAGS,
        basis=inferred(MEANING),
        when=at.BOTH_FLAGS,
        note="N13 on a placement.",
    ),
    _rule(
        id="L42",
        severity=ERROR,
        title="URN of a placement exists",
        message="URN {URN} is not in the list of settings.",
        action="Look the setting up in Get Information about Schools; check that the list of settings covers all of England.",
        fields=("URN",),
        basis=inferred(GUIDE),
        when=at.NOT_LISTED,
        needs="settings",
        note="N07 on a placement.",
    ),
    _rule(
        id="L43",
        severity=QUERY,
        title="Setting of a placement is open",
        message="The setting, URN {URN}, closed on {setting_closed}.",
        action="Check where the person is; a school that became an academy has a new URN.",
        fields=("URN", "EntryDate", "LeavingDate"),
        basis=inferred(MEANING),
        when=(c("setting_closed") < c("entry_date")) | (c("is_current") & at.LONG_CLOSED),
        needs="settings",
        note="Closed before the placement started, or more than a year before census day with the placement current.",
    ),
    _rule(
        id="L44",
        severity=QUERY,
        title="Indicators go with a URN",
        message="An indicator is 1, and the placement has no URN.",
        action="Give the school's URN, or write 0.",
        fields=("URN", *_FLAGS),
        basis=inferred(MEANING),
        when=at.FLAG_WITHOUT_URN,
        note="N32 on a placement.",
    ),
)
